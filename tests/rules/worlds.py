"""Random policies and facts for them, small enough to read, biased so that rules fire and come close to firing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.rule import CoreRule, Effect, EffectKind, Join, Match, Op, Pattern, Test
from rtm_gate.rules import limits
from rtm_gate.rules.sample import facts_for
from rtm_gate.rules.shape import LARGEST

TYPES: dict[str, dict[str, type]] = {
    "post": {"class": str, "region": str, "length": int, "publish": int, "offer": bool, "sponsored": bool},
    "event": {"key": str, "topic": str, "region": str, "severity": int, "updated": int, "official": bool},
    "tag": {"key": str, "topic": str, "uses": int, "age": int, "trending": bool},
    "link": {"event": str, "region": str, "weight": int, "own": bool},
}
EFFECTS: tuple[EffectKind, ...] = get_args(EffectKind)
ORDINARY = ("war", "warm", "US", "US-NY", "promotional")
NASTY = {
    "empty": "",
    "space": " ",
    "quotes": "\"'\\",
    "nul": "a\0b",
    "emoji": "🕯️👩‍🚒",
    "newline": "a\nb\t\r",
    "braces": '{"$and":[1]}',
    "number": "5",
    "exponent": "1e16",
    "true": "true",
    "surrogate": "\ud83d",
    "other surrogate": "\udd6f",
    "composed": "\u00e9",
    "decomposed": "e\u0301",
    "upper": "WAR",
    "70 kB": "a" * 70_000 + "b",
    "70 kB with another end": "a" * 70_000 + "c",
    "short": "abc",
    "equal in 16-bit length": "abc" + "\0" * 65_536,
}
NAME_OF = {text: name for name, text in NASTY.items()}
NUMBERS = (0, 1, 2, 3, 4, 5, -1, 10**6, LARGEST - 1, 1 - LARGEST, 2**31, -(2**31), 1_700_000_000)
EXTREMES = {LARGEST: "largest int", -LARGEST: "smallest int"}


@dataclass(frozen=True)
class World:
    rules: tuple[CoreRule, ...]
    facts: tuple[Fact, ...]


class Maker:
    """One world; `draw` decides everything."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.words = [draw.choice(ORDINARY), *draw.sample(sorted(NASTY.values()), 3)]
        self.numbers = [*draw.sample(NUMBERS, 2), draw.choice(list(EXTREMES))]
        self.numbers.append(max(-LARGEST, min(LARGEST, self.numbers[0] + draw.choice((-1, 1)))))

    def value(self, wanted: type) -> Value:
        if wanted is bool:
            return self.draw.random() < 0.5
        return self.draw.choice(self.words) if wanted is str else self.draw.choice(self.numbers)

    def test(self, kind: str, field: str) -> Test:
        if self.draw.random() < 0.15:
            return Test(field, self.draw.choice(("known", "unknown")))
        wanted = TYPES[kind][field]
        ops: tuple[Op, ...] = get_args(Op) if wanted is int else ("==", "==", "!=")
        return Test(field, self.draw.choice(ops), self.value(wanted))

    def join(self, kind: str, earlier: Sequence[Pattern]) -> Join:
        while True:
            other = self.draw.choice(earlier)
            field, wanted = self.draw.choice(sorted(TYPES[kind].items()))
            there = sorted(name for name, its in TYPES[other.kind].items() if its is wanted)
            if there:
                op: Op = self.draw.choice(get_args(Op)) if wanted is int else self.draw.choice(("==", "==", "!="))
                return Join(field, op, other.alias, self.draw.choice(there))

    def pattern(self, alias: str, earlier: Sequence[Pattern], tied: float) -> Pattern:
        kind = self.draw.choice(sorted(TYPES))
        fields = self.draw.choices(sorted(TYPES[kind]), k=self.draw.choice((0, 1, 2, 3) if alias in "xv" else (0, 0, 1, 2)))
        tests = tuple(self.test(kind, field) for field in fields)
        joins = []
        while earlier and self.draw.random() < tied:
            joins.append(self.join(kind, earlier))
            tied /= 3
        return Pattern(alias, kind, tests, tuple(joins))

    def twin(self, positive: Pattern) -> Pattern:
        """Another fact like the one that a positive binds."""
        return Pattern("t", positive.kind, positive.tests[1:])

    def rule(self, number: int) -> CoreRule:
        while limits.problems([found := self.any_rule(number)], TYPES):
            pass
        return found

    def any_rule(self, number: int) -> CoreRule:
        positives: list[Pattern] = []
        for alias in "xyz"[: self.draw.choice((0, 1, 1, 1, 1, 2, 2, 2, 3, 3))]:
            positives.append(self.pattern(alias, positives, 0.85))
        groups = []
        for _ in range(self.draw.choice((0, 0, 0, 1, 1, 2))):
            group: list[Pattern] = []
            if positives and self.draw.random() < 0.25:
                group.append(self.twin(self.draw.choice(positives)))
            for alias in "vw"[: self.draw.choice((1, 2)) - len(group)]:
                group.append(self.pattern(alias, [*positives, *group], 0.7))
            groups.append(tuple(group))
        return CoreRule(f"block_{number}", number, tuple(positives), tuple(groups), Effect(self.draw.choice(EFFECTS)))

    def fact(self) -> Fact:
        kind = self.draw.choice(sorted(TYPES))
        return Fact(kind, {field: self.value(wanted) for field, wanted in TYPES[kind].items() if self.draw.random() < 0.75})

    def world(self) -> World:
        rules = tuple(self.rule(number) for number in range(self.draw.randint(1, 8)))
        facts = [self.fact() for _ in range(self.draw.randint(0, 7))]
        for rule in rules:
            if self.draw.random() < 0.7:
                planted = facts_for(replace(rule, absent=rule.absent if self.draw.random() < 0.25 else ()), TYPES)
                facts.extend(replace(fact, values=self.blurred(fact)) for fact in planted)
        self.draw.shuffle(facts)
        return World(rules, tuple(facts))

    def blurred(self, fact: Fact) -> dict[str, Value]:
        """A planted fact's values with others beside them, seldom with one of them changed."""
        values = dict(fact.values)
        for field, wanted in TYPES[fact.kind].items():
            chance = self.draw.random()
            if chance < 0.03 or (chance < 0.2 and field not in values):
                values[field] = self.value(wanted)
        return values


