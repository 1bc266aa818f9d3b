"""The nearest way to a go: what lifts each active finding. No search: each row says what a person has to do."""

from __future__ import annotations

from collections.abc import Sequence

from rtm_gate.model.verdict import Finding, ToGo, VerdictWord


def ways_to_go(found: Sequence[Finding]) -> tuple[ToGo, ...]:
    """What the no-go findings ask to change, and what then remains; without a no-go, what lifts each hold."""
    no_gos = [f for f in found if f.status == "active" and f.effect == "no-go"]
    holds = [f for f in found if f.status == "active" and f.effect == "hold" and f.kind == "rule"]
    if no_gos:
        rest: VerdictWord = "hold" if holds else "go"
        alone = len({_change(f) for f in no_gos}) == 1
        rows = [ToGo(change=_change(f), verdict=rest if alone else "no-go", then=_together(holds) if alone else "the other reasons") for f in no_gos]
    else:
        alone = len({_lift(f) for f in holds}) == 1
        rows = [ToGo(change=_lift(f), verdict="go" if alone else "hold", then="" if alone else "the other reasons") for f in holds]
    return tuple({(row.change, row.verdict): row for row in rows if row.change}.values())


def _change(finding: Finding) -> str:
    """The words to take out where words object, else what the author of the rule advises."""
    texts = dict.fromkeys(str(row["text"]) for row in finding.evidence if row.get("kind") == "text")
    return "without " + ", ".join(f'"{text}"' for text in list(texts)[:4]) if texts else finding.fix


def _lift(finding: Finding) -> str:
    parts = []
    if finding.lifts.until:
        parts.append(f"wait until {finding.lifts.until}")
    parts += [_doing(words) for words in finding.lifts.missing]
    return ", and ".join(parts) or finding.fix


def _doing(missing: str) -> str:
    """What somebody does about what is missing: `1 manager`, `check fact_check`, `answer facts_verified`."""
    verb, _, name = missing.partition(" ")
    if verb == "check":
        return f"have {name} checked"
    return missing if verb == "answer" else f"get {missing}"


def _together(holds: Sequence[Finding]) -> str:
    return "; ".join(dict.fromkeys(_lift(f) for f in holds))
