"""The engine and the reference evaluator agree, on random policies in which everything occurs."""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import replace

import pytest

from rtm_gate.model.fact import Fact
from rtm_gate.model.rule import Match
from rtm_gate.rules import Engine, reference

from .worlds import TYPES, WANTED, World, seen, world

SOAK = bool(os.environ.get("RTM_GATE_SOAK"))
PARTS = 2
POLICIES = 10_000 if SOAK else 500


def in_place(matches: tuple[Match, ...], order: list[int]) -> tuple[Match, ...]:
    """Matches on reordered facts, told by the facts' first places."""
    return tuple(sorted(Match(match.rule, tuple(order[index] for index in match.facts)) for match in matches))


def differences(drawn: World, orders: int) -> tuple[list[str], tuple[Match, ...]]:
    expected = reference.match(drawn.rules, drawn.facts, TYPES)
    shuffle = random.Random(len(drawn.facts))
    found = []
    with Engine(drawn.rules, TYPES) as engine:
        for number in range(orders):
            order = list(range(len(drawn.facts)))
            if number:
                shuffle.shuffle(order)
            facts: list[Fact] = [drawn.facts[index] for index in order]
            got = in_place(engine.match(facts), order)
            if got != expected:
                found.append(f"order {order}: engine only {set(got) - set(expected)}, reference only {set(expected) - set(got)}")
    return found, expected


@pytest.mark.parametrize("part", range(PARTS))
def test_engine_and_reference_agree(part: int) -> None:
    occurred: Counter[str] = Counter()
    for seed in range(part * POLICIES, (part + 1) * POLICIES):
        drawn = world(seed)
        found, matches = differences(drawn, orders=3 if seed % 4 == 0 else 1)
        assert not found, f"worlds.world({seed}): {found}"
        bare = [replace(rule, absent=()) for rule in drawn.rules]
        occurred += seen(drawn, matches, reference.match(bare, drawn.facts, TYPES))
    print({name: occurred[name] for name in ("rules", "fired", *WANTED)})
    assert occurred["fired"] >= 0.3 * occurred["rules"]
    assert [name for name in WANTED if not occurred[name]] == []
