"""How many tuples a check could bind, at most, from the facts it has: their number is what a check costs.

Both evaluators enumerate them, the engine at about 5 µs each, without a way to stop it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.rule import Pattern
from rtm_gate.rules.network import Production

MOST_TUPLES = 200_000


class Tally:
    """The facts of one check, counted as far as asked."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.kinds = Counter(fact.kind for fact in facts)
        self._facts = facts
        self._fields: dict[tuple[str, str], Counter[Value]] = {}
        self._pairs: dict[tuple[str, str, str, str], int] = {}

    def of(self, kind: str, name: str) -> Counter[Value]:
        """How often each value of a field occurs."""
        found = self._fields.get((kind, name))
        if found is None:
            found = Counter(fact.values[name] for fact in self._facts if fact.kind == kind and name in fact.values)
            self._fields[kind, name] = found
        return found

    def most(self, pattern: Pattern) -> int:
        """Facts that one binding of the earlier patterns leaves to this one, at most."""
        best = self.kinds[pattern.kind]
        for test in pattern.tests:
            if test.op == "==" and test.value is not None:
                best = min(best, self.of(pattern.kind, test.field)[test.value])
        for join in pattern.joins:
            if join.op == "==":
                best = min(best, max(self.of(pattern.kind, join.field).values(), default=0))
        return best

    def pairs(self, kind: str, name: str, other: str, there: str) -> int:
        """Pairs of facts whose fields are equal."""
        found = self._pairs.get((kind, name, other, there))
        if found is None:
            left, right = self.of(kind, name), self.of(other, there)
            found = sum(times * right[value] for value, times in left.items())
            self._pairs[kind, name, other, there] = found
        return found

    def tuples(self, patterns: Sequence[Pattern]) -> int:
        """What is enumerated for a conjunction, at most.

        Up to each pattern it is the tuples before times the facts this one may have beside any of them; and where it is
        tied to an earlier one, the pairs of the two times what the others may have. The smaller counts: a situation may
        have fifty regions, but situations have about two each.
        """
        choices = [self.most(pattern) for pattern in patterns]
        place = {pattern.alias: number for number, pattern in enumerate(patterns)}
        most = bound = 1
        for number, pattern in enumerate(patterns):
            bound *= choices[number]
            for join in pattern.joins:
                if join.op == "==":
                    tied = place[join.alias]
                    others = math.prod(choices[before] for before in range(number) if before != tied)
                    bound = min(bound, others * self.pairs(pattern.kind, join.field, patterns[tied].kind, join.other))
            # What a later pattern rules out was enumerated before it.
            most = max(most, bound)
        return most


@dataclass(frozen=True, slots=True)
class Load:
    """The productions, grouped by the kinds they bind: nearly always the numbers of facts alone say that a check is light."""

    productions: tuple[Production, ...]
    shapes: Counter[tuple[str, ...]]

    @classmethod
    def of(cls, productions: Sequence[Production]) -> Load:
        joined = tuple(production for production in productions if len(production.patterns) > 1)
        return cls(joined, Counter(tuple(pattern.kind for pattern in production.patterns) for production in joined))

    def excess(self, facts: Sequence[Fact]) -> Production | None:
        """The heaviest production when all of them together could bind more than `MOST_TUPLES`."""
        tally = Tally(facts)
        if sum(times * math.prod(max(tally.kinds[kind], 1) for kind in kinds) for kinds, times in self.shapes.items()) <= MOST_TUPLES:
            return None
        weights = [tally.tuples(production.patterns) for production in self.productions]
        return self.productions[weights.index(max(weights))] if sum(weights) > MOST_TUPLES else None
