"""From matches to findings: exits judged, useful life minded, one finding a block, the strictest active one decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rtm_gate.facts.scene import Facts, Row, Scene
from rtm_gate.model.fact import Fact
from rtm_gate.model.moment import from_seconds, stamp
from rtm_gate.model.policy import Block
from rtm_gate.model.rule import CoreRule, ForTier, Match
from rtm_gate.model.verdict import STRICTNESS, Finding, Lifts, PlaceInPolicy
from rtm_gate.verdict.exits import Outcome, judge, since

Word = Literal["go", "warn", "recommend", "hold", "no-go"]
RANK = {"warn": 0, "recommend": 0, "go": 1, "hold": 2, "no-go": 3}
TOO_LATE = "It would be free to go only after it has lost its use."


@dataclass(frozen=True, slots=True)
class Judged:
    """One match of one core rule, its exits judged. `until` is the latest time exit not met, `since` the start of its news."""

    rule: CoreRule
    effect: Word
    lifted: bool
    outcomes: tuple[Outcome, ...]
    until: int | None
    too_late: bool
    since: int | None
    evidence: tuple[Row, ...]


def judged(rules: Sequence[CoreRule], matches: Iterable[Match], scene: Scene, facts: Facts) -> list[Judged]:
    """Every match with its effect after exits, useful life and assumptions; `otherwise` where none of them decides, lifted or not."""
    found = [_judged(rules[match.rule], [facts.rows[n] for n in match.facts], scene, facts) for match in matches]
    deciding = any(one.effect in STRICTNESS and not scene.policy.blocks[one.rule.block].shadow for one in found)
    if not deciding and scene.policy.otherwise.kind != "go":
        found.append(_judged(CoreRule("otherwise", 1, (), (), scene.policy.otherwise), [], scene, facts))
    return found


def _judged(rule: CoreRule, rows: list[Fact], scene: Scene, facts: Facts) -> Judged:
    bound = {pattern.alias: row for pattern, row in zip(rule.positives, rows, strict=True)}
    outcomes = judge(rule.effect, bound, scene, facts)
    effect: Word = rule.effect.kind
    lifted = effect == "hold" and bool(outcomes) and all(o.met for o in outcomes)
    until = max((o.until for o in outcomes if not o.met and o.until is not None), default=None)
    too_late = effect == "hold" and not lifted and until is not None and until >= scene.publish + scene.shelf_life
    if too_late and not rule.assumed:
        effect = "no-go"
    if rule.assumed and effect == "no-go":
        effect = "hold"
    return Judged(rule, effect, lifted, outcomes, until, too_late, since(bound), _evidence(rule, rows, facts))


def _evidence(rule: CoreRule, rows: list[Fact], facts: Facts) -> tuple[Row, ...]:
    """What the bound facts stand for, and the words behind the flags that the rule asked for."""
    found: list[Row] = []
    for pattern, fact in zip(rule.positives, rows, strict=True):
        if fact.ref:
            found += facts.evidence.get(fact.ref, ())
            for test in pattern.tests:
                if test.op == "==" and test.value is True:
                    found += facts.evidence.get(f"{fact.ref}.{test.field}", ())
    return tuple(found)


def findings(everything: Sequence[Judged], scene: Scene) -> list[Finding]:
    """One finding a block: the strictest of its active matches, or of its lifted ones where none is active."""
    by_block: dict[str, list[Judged]] = {}
    for one in everything:
        by_block.setdefault(one.rule.block, []).append(one)
    found = [_finding(scene.policy.blocks[name], group, scene) for name, group in by_block.items()]
    return sorted(found, key=_order)


def _order(finding: Finding) -> tuple[int, int, str, int]:
    status = ("active", "superseded", "lifted", "shadow").index(finding.status)
    return status, -RANK[finding.effect], finding.at.file if finding.at else "", finding.at.line if finding.at else 0


def _finding(block: Block, group: list[Judged], scene: Scene) -> Finding:
    active = [one for one in group if not one.lifted]
    chosen = active or group
    effect = max((one.effect for one in chosen), key=lambda word: RANK[word])
    deciding = [one for one in chosen if one.effect == effect]
    evidence: list[Row] = []
    for one in deciding:
        evidence += [row for row in one.evidence if row not in evidence]
    late = effect == "no-go" and all(one.too_late for one in deciding)
    return Finding(
        rule=block.name,
        kind="advice" if effect in ("warn", "recommend") else "rule",
        effect=effect,
        status="shadow" if block.shadow else "active" if active else "lifted",
        assumed=tuple(sorted({name for one in deciding for name in one.rule.assumed})),
        title=block.title,
        because=f"{block.because} {TOO_LATE}".strip() if late else block.because,
        fix=_fix(block, deciding, scene),
        at=PlaceInPolicy(file=block.at.file, line=block.at.line, column=block.at.column),
        evidence=tuple(evidence),
        lifts=_lifts(deciding),
    )


def _fix(block: Block, deciding: list[Judged], scene: Scene) -> str:
    untils = [one.until for one in deciding if one.until is not None]
    if scene.draft.kind == "planned" and scene.draft.scheduled_at and untils and deciding[0].effect == "hold":
        return f"{block.fix} It needs a new time, not before {stamp(from_seconds(max(untils)))}.".strip()
    return block.fix


def _lifts(deciding: list[Judged]) -> Lifts:
    untils = [one.until for one in deciding if one.until is not None]
    tiers = [o.exit.tier for one in deciding for o in one.outcomes if isinstance(o.exit, ForTier)]
    missing = dict.fromkeys(words for one in deciding for o in one.outcomes if not o.met for words in o.missing)
    return Lifts(until=stamp(from_seconds(max(untils))) if untils else None, tier=tiers[0] if tiers else None, missing=tuple(missing))


def strictest(found: Sequence[Finding]) -> Literal["go", "hold", "no-go"]:
    """The verdict: the strictest active finding."""
    active = [f.effect for f in found if f.status == "active"]
    return "no-go" if "no-go" in active else "hold" if "hold" in active else "go"