def world(seed: int) -> World:
    return Maker(random.Random(seed)).world()


def seen(drawn: World, matches: Sequence[Match], without_absent: Sequence[Match]) -> Counter[str]:
    """What occurred: among the rules that fired, and among those that only an absent group kept from it."""
    found: Counter[str] = Counter(rules=len(drawn.rules), fired=len({match.rule for match in matches}))
    for match in matches:
        rule = drawn.rules[match.rule]
        found[f"effect {rule.effect.kind}"] += 1
        found.update(f"fired beside an absent group of {len(group)}" for group in rule.absent)
        if len(rule.positives) == 3 and all(pattern.joins for pattern in rule.positives[1:]):
            found["three-way join"] += 1
        for pattern, index in zip(rule.positives, match.facts, strict=True):
            found.update(f"join {join.op}" for join in pattern.joins)
            for test in pattern.tests:
                found[f"test {test.op}"] += 1
                value = drawn.facts[index].values.get(test.field)
                if value is None or value != test.value:
                    continue
                found["boundary"] += test.op in ("<=", ">=")
                if isinstance(value, str):
                    found[f"text {NAME_OF.get(value)}"] += 1
                elif type(value) is int:
                    found[f"{EXTREMES.get(value)}"] += 1
    for kept in set(without_absent) - set(matches):
        found.update(f"kept by an absent group of {len(group)}" for group in drawn.rules[kept.rule].absent)
    return found


WANTED = (
    *(f"effect {kind}" for kind in EFFECTS),
    *(f"test {op}" for op in (*get_args(Op), "known", "unknown")),
    *(f"join {op}" for op in get_args(Op)),
    *(f"text {name}" for name in NASTY),
    *EXTREMES.values(),
    *(f"{what} an absent group of {size}" for what in ("fired beside", "kept by") for size in (1, 2)),
    "three-way join",
    "boundary",
)
