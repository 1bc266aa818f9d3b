"""What kept a rule from firing: the facts with which it came nearest, and every condition they do not meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rtm_gate.model.fact import Fact
from rtm_gate.model.rule import CoreRule, Join, Pattern, Test
from rtm_gate.rules import reference

KEPT = 64
"""Ways of binding that are followed at once: far more than the facts that come near, far fewer than all combinations."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A fact (its index) stood for a pattern, and this test or join of the pattern does not hold of it. `other`: the fact joined with."""

    pattern: Pattern
    test: Test | Join
    fact: int
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """No fact was left that could stand for a pattern at all. `taken`: facts of the kind stand for patterns before it."""

    pattern: Pattern
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What must be absent is there: the group, bound to `facts`."""

    group: tuple[Pattern, ...]
    facts: tuple[int, ...]


Unmet = Failed | Missing | Standing


@dataclass(frozen=True, slots=True)
class Near:
    """`bound` maps each alias to the fact that came nearest; `cost` counts what is unmet, `passed` what is met."""

    rule: CoreRule
    cost: int = 0
    passed: int = 0
    bound: Mapping[str, int] = field(default_factory=dict)
    unmet: tuple[Unmet, ...] = ()

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Nearest first; what is sure before what is assumed."""
        return self.cost, bool(self.rule.assumed), -self.passed


def nearest(rule: CoreRule, facts: Sequence[Fact]) -> Near | None:
    """Where the rule came nearest to firing; None when it fires. Ties go to the facts that come first."""
    if reference.fires(rule, facts):
        return None
    of_kind: dict[str, list[int]] = {}
    for index, fact in enumerate(facts):
        of_kind.setdefault(fact.kind, []).append(index)
    ways = [Near(rule)]
    for pattern in rule.positives:
        ways = sorted((next_ for way in ways for next_ in _bound(way, pattern, of_kind.get(pattern.kind, ()), facts)), key=_effort)[:KEPT]
    return min((_unblocked(way, facts) for way in ways), key=_effort)


def _effort(way: Near) -> tuple[int, int]:
    return way.cost, -way.passed


def _bound(way: Near, pattern: Pattern, candidates: Sequence[int], facts: Sequence[Fact]) -> list[Near]:
    """Each way to go on with this pattern."""
    owners = [join for join in pattern.joins if _owns(join)]
    if any(join.alias not in way.bound for join in owners):
        return [way]  # A link of a fact that is missing itself.
    tests = [test for test in pattern.tests if not _names(pattern, test)]
    joins = [join for join in pattern.joins if not _owns(join) and join.alias in way.bound]
    found: list[Near] = []
    taken = set(way.bound.values())
    of_it = [index for index in candidates if _stands_for(pattern, index, facts, way.bound)]
    for index in of_it:
        if index in taken:
            continue
        values = facts[index].values
        unmet: list[Unmet] = [Failed(pattern, test, index) for test in tests if not reference.passes(test, values)]
        unmet += [
            Failed(pattern, join, index, way.bound[join.alias]) for join in joins if not reference.agrees(join, values, facts[way.bound[join.alias]].values)
        ]
        passed = 1 + len(tests) + len(joins) - len(unmet)
        found.append(Near(way.rule, way.cost + len(unmet), way.passed + passed, {**way.bound, pattern.alias: index}, (*way.unmet, *unmet)))
    if found:
        return found
    missing = Missing(pattern, bool(taken & set(of_it)))
    return [Near(way.rule, way.cost + max(1, len(tests) + len(joins)), way.passed, way.bound, (*way.unmet, missing))]


def _stands_for(pattern: Pattern, index: int, facts: Sequence[Fact], bound: Mapping[str, int]) -> bool:
    """Whether a fact is one of those meant at all: a member of this set, a region of that situation."""
    values = facts[index].values
    named = all(reference.passes(test, values) for test in pattern.tests if _names(pattern, test))
    return named and all(reference.agrees(join, values, facts[bound[join.alias]].values) for join in pattern.joins if _owns(join))


def _owns(join: Join) -> bool:
    return join.other == "key"


def _names(pattern: Pattern, test: Test) -> bool:
    return pattern.kind in ("member", "count") and test.field in ("of", "owner")


def _unblocked(way: Near, facts: Sequence[Fact]) -> Near:
    """With the absent groups that can be bound beside it."""
    standing: list[Unmet] = []
    for group in way.rule.absent:
        inside = {pattern.alias for pattern in group}
        if all(join.alias in way.bound or join.alias in inside for pattern in group for join in pattern.joins):
            there = reference.beside(group, way.bound, facts)
            standing += [] if there is None else [Standing(group, there)]
    passed = way.passed + len(way.rule.absent) - len(standing)
    return Near(way.rule, way.cost + len(standing), passed, way.bound, (*way.unmet, *standing))
