"""The nearest way to a go: what lifts each active finding. No search: each row says what a person has to do."""

from __future__ import annotations

from collections.abc import Sequence

from rtm_gate.facts.scene import Scene
from rtm_gate.model.verdict import Finding, ToGo, VerdictWord


def ways_to_go(found: Sequence[Finding], scene: Scene) -> tuple[ToGo, ...]:
    """First the changes that the no-go findings ask for, then waiting, signing and showing for the holds that remain."""
    no_gos = [f for f in found if f.status == "active" and f.effect == "no-go"]
    holds = [f for f in found if f.status == "active" and f.effect == "hold" and f.kind == "rule"]
    rest: VerdictWord = "hold" if holds else "go"
    then = _together(holds)
    ways = [ToGo(change=_change(f), verdict=rest if len(no_gos) == 1 else "no-go", then=then if len(no_gos) == 1 else "the other reasons") for f in no_gos]
    for finding in holds:
        change = _lift(finding)
        alone = len(holds) == 1 and not no_gos
        ways.append(ToGo(change=change, verdict="go" if alone else "no-go" if no_gos else "hold", then="" if alone else "the other reasons"))
    unique = {(way.change, way.verdict): way for way in ways if way.change}
    return tuple(unique.values())


def _change(finding: Finding) -> str:
    """The words to take out where words object, else what the author of the rule advises."""
    texts = dict.fromkeys(str(row["text"]) for row in finding.evidence if row.get("kind") == "text")
    return "without " + ", ".join(f'"{text}"' for text in list(texts)[:4]) if texts else finding.fix


def _lift(finding: Finding) -> str:
    parts = []
    if finding.lifts.until:
        parts.append(f"wait until {finding.lifts.until}")
    if finding.lifts.missing:
        parts.append("get " + " and ".join(finding.lifts.missing))
    return ", and ".join(parts) or finding.fix


def _together(holds: Sequence[Finding]) -> str:
    return "; ".join(dict.fromkeys(_lift(f) for f in holds))
