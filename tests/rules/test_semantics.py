"""What a core rule means, told in tables; the engine and the reference evaluator must both say so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.rule import CoreRule, Join, Match, Op, Pattern, TestOp
from rtm_gate.model.rule import Test as Where
from rtm_gate.rules import Engine, reference
from rtm_gate.rules.shape import LARGEST

TYPES: dict[str, dict[str, type]] = {
    "draft": {"class": str, "region": str, "length": int, "publish": int, "offer": bool, "queued": bool},
    "event": {"topic": str, "region": str, "severity": int, "at": int, "official": bool},
}


def fired(rule: CoreRule, facts: Sequence[Fact]) -> list[tuple[int, ...]]:
    """The tuples of facts on which a rule fires; the engine and the reference evaluator agree on them."""
    with Engine([rule], TYPES) as engine:
        matches = engine.match(facts)
    assert matches == reference.match([rule], facts, TYPES)
    return [match.facts for match in matches]


def when(*positives: Pattern, absent: tuple[tuple[Pattern, ...], ...] = ()) -> CoreRule:
    return CoreRule("block", 0, positives, absent)


# field of the draft, its value (None: absent), operator, constant, whether the test is met
TESTS: list[tuple[str, Value | None, TestOp, Value | None, bool]] = [
    ("length", 5, "==", 5, True),
    ("length", 5, "!=", 5, False),
    ("length", 5, "<", 5, False),
    ("length", 5, "<=", 5, True),
    ("length", 5, ">", 5, False),
    ("length", 5, ">=", 5, True),
    ("length", 4, "<", 5, True),
    ("length", 6, ">", 5, True),
    ("length", -1, "<", 0, True),
    ("length", LARGEST, "==", LARGEST, True),
    ("length", LARGEST - 1, "<", LARGEST, True),
    ("length", -LARGEST, "<", 1 - LARGEST, True),
    ("length", 10, "<", 9, False),
    ("length", 0, "known", None, True),
    ("length", 0, "unknown", None, False),
    ("length", None, "known", None, False),
    ("length", None, "unknown", None, True),
    ("length", None, "!=", 5, False),
    ("length", None, "<", 5, False),
    ("class", "editorial", "==", "editorial", True),
    ("class", "Editorial", "==", "editorial", False),
    ("class", "editorial ", "!=", "editorial", True),
    ("class", "", "==", "", True),
    ("class", "", "known", None, True),
    ("class", None, "!=", "", False),
    ("class", "\u00e9", "==", "e\u0301", False),
    ("class", "\ud83d", "==", "\ud83d", True),
    ("class", "\ud83d", "==", "\ud83e", False),
    ("class", 'a"\\\0', "==", 'a"\\\0', True),
    ("class", "a" * 70_000, "==", "a" * 70_000, True),
    ("class", "a" * 70_000, "==", "a" * (70_000 - 65_536), False),
    ("class", "x" * 20_000_000, "==", "x" * 20_000_000, True),
    ("offer", True, "==", True, True),
    ("offer", True, "==", False, False),
    ("offer", False, "!=", True, True),
    ("offer", False, "known", None, True),
    ("offer", None, "==", False, False),
]


def test_tests() -> None:
    rules = [when(Pattern("d", "draft", (Where(field, op, constant),))) for field, _, op, constant, _ in TESTS]
    with Engine(rules, TYPES) as engine:
        for number, (field, value, op, constant, met) in enumerate(TESTS):
            facts = [Fact("draft", {} if value is None else {field: value})]
            matches = engine.match(facts)
            assert matches == reference.match(rules, facts, TYPES)
            assert (Match(number, (0,)) in matches) is met, f"{value!s:.20} {op} {constant!s:.20}"


# field of the event, operator, field of the draft, their values (None: absent), whether the join is met
JOINS: list[tuple[str, Op, str, Value | None, Value | None, bool]] = [
    ("at", "==", "publish", 7, 7, True),
    ("at", "==", "publish", 7, 8, False),
    ("at", "!=", "publish", 7, 8, True),
    ("at", "!=", "publish", 7, 7, False),
    ("at", "<", "publish", 7, 8, True),
    ("at", "<", "publish", 8, 8, False),
    ("at", "<=", "publish", 8, 8, True),
    ("at", ">", "publish", 9, 8, True),
    ("at", ">", "publish", -LARGEST, LARGEST, False),
    ("at", ">=", "publish", 8, 8, True),
    ("at", "!=", "publish", None, 8, False),
    ("at", "!=", "publish", 8, None, False),
    ("at", "==", "publish", None, None, False),
    ("region", "==", "region", "US", "US", True),
    ("region", "==", "region", "US", "US-NY", False),
    ("region", "!=", "region", "US", "US-NY", True),
    ("region", "==", "class", "", "", True),
    ("official", "==", "offer", True, True, True),
    ("official", "==", "offer", False, True, False),
    ("official", "!=", "offer", False, True, True),
]


@pytest.mark.parametrize(("field", "op", "other", "value", "there", "met"), JOINS)
def test_joins(field: str, op: Op, other: str, value: Value | None, there: Value | None, met: bool) -> None:
    rule = when(Pattern("d", "draft"), Pattern("e", "event", (), (Join(field, op, "d", other),)))
    facts = [Fact("draft", {} if there is None else {other: there}), Fact("event", {} if value is None else {field: value})]
    assert bool(fired(rule, facts)) is met


DRAFT = Fact("draft", {"class": "promotional", "region": "US", "length": 3, "publish": 100})
WAR, FIRE, SPORT = (
    Fact("event", {"topic": topic, "region": region, "severity": severity, "at": at})
    for topic, region, severity, at in (("war", "UA", 4, 90), ("fire", "US", 3, 100), ("sport", "US", 0, 110))
)
D = Pattern("d", "draft")
E = Pattern("e", "event")
HERE = Pattern("e", "event", (), (Join("region", "==", "d", "region"),))

# rule, facts, the tuples it fires on
BINDINGS: dict[str, tuple[CoreRule, list[Fact], list[tuple[int, ...]]]] = {
    "every fact": (when(E), [WAR, DRAFT, FIRE], [(0,), (2,)]),
    "every pair": (when(D, E), [DRAFT, WAR, FIRE], [(0, 1), (0, 2)]),
    "never one fact twice": (when(E, Pattern("f", "event")), [WAR], []),
    "both ways round": (when(E, Pattern("f", "event")), [WAR, FIRE], [(0, 1), (1, 0)]),
    "equal facts are two facts": (when(E), [WAR, WAR], [(0,), (1,)]),
    "a joined pair": (when(D, HERE), [SPORT, DRAFT, WAR, FIRE], [(1, 0), (1, 3)]),
    "a chain of three": (
        when(D, HERE, Pattern("f", "event", (), (Join("at", ">", "e", "at"), Join("region", "==", "d", "region")))),
        [DRAFT, FIRE, SPORT, WAR],
        [(0, 1, 2)],
    ),
    "nothing absent": (when(D, absent=((E,),)), [DRAFT], [(0,)]),
    "something absent is there": (when(D, absent=((E,),)), [DRAFT, SPORT], []),
    "what is absent is another": (when(D, absent=((Pattern("e", "event", (Where("topic", "==", "war"),)),),)), [DRAFT, SPORT], [(0,)]),
    "an absent one here": (when(D, absent=((HERE,),)), [DRAFT, WAR], [(0,)]),
    "an absent one is here": (when(D, absent=((HERE,),)), [DRAFT, WAR, FIRE], []),
    "absent, but for the one that is bound": (when(E, absent=((Pattern("f", "event"),),)), [FIRE], [(0,)]),
    "absent, and another is there": (when(E, absent=((Pattern("f", "event"),),)), [FIRE, WAR], []),
    "no later one": (when(E, absent=((Pattern("f", "event", (), (Join("at", ">", "e", "at"),)),),)), [WAR, FIRE, SPORT], [(2,)]),
    "no pair, one of it is there": (
        when(D, absent=((HERE, Pattern("f", "event", (), (Join("region", "!=", "e", "region"),))),)),
        [DRAFT, FIRE],
        [(0,)],
    ),
    "no pair, the pair is there": (
        when(D, absent=((HERE, Pattern("f", "event", (), (Join("region", "!=", "e", "region"),))),)),
        [DRAFT, FIRE, WAR],
        [],
    ),
    "a pair needs two facts": (when(D, absent=((E, Pattern("f", "event")),)), [DRAFT, WAR], [(0,)]),
    "a pair of its own facts only": (when(E, absent=((Pattern("f", "event"), Pattern("g", "event")),)), [WAR, FIRE], [(0,), (1,)]),
    "two absent groups, the second is there": (
        when(D, absent=((Pattern("e", "event", (Where("topic", "==", "flood"),)),), (Pattern("e", "event", (Where("topic", "==", "war"),)),))),
        [DRAFT, WAR],
        [],
    ),
    "beside one positive, free of the other": (
        when(E, Pattern("f", "event", (), (Join("at", ">", "e", "at"),)), absent=((Pattern("g", "event", (), (Join("at", ">", "e", "at"),)),),)),
        [WAR, FIRE, SPORT],
        [(1, 2)],
    ),
    "no positive and nothing there": (when(absent=((E,),)), [DRAFT], [()]),
    "no positive and something there": (when(absent=((E,),)), [WAR], []),
    "no facts": (when(D), [], []),
}


@pytest.mark.parametrize("name", BINDINGS)
def test_bindings(name: str) -> None:
    rule, facts, expected = BINDINGS[name]
    assert fired(rule, facts) == expected


def test_matches_are_sorted_and_name_the_rule() -> None:
    rules = [when(E), when(D), when(D, HERE)]
    with Engine(rules, TYPES) as engine:
        assert engine.match([FIRE, DRAFT, SPORT]) == (Match(0, (0,)), Match(0, (2,)), Match(1, (1,)), Match(2, (1, 0)), Match(2, (1, 2)))
