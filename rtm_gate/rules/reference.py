"""The same judgement read straight from the rules: the oracle of the engine, and what explains a rule that did not fire.

It shares nothing with the engine's encoding: values are compared as they are, patterns are bound one after the other.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.rule import CoreRule, Join, Match, Op, Pattern, Test
from rtm_gate.rules import shape
from rtm_gate.rules.fault import EngineFault
from rtm_gate.rules.shape import Types

Values = Mapping[str, Value]
Binding = Mapping[str, int]
"""alias -> index of the fact bound to it."""

COMPARE: Mapping[Op, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def passes(test: Test, values: Values) -> bool:
    """Whether a fact's values meet a test; what is absent meets only `unknown`."""
    if test.field not in values:
        return test.op == "unknown"
    if test.op == "known" or test.op == "unknown":
        return test.op == "known"
    return _compare(test.op, values[test.field], test.value)


def agrees(join: Join, values: Values, other: Values) -> bool:
    """Whether a fact meets the earlier one that the join names."""
    if join.field not in values or join.other not in other:
        return False
    return _compare(join.op, values[join.field], other[join.other])


def _compare(op: Op, left: Value, right: Value | None) -> bool:
    return type(left) is type(right) and COMPARE[op](left, right)


class _Candidates:
    """The facts that pass a pattern's own tests, found at once by the value its first equality join asks for."""

    def __init__(self, pattern: Pattern, of_kind: Mapping[str, Sequence[int]], facts: Sequence[Fact]) -> None:
        self.pattern = pattern
        self._facts = facts
        self.all = [index for index in of_kind.get(pattern.kind, ()) if all(passes(test, facts[index].values) for test in pattern.tests)]
        self._tie = next((join for join in pattern.joins if join.op == "=="), None)
        self._by_value: dict[Value, list[int]] = {}
        if self._tie is not None:
            for index in self.all:
                if self._tie.field in facts[index].values:
                    self._by_value.setdefault(facts[index].values[self._tie.field], []).append(index)

    def beside(self, bound: Binding) -> Iterator[int]:
        """The facts that may be bound to this pattern next."""
        found: Iterable[int] = self.all
        if self._tie is not None:
            there = self._facts[bound[self._tie.alias]].values
            found = self._by_value.get(there[self._tie.other], ()) if self._tie.other in there else ()
        taken = bound.values()
        for index in found:
            values = self._facts[index].values
            if index not in taken and all(agrees(join, values, self._facts[bound[join.alias]].values) for join in self.pattern.joins):
                yield index


def _bindings(patterns: Sequence[_Candidates], bound: Binding) -> Iterator[Binding]:
    """Every way to bind the patterns, beside what is bound already, to facts that are all different."""
    if not patterns:
        yield bound
        return
    for index in patterns[0].beside(bound):
        yield from _bindings(patterns[1:], {**bound, patterns[0].pattern.alias: index})


class _World:
    """The facts of a check, by kind."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = facts
        self.of_kind: dict[str, list[int]] = {}
        for index, fact in enumerate(facts):
            self.of_kind.setdefault(fact.kind, []).append(index)

    def candidates(self, patterns: Sequence[Pattern]) -> list[_Candidates]:
        """One for each pattern; empty when some pattern has none, since the conjunction then cannot be bound."""
        found = []
        for pattern in patterns:
            found.append(_Candidates(pattern, self.of_kind, self.facts))
            if not found[-1].all:
                return []
        return found

    def bindings(self, patterns: Sequence[Pattern], bound: Binding) -> Iterator[Binding]:
        candidates = self.candidates(patterns)
        if len(candidates) == len(patterns):
            yield from _bindings(candidates, bound)

    def fired(self, rule: CoreRule) -> Iterator[tuple[int, ...]]:
        """The facts bound to the positives, in their order, wherever no absent group can be bound beside them."""
        groups: list[list[_Candidates]] | None = None
        for bound in self.bindings(rule.positives, {}):
            if groups is None:
                groups = [found for group in rule.absent if len(found := self.candidates(group)) == len(group)]
            if not any(any(True for _ in _bindings(group, bound)) for group in groups):
                yield tuple(bound[pattern.alias] for pattern in rule.positives)


def match(rules: Sequence[CoreRule], facts: Sequence[Fact], types: Types) -> tuple[Match, ...]:
    """What `Engine(rules, types).match(facts)` answers. Raises EngineFault for facts outside `types`.

    It does not bound the combinations it tries: the engine, asked first, refuses a check that has too many.
    """
    wrong = shape.misfit(facts, types)
    if wrong:
        raise EngineFault(wrong)
    world = _World(facts)
    return tuple(sorted(Match(number, bound) for number, rule in enumerate(rules) for bound in world.fired(rule)))


def binds(patterns: Sequence[Pattern], facts: Sequence[Fact]) -> list[tuple[int, ...]]:
    """Every tuple of facts (their indexes, in the order of the patterns) that binds a conjunction of patterns, sorted."""
    return sorted(tuple(bound[pattern.alias] for pattern in patterns) for bound in _World(facts).bindings(patterns, {}))


@dataclass(frozen=True, slots=True)
class Unbound:
    """A positive pattern that no fact could be bound to, beside `bound`: the facts of the patterns before it.

    `fact` is the index of the one that came closest and `failed` the first of its tests that it fails, with the value
    it has there (None: absent). Both are None where there is no other fact of the kind.
    """

    pattern: Pattern
    bound: tuple[int, ...]
    fact: int | None = None
    failed: Test | Join | None = None
    met: Value | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    """The positives were bound to `bound`, but so was the absent `group`, to `facts`."""

    group: tuple[Pattern, ...]
    bound: tuple[int, ...]
    facts: tuple[int, ...]


def why_not(rule: CoreRule, facts: Sequence[Fact]) -> Unbound | Blocked | None:
    """What kept a rule from firing, at the point where it came nearest; None when it fires."""
    world = _World(facts)
    if any(True for _ in world.fired(rule)):
        return None
    for bound in world.bindings(rule.positives, {}):
        for group in rule.absent:
            for beside in world.bindings(group, bound):
                return Blocked(group, tuple(bound[p.alias] for p in rule.positives), tuple(beside[p.alias] for p in group))
    reached = max(number for number in range(len(rule.positives)) if any(True for _ in world.bindings(rule.positives[:number], {})))
    return max((_closest(rule.positives[reached], bound, world) for bound in world.bindings(rule.positives[:reached], {})), key=lambda found: found[0])[1]


def _closest(pattern: Pattern, bound: Binding, world: _World) -> tuple[int, Unbound]:
    """The fact that passes most of the pattern's tests, with their number; the earliest of equals."""
    best, nearest = -1, Unbound(pattern, tuple(bound.values()))
    for index in world.of_kind.get(pattern.kind, ()):
        if index in bound.values():
            continue
        values = world.facts[index].values
        failed: list[Test | Join] = [test for test in pattern.tests if not passes(test, values)]
        failed += [join for join in pattern.joins if not agrees(join, values, world.facts[bound[join.alias]].values)]
        passed = len(pattern.tests) + len(pattern.joins) - len(failed)
        if passed > best:
            best, nearest = passed, Unbound(pattern, tuple(bound.values()), index, failed[0], values.get(failed[0].field))
    return best, nearest
