"""What the reference evaluator tells beside its matches: bindings for counts, and why a rule did not fire."""

from __future__ import annotations

import pytest

from rtm_gate.model.fact import Fact
from rtm_gate.model.rule import CoreRule, Join, Pattern
from rtm_gate.model.rule import Test as Where
from rtm_gate.rules import reference
from rtm_gate.rules.reference import Blocked, Unbound

from .worlds import TYPES, world

DRAFT = Fact("draft", {"class": "promotional", "region": "US"})
WAR = Fact("event", {"topic": "war", "region": "UA", "severity": 4})
FIRE = Fact("event", {"topic": "fire", "region": "US", "severity": 1})

PROMOTIONAL = Pattern("d", "draft", (Where("class", "==", "promotional"),))
GRAVE = Where("severity", ">=", 3)
HERE = Join("region", "==", "d", "region")
GRAVE_HERE = Pattern("e", "event", (GRAVE,), (HERE,))
SIGNED = Pattern("a", "approval", (Where("role", "==", "manager"),))
RULE = CoreRule("silence", 0, (PROMOTIONAL, GRAVE_HERE), ((SIGNED,),))

BURNING = Fact("event", {"topic": "fire", "region": "US", "severity": 3})
MANAGER = Fact("approval", {"role": "manager"})
LEGAL = Fact("approval", {"role": "legal"})

# facts, why `RULE` does not fire on them
REASONS: dict[str, tuple[list[Fact], Unbound | Blocked | None]] = {
    "it fires": ([DRAFT, BURNING, LEGAL], None),
    "no draft": ([BURNING], Unbound(PROMOTIONAL, ())),
    "another class": ([Fact("draft", {"class": "service"}), BURNING], Unbound(PROMOTIONAL, (), 0, PROMOTIONAL.tests[0], "service")),
    "no class": ([Fact("draft", {}), BURNING], Unbound(PROMOTIONAL, (), 0, PROMOTIONAL.tests[0], None)),
    "no event": ([DRAFT], Unbound(GRAVE_HERE, (0,))),
    "not grave": ([DRAFT, FIRE], Unbound(GRAVE_HERE, (0,), 1, GRAVE, 1)),
    "elsewhere": ([DRAFT, WAR], Unbound(GRAVE_HERE, (0,), 1, HERE, "UA")),
    "the closest of two": ([DRAFT, Fact("event", {"region": "UA", "severity": 0}), FIRE], Unbound(GRAVE_HERE, (0,), 2, GRAVE, 1)),
    "beside the closest of two drafts": (
        [Fact("draft", {"class": "promotional", "region": "FR"}), DRAFT, Fact("event", {"region": "US"})],
        Unbound(GRAVE_HERE, (1,), 2, GRAVE, None),
    ),
    "signed": ([DRAFT, BURNING, LEGAL, MANAGER], Blocked((SIGNED,), (0, 1), (3,))),
}


@pytest.mark.parametrize("name", REASONS)
def test_why_not(name: str) -> None:
    facts, reason = REASONS[name]
    assert reference.why_not(RULE, facts) == reason


def test_why_not_of_a_rule_without_positives() -> None:
    assert reference.why_not(CoreRule("quiet", 0, (), ((SIGNED,),)), [MANAGER]) == Blocked((SIGNED,), (), (0,))


def test_binds_every_tuple_in_order() -> None:
    patterns = (Pattern("d", "draft"), Pattern("e", "event", (), (HERE,)))
    assert reference.binds(patterns, [FIRE, WAR, DRAFT, BURNING]) == [(2, 0), (2, 3)]
    assert reference.binds((), [FIRE]) == [()]
    assert reference.binds((SIGNED,), [FIRE]) == []


def test_there_is_a_reason_wherever_a_rule_does_not_fire() -> None:
    for seed in range(300):
        drawn = world(seed)
        for rule in drawn.rules:
            fires = reference.match([rule], drawn.facts, TYPES) != ()
            assert (reference.why_not(rule, drawn.facts) is None) is fires, f"worlds.world({seed})"
