"""The probe of the halts: whether posts are held because somebody said so."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.gate.doctor.row import Row, failed, ok, warning
from rtm_gate.gate.doctor.subject import Subject
from rtm_gate.model.moment import stamp


def halts(subject: Subject) -> Iterator[Row]:
    with subject.gate() as gate:
        on_record = gate.halts.at(subject.now)
    if on_record.fault:
        yield failed(on_record.fault, "mend the store, or bring back the one that belongs here; until then everything is held (docs/halt.md)")
        return
    for one in on_record.halts:
        end = f"until {stamp(one.until)}" if one.until else "until it is resumed"
        named = f"{one.person or 'somebody'}{'' if one.proven else ' (unproven)'}"
        yield warning(f"{named} halted {one.scope.spoken} at {stamp(one.at)}, {end}: {one.reason}", "when it is over: rtm-gate resume")
    if not on_record.halts:
        yield ok("nothing is halted")
