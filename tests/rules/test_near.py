"""Why a rule did not fire: the facts with which it came nearest, and all they do not meet. And the bindings that counts are made of."""

from __future__ import annotations

import pytest

from rtm_gate.model.fact import Fact
from rtm_gate.model.rule import CoreRule, Join, Pattern
from rtm_gate.model.rule import Test as Where
from rtm_gate.rules import reference
from rtm_gate.rules.near import Failed, Missing, Standing, Unmet, nearest

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
CLASS = PROMOTIONAL.tests[0]

# facts, what `RULE` misses in them (None: it fires)
REASONS: dict[str, tuple[list[Fact], tuple[Unmet, ...] | None]] = {
    "it fires": ([DRAFT, BURNING, LEGAL], None),
    "no draft": ([BURNING], (Missing(PROMOTIONAL),)),
    "another class": ([Fact("draft", {"class": "service", "region": "US"}), BURNING], (Failed(PROMOTIONAL, CLASS, 0),)),
    "no class": ([Fact("draft", {"region": "US"}), BURNING], (Failed(PROMOTIONAL, CLASS, 0),)),
    "no event": ([DRAFT], (Missing(GRAVE_HERE),)),
    "not grave": ([DRAFT, FIRE], (Failed(GRAVE_HERE, GRAVE, 1),)),
    "elsewhere": ([DRAFT, WAR], (Failed(GRAVE_HERE, HERE, 1, 0),)),
    "the closest of two": ([DRAFT, Fact("event", {"region": "UA", "severity": 0}), FIRE], (Failed(GRAVE_HERE, GRAVE, 2),)),
    "all that is wrong": ([DRAFT, Fact("event", {"region": "UA", "severity": 0})], (Failed(GRAVE_HERE, GRAVE, 1), Failed(GRAVE_HERE, HERE, 1, 0))),
    "beside the closest of two drafts": (
        [Fact("draft", {"class": "promotional", "region": "FR"}), DRAFT, Fact("event", {"region": "US"})],
        (Failed(GRAVE_HERE, GRAVE, 2),),
    ),
    "signed": ([DRAFT, BURNING, LEGAL, MANAGER], (Standing((SIGNED,), (3,)),)),
    "signed, and not grave": ([DRAFT, FIRE, MANAGER], (Failed(GRAVE_HERE, GRAVE, 1), Standing((SIGNED,), (2,)))),
}


@pytest.mark.parametrize("name", REASONS)
def test_nearest(name: str) -> None:
    facts, unmet = REASONS[name]
    near = nearest(RULE, facts)
    assert (near.unmet if near else None) == unmet


def test_nearest_of_a_rule_without_positives() -> None:
    near = nearest(CoreRule("quiet", 0, (), ((SIGNED,),)), [MANAGER])
    assert near is not None
    assert near.unmet == (Standing((SIGNED,), (0,)),)


def test_a_fact_stands_for_one_pattern_only() -> None:
    another = Pattern("b", "approval", (Where("role", "==", "manager"),))
    near = nearest(CoreRule("two", 0, (SIGNED, another)), [MANAGER])
    assert near is not None
    assert near.unmet == (Missing(another, taken=True),)


def test_binds_every_tuple_in_order() -> None:
    patterns = (Pattern("d", "draft"), Pattern("e", "event", (), (HERE,)))
    assert reference.binds(patterns, [FIRE, WAR, DRAFT, BURNING]) == [(2, 0), (2, 3)]
    assert reference.binds((), [FIRE]) == [()]
    assert reference.binds((SIGNED,), [FIRE]) == []


def test_something_is_unmet_wherever_a_rule_does_not_fire() -> None:
    for seed in range(300):
        drawn = world(seed)
        for rule in drawn.rules:
            fires = reference.match([rule], drawn.facts, TYPES) != ()
            near = nearest(rule, drawn.facts)
            assert (near is None) is fires, f"worlds.world({seed})"
            assert near is None or near.unmet, f"worlds.world({seed})"
