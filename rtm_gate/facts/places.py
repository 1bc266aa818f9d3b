"""Regions as facts: the draft's own, and what lies above them."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.facts.scene import Scene
from rtm_gate.model.fact import Fact
from rtm_gate.vocabulary.regions import ancestors


def region_facts(scene: Scene) -> Iterator[Fact]:
    """The draft's regions and their ancestors: joined with a situation's on one side's own code at least."""
    for code, own in with_ancestors(scene.regions):
        yield Fact("draft_region", {"key": f"draft_region:{code}", "code": code, "own": own}, "")


def with_ancestors(codes: tuple[str, ...]) -> list[tuple[str, bool]]:
    own = list(dict.fromkeys(codes))
    above = [parent for code in own for parent in ancestors(code) if parent not in own]
    return [(code, True) for code in own] + [(code, False) for code in dict.fromkeys(above)]
