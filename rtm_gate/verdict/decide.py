"""From judgements to findings: one a block, and the strictest active one decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rtm_gate.facts.scene import Row, Scene
from rtm_gate.model.moment import from_seconds, stamp
from rtm_gate.model.policy import Block
from rtm_gate.model.rule import ForTier
from rtm_gate.model.verdict import Finding, Lifts, PlaceInPolicy
from rtm_gate.verdict.judged import Judged

TOO_LATE = "It would be free to go only after it has lost its use."
RANK = {"warn": 0, "recommend": 0, "go": 1, "hold": 2, "no-go": 3}


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
    active = [one for one in group if not one.lifted and not one.superseded]
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
        status="shadow" if block.shadow else "active" if active else "superseded" if any(one.superseded for one in group) else "lifted",
        assumed=tuple(sorted({name for one in deciding for name in one.rule.assumed})),
        title=block.title,
        because=_because(block, deciding, late),
        fix=_fix(block, deciding, scene),
        owner=block.owner,
        at=PlaceInPolicy.of(block.at),
        evidence=tuple(evidence),
        lifts=_lifts(deciding),
    )


def _because(block: Block, deciding: Sequence[Judged], late: bool) -> str:
    """The author's reason, the clause that spoke where the block has many, and whether it would be too late."""
    notes = "; ".join(dict.fromkeys(one.rule.effect.note for one in deciding if one.rule.effect.note))
    said = f"{notes[:1].upper()}{notes[1:]}." if notes else ""
    return " ".join(part for part in (said, block.because, TOO_LATE if late else "") if part)


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
