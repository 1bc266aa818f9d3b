"""The same judgement read straight from the rules: the oracle of the engine.

It shares nothing with the engine's encoding: values are compared as they are, patterns are bound one after the other.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


def fires(rule: CoreRule, facts: Sequence[Fact]) -> bool:
    return any(True for _ in _World(facts).fired(rule))


def beside(patterns: Sequence[Pattern], bound: Binding, facts: Sequence[Fact]) -> tuple[int, ...] | None:
    """The first facts that bind a conjunction beside what is bound already; None where none do."""
    found = next(_World(facts).bindings(patterns, bound), None)
    return None if found is None else tuple(found[pattern.alias] for pattern in patterns)
