"""When core rules fire: whether one ever can, and whether one fires wherever another does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from rtm_gate.language.lint.matching import renamed, within
from rtm_gate.language.lint.possible import implied, impossible, opposites
from rtm_gate.language.lowering.branches import contradict, overlaps
from rtm_gate.model.policy import CountQuery
from rtm_gate.model.rule import CoreRule, Pattern, Test
from rtm_gate.model.schema import ALWAYS_THERE, SINGLES

MOST_TRIED = 256
"""Combinations of tests tried to show that some of several always holds."""

Alternative = tuple[Pattern, ...]


@dataclass(frozen=True)
class Firing:
    """What is certain about the core rules of one policy; `counts` are its count queries by name."""

    counts: Mapping[str, CountQuery]
    _compared: dict[tuple[str, str], bool] = field(default_factory=dict)

    def never(self, rule: CoreRule) -> bool:
        """Whether no facts fire the rule. False also where that cannot be told."""
        if any(contradict(pattern) or impossible(pattern.kind, pattern.tests) for pattern in rule.positives):
            return True
        there = {pattern.alias for pattern in rule.positives if pattern.alias in SINGLES} | set(ALWAYS_THERE)
        if any(len(group) == 1 and group[0].alias in there and not group[0].tests and not group[0].joins for group in rule.absent):
            return True
        return any(self._counted_out(name, rule.positives) for name in _asked(rule.positives))

    def within(self, wide: CoreRule, narrow: CoreRule) -> Iterator[dict[str, str]]:
        """Every way in which `wide` fires, on facts among those of `narrow`, wherever `narrow` does."""
        if not all(self._bounded(pattern, narrow.positives) for pattern in wide.positives if pattern.kind == "count"):
            return
        for names in within(_facts(wide.positives), _facts(narrow.positives)):
            if all(self._absent(renamed(group, names), narrow) for group in wide.absent):
                yield names

    # ---- counts -----------------------------------------------------------------------------------------------------------------
    def _counted_out(self, name: str, positives: Sequence[Pattern]) -> bool:
        return impossible("count", self._known(name, positives)) or (self._always(name, positives) and implied("count", _of(name, positives), _NONE))

    def _bounded(self, count: Pattern, positives: Sequence[Pattern]) -> bool:
        """Whether the number asked for is sure to be met."""
        known = self._known(count.alias, positives)
        return all(test.field == "of" or implied("count", known, test) for test in count.tests)

    def _known(self, name: str, positives: Sequence[Pattern]) -> tuple[Test, ...]:
        """What a conjunction says of a number, through every number that is never below or never above it as well."""
        found = list(_of(name, positives))
        if any(True for row in self.counts[name].alternatives for _ in within(row, _facts(positives))):
            found.append(Test("n", ">=", 1))
        for other in _asked(positives):
            if other != name:
                more, less = self.at_most(other, name), self.at_most(name, other)
                found += [test for test in _of(other, positives) if (more and test.op in (">", ">=")) or (less and test.op in ("<", "<="))]
        return tuple(found)

    def at_most(self, one: str, other: str) -> bool:
        """Whether the first of two numbers is never above the second: whatever it counts, the second counts too."""
        if (one, other) not in self._compared:
            less, more = self.counts[one].alternatives, self.counts[other].alternatives
            self._compared[one, other] = all(any(names[b[0].alias] == a[0].alias for b in more for names in within(b, a)) for a in less)
        return self._compared[one, other]

    def _always(self, name: str, positives: Sequence[Pattern]) -> bool:
        """Whether the fact of which a check has one meets some alternative, beside what is asked of it already."""
        rows = self.counts[name].alternatives
        kinds = {row[0].kind for row in rows if len(row) == 1 and not row[0].joins}
        if len(kinds) != 1 or not kinds <= set(ALWAYS_THERE) or any(len(row) != 1 or row[0].joins for row in rows):
            return False
        (kind,) = kinds
        asked = tuple(test for pattern in positives if pattern.alias == kind for test in pattern.tests)
        ways = [[other for test in row[0].tests for other in opposites(test)] for row in rows]
        total = 1
        for way in ways:
            total *= len(way)
        return total <= MOST_TRIED and all(impossible(kind, (*asked, *choice)) for choice in product(*ways))

    # ---- what must not be there ---------------------------------------------------------------------------------------------------
    def _absent(self, group: Alternative, narrow: CoreRule) -> bool:
        """Whether a group cannot be bound where `narrow` fires."""
        if any(impossible(pattern.kind, pattern.tests) for pattern in group):
            return True
        outer = {pattern.alias: pattern.alias for pattern in narrow.positives} | {single: single for single in SINGLES}
        for other in narrow.absent:
            # A fact that `narrow` has bound is no longer free to be what must be absent: then the group might be that fact.
            free = not any(overlaps(one, bound) for one in other for bound in narrow.positives)
            if free and any(True for _ in within(other, group, outer)):
                return True
        nothing = (name for name in _asked(narrow.positives) if implied("count", _of(name, narrow.positives), _NONE))
        return any(True for name in nothing for row in self.counts[name].alternatives for _ in within(row, (*group, *_facts(narrow.positives))))


_NONE = Test("n", "<", 1)


def _facts(positives: Sequence[Pattern]) -> tuple[Pattern, ...]:
    return tuple(pattern for pattern in positives if pattern.kind != "count")


def _asked(positives: Sequence[Pattern]) -> tuple[str, ...]:
    """The count queries that a conjunction names."""
    return tuple(dict.fromkeys(pattern.alias for pattern in positives if pattern.kind == "count"))


def _of(name: str, positives: Sequence[Pattern]) -> tuple[Test, ...]:
    return tuple(test for pattern in positives if pattern.kind == "count" and pattern.alias == name for test in pattern.tests if test.field == "n")
