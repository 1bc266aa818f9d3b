"""Which way of writing a recorded verdict as a test judges it alike: headlines where they suffice, else the situations outright."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rtm_gate.gate.gate import Gate
from rtm_gate.gate.record.halts import NOTHING_ON_RECORD
from rtm_gate.gate.record.marked.block import Block, Taken, named, taken
from rtm_gate.gate.record.marked.draft import parts_of
from rtm_gate.gate.record.marked.parts import Part
from rtm_gate.gate.record.marked.world import bearing, headlines, outright, trust
from rtm_gate.gate.record.recorded import Recorded
from rtm_gate.gate.testing.stage import stage_of
from rtm_gate.model.draft import InvalidDraftError
from rtm_gate.model.verdict import Verdict, VerdictWord


@dataclass(frozen=True, slots=True)
class Tried:
    """`same`: the block comes to the recorded verdict, from the same rules. `came` says what it comes to where it does not."""

    block: Block
    same: bool
    came: str
    warnings: tuple[str, ...]


def tried(gate: Gate, one: Recorded, should: VerdictWord, reason: str) -> Tried | None:
    """`gate` has the policy that the verdict was made with, where there still is one. None: no block can be written that it takes."""
    parts, unsaid = parts_of(one.draft, gate.policy)
    found: list[tuple[int, Taken, Verdict]] = []
    for world in _worlds(gate, one):
        block = Block(named(one.draft.id, reason), one.now, (*parts, *world), should)
        made = taken(gate.project.policy, block)
        verdict = _judged(gate, made) if made else None
        if made is None or verdict is None:
            continue
        found.append((_unlike(one, verdict), made, verdict))
        if found[-1][0] == 0:
            break
    if not found:
        return None
    unlike, made, verdict = min(found, key=lambda row: row[0])
    return Tried(made.block, unlike == 0, came_to(verdict.verdict, _deciding(verdict)) if unlike else "", (*unsaid, *made.dropped))


def as_now(gate: Gate, block: Block) -> tuple[Taken, str] | None:
    """The block as the policy of the gate takes it, and the verdict that it comes to; None where it does not."""
    made = taken(gate.project.policy, block)
    verdict = _judged(gate, made) if made else None
    return (made, verdict.verdict) if made and verdict else None


def _worlds(gate: Gate, one: Recorded) -> Iterator[list[Part]]:
    """The news in the ways in which a test can state it, the plainest first."""
    examined = gate.examine(one.draft, one.news, one.now, on_record=NOTHING_ON_RECORD)
    situations, said = bearing(examined, one.cited), trust(examined)
    yield [*headlines(situations, one.now), *said]
    if situations:
        yield [*outright(examined, situations), *said]


def _judged(gate: Gate, made: Taken) -> Verdict | None:
    try:
        stage = stage_of(gate, made.test)
    except InvalidDraftError:
        return None
    return gate.examine(stage.draft, stage.news, stage.now, stage.warnings, stage.given, NOTHING_ON_RECORD).verdict


def _unlike(one: Recorded, verdict: Verdict) -> int:
    """0 the same word from the same rules, 1 the same word, 2 another."""
    return 2 if verdict.verdict != one.verdict else int(_deciding(verdict) != one.rules)


def _deciding(verdict: Verdict) -> frozenset[str]:
    return frozenset(finding.rule for finding in verdict.deciding)


def came_to(word: str, rules: frozenset[str]) -> str:
    """A verdict in words: `hold from mourning`."""
    return word + (f" from {', '.join(sorted(rules))}" if rules else "")
