"""From matches to judgements: each fired rule with its exits judged, useful life minded, nothing decided yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from rtm_gate.facts.scene import Facts, Row, Scene
from rtm_gate.model.fact import Fact
from rtm_gate.model.rule import CoreRule, Effect, Match
from rtm_gate.model.schema import SINGLES
from rtm_gate.model.verdict import STRICTNESS
from rtm_gate.verdict.exits import Outcome, judge, since
from rtm_gate.verdict.tally import Fired, tallies

Word = Literal["go", "warn", "recommend", "hold", "no-go"]
WORDS: Mapping[str, Word] = MappingProxyType({"go": "go", "warn": "warn", "recommend": "recommend", "hold": "hold", "no-go": "no-go"})
"""The effects that come to findings; the others serve the decision itself."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One match of one core rule, its exits judged. `until` is the latest time exit not met, `since` the start of its news.

    `superseded`: a template stands in for the sign-offs it asks for, and it asks for nothing else.
    """

    rule: CoreRule
    effect: Word
    lifted: bool
    outcomes: tuple[Outcome, ...]
    until: int | None
    too_late: bool
    since: int | None
    evidence: tuple[Row, ...]
    superseded: bool = False


def judged(rules: Sequence[CoreRule], matches: Iterable[Match], scene: Scene, facts: Facts) -> list[Judged]:
    """Every match with its effect after exits, useful life and assumptions, and what the open questions of checklists come to.

    `otherwise` applies where none of them decides, lifted or not.
    """
    fired: list[Fired] = [(rules[match.rule], [facts.rows[n] for n in match.facts]) for match in matches]
    found = [_judged(rule, rows, scene, facts) for rule, rows in fired if rule.effect.kind in WORDS]
    found += [_tallied(rule, effect, marks, scene, facts) for rule, effect, marks in tallies(fired, scene.policy)]
    deciding = any(one.effect in STRICTNESS and not scene.policy.blocks[one.rule.block].shadow for one in found)
    if not deciding and scene.policy.otherwise.kind != "go":
        found.append(_judged(CoreRule("otherwise", 1, (), (), scene.policy.otherwise), [], scene, facts))
    return found


def _tallied(rule: CoreRule, effect: Effect, marks: Sequence[Fact], scene: Scene, facts: Facts) -> Judged:
    """The facts of which a check has one are there for its times; the open answers are its evidence."""
    singles = {fact.kind: fact for fact in facts.rows if fact.kind in SINGLES}
    made = replace(rule, positives=(), absent=(), effect=effect)
    evidence = tuple(row for fact in marks for row in facts.evidence.get(fact.ref, ()))
    return replace(_judged(made, [], scene, facts, singles), evidence=evidence)


def _judged(rule: CoreRule, rows: list[Fact], scene: Scene, facts: Facts, singles: Mapping[str, Fact] = MappingProxyType({})) -> Judged:
    bound = {**singles, **{pattern.alias: row for pattern, row in zip(rule.positives, rows, strict=True)}}
    outcomes = judge(rule.effect, bound, scene, facts)
    effect: Word = WORDS[rule.effect.kind]
    lifted = effect == "hold" and bool(outcomes) and all(o.met for o in outcomes)
    until = max((o.until for o in outcomes if not o.met and o.until is not None), default=None)
    too_late = effect == "hold" and not lifted and until is not None and until >= scene.publish + scene.shelf_life
    if too_late and not rule.assumed:
        effect = "no-go"
    if rule.assumed and effect == "no-go":
        effect = "hold"
    return Judged(rule, effect, lifted, outcomes, until, too_late, since(bound), evidence_of(rule, rows, facts))


def evidence_of(rule: CoreRule, rows: Sequence[Fact], facts: Facts) -> tuple[Row, ...]:
    """What the bound facts stand for, and the words behind the flags that the rule asked for."""
    found: list[Row] = []
    for pattern, fact in zip(rule.positives, rows, strict=True):
        if fact.ref:
            found += facts.evidence.get(fact.ref, ())
            for test in pattern.tests:
                if test.op == "==" and test.value is True:
                    found += facts.evidence.get(f"{fact.ref}.{test.field}", ())
    return tuple(found)
