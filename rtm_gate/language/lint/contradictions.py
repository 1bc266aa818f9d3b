"""Clauses of one block that take each other back."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.language.lint.subject import Subject, below, named, warning
from rtm_gate.language.lowering.effects import HOLDS
from rtm_gate.language.syntax import nodes
from rtm_gate.model.diagnostic import Diagnostic

_EARLIER = frozenset({("situation.started", "situation.updated")})
"""Times of which the first is never after the second."""


def ends_no_hold(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.blocks:
        kinds = {effect.kind for clause in item.all("then") for effect in clause.effects}
        if item.word == "blackout" and kinds and not kinds & set(HOLDS):
            for clause in item.all("lasts"):
                yield warning("RTM404", "`lasts` ends a hold, and this blackout does not hold", clause.at, "take it out, or say `then hold`")


def never_and_yet(subject: Subject) -> Iterator[Diagnostic]:
    """`respond never` without an exception leaves nothing to sign, to show or to be late for."""
    for item in subject.blocks:
        if item.word != "trigger" or not item.all("respond never") or item.all("except when"):
            continue
        for clause in item.all("approval", "needs", "respond within", "aim for", "never when"):
            message = f"`{named(item).text}` is never answered, so `{clause.word}` says nothing"
            yield warning("RTM408", message, clause.at, "take it out, or say `except when …`")


def stopped_and_spared(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.blocks:
        if item.word != "blackout":
            continue
        stopped = {name.text for clause in item.all("stops") for name in clause.names}
        for name in (name for clause in item.all("spares") for name in clause.names):
            if name.text in stopped:
                yield warning("RTM408", f"`{named(item).text}` stops and spares `{name.text}`", name.at, "it is spared: take it out of one of the two")


def capped_below(subject: Subject) -> Iterator[Diagnostic]:
    """A cap that comes first whatever happens: the time before it never counts."""
    for item in subject.blocks:
        pairs = [clause.times[:2] for clause in item.all("lasts")] + [(e.time, e.cap) for e in below(item, nodes.Effect)]
        for pair in pairs:
            time, cap = pair if len(pair) == 2 else (None, None)
            if time is None or cap is None or not _comes_first(subject, cap, time):
                continue
            yield warning(
                "RTM409",
                f"the cap of `{named(item).text}` is never later than what it caps",
                cap.at,
                "it always comes first",
                "raise the cap, or say the shorter time alone",
            )


def _comes_first(subject: Subject, cap: nodes.TimeOf, time: nodes.TimeOf) -> bool:
    if cap.fixed is not None and time.fixed is not None:
        return cap.fixed.amount <= time.fixed.amount
    if cap.path is None or time.path is None:
        return False
    ordered = cap.path.text == time.path.text or (cap.path.text, time.path.text) in _EARLIER
    return ordered and _offset(subject, cap) <= _offset(subject, time)


def _offset(subject: Subject, time: nodes.TimeOf) -> int:
    span = 0 if time.span is None else subject.names.span(time.span)
    return -span if time.before else span
