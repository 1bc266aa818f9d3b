"""All that comes of a verdict that is marked: the block, the case, and what they cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rtm_gate.desk.ledger import Ledger
from rtm_gate.gate.gate import Gate
from rtm_gate.gate.record.marked.case import folder_of, write_case
from rtm_gate.gate.record.marked.tried import Tried, as_now, came_to, tried
from rtm_gate.gate.record.recorded import Recorded, UnreadableError, gate_of, recorded
from rtm_gate.model.record import Entry
from rtm_gate.model.verdict import HALT, REJECTED, VerdictWord

_BY_PEOPLE = {HALT: "a halt stopped it", REJECTED: "somebody rejected it"}
"""Rules that are none of the policy's."""


@dataclass(frozen=True, slots=True)
class Marked:
    """`text` is empty where no block can be written; `same`: it judges as the record says. `case` is the folder that was written, if any."""

    text: str
    same: bool
    case: Path | None
    warnings: tuple[str, ...]


def marked(gate: Gate, ledger: Ledger, entry: Entry, should: VerdictWord, reason: str, cases: Path | None = None) -> Marked:
    """Made from what the row holds, with the policy that it names. CaseError; StoreError for a row that was changed."""
    try:
        one = recorded(ledger, entry)
    except UnreadableError as error:
        return Marked("", False, None, (str(error),))
    folder = folder_of(cases, one) if cases is not None else None
    with gate_of(gate, ledger, one.policy) as (then, unlike):
        made = tried(then, one, should, reason)
        warnings = [*one.warnings, *([unlike] if unlike else []), *_by_people(one)]
        if made is None:
            warnings.append("no test can be written that the policy takes")
        elif not made.same:
            warnings.append(f"the test comes to {made.came} with the policy it was made with, and the record says {came_to(one.verdict, one.rules)}")
        warnings += made.warnings if made else ()
        if folder is not None:
            verdict = write_case(then, one, should, reason, folder)
            rules = frozenset(finding.rule for finding in verdict.deciding)
            if (verdict.verdict, rules) != (one.verdict, one.rules):
                warnings.append(f"the case comes to {came_to(verdict.verdict, rules)}, and the record says {came_to(one.verdict, one.rules)}")
        elif made is None or not made.same:
            warnings.append("keep it as a case instead: `--case DIR`, with --dry-run if it is marked already")
        changed = then is not gate
    text = made.block.text if made else ""
    if made and changed:
        text, more = _of_now(gate, made, should)
        warnings += more
    return Marked(text, made is not None and made.same, folder, tuple(dict.fromkeys(warnings)))


def _of_now(gate: Gate, made: Tried, should: str) -> tuple[str, list[str]]:
    """The block that the policy takes as it is now, and what has changed about it since."""
    found = as_now(gate, made.block)
    if found is None:
        return made.block.text, ["the policy as it is now does not take this test"]
    block, verdict = found
    said = [f"the policy as it is now comes to {verdict} already: the test passes"] if verdict == should else []
    return block.block.text, [*block.dropped, *said]


def _by_people(one: Recorded) -> list[str]:
    return [f"{what}, which no test of a policy can state" for rule, what in _BY_PEOPLE.items() if rule in one.rules]
