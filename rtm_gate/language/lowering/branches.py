"""Conjunctions of patterns: what a condition in disjunctive form is made of, and how two of them are put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rtm_gate.model.rule import Join, Op, Pattern, Test
from rtm_gate.model.schema import SCHEMA, SINGLES

FLIPPED: Mapping[Op, Op] = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Branch:
    """Patterns with one alias each, groups that must be absent beside them, unknown fields taken as met.

    `renamed` says which alias an alias was merged into.
    """

    patterns: tuple[Pattern, ...] = ()
    absent: tuple[tuple[Pattern, ...], ...] = ()
    assumed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    def named(self, alias: str) -> str:
        return dict(self.renamed).get(alias, alias)

    @property
    def hopeless(self) -> bool:
        """What is asked for is asked to be absent: a fact of which a check has one, or the very same pattern."""
        if not self.absent:
            return False
        there = {pattern.alias for pattern in self.patterns if pattern.alias in SINGLES}
        alone = [group[0] for group in self.absent if len(group) == 1]
        return any(pattern.alias in there or pattern in self.patterns for pattern in alone)

    def kind(self, alias: str) -> str | None:
        return next((pattern.kind for pattern in self.patterns if pattern.alias == alias), None)


def united(left: Branch, right: Branch) -> Branch | None:
    """Both at once; None where their tests contradict each other."""
    patterns = _merged((*left.patterns, *right.patterns))
    if patterns is None:
        return None
    whole = Branch(patterns, _once((*left.absent, *right.absent)), _once((*left.assumed, *right.assumed)))
    return None if whole.hopeless else whole


def _once(rows: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(rows))


def _merged(patterns: Iterable[Pattern]) -> tuple[Pattern, ...] | None:
    """One pattern for each alias; None where two of them contradict each other."""
    found: dict[str, Pattern] = {}
    for pattern in patterns:
        known = found.setdefault(pattern.alias, pattern)
        if known is not pattern and known != pattern:
            both = Pattern(known.alias, known.kind, _once((*known.tests, *pattern.tests)), _once((*known.joins, *pattern.joins)))
            if contradict(both):
                return None
            found[pattern.alias] = both
    return tuple(found.values())


def contradict(pattern: Pattern) -> bool:
    """Whether no fact at all could pass its tests."""
    if len(pattern.tests) + len(pattern.joins) < 2:
        return False
    by_field: dict[str, list[Test]] = {}
    for test in pattern.tests:
        by_field.setdefault(test.field, []).append(test)
    if any(_impossible(tests) for tests in by_field.values() if len(tests) > 1):
        return True
    # A link points at one fact: it cannot point at two that differ.
    owners: dict[str, set[str]] = {}
    for join in pattern.joins:
        if join.op == "==" and join.other == "key":
            owners.setdefault(join.field, set()).add(join.alias)
        if any(test.field == join.field and test.op == "unknown" for test in pattern.tests):
            return True
    return any(len(aliases) > 1 for aliases in owners.values())


def _impossible(tests: Sequence[Test]) -> bool:
    if any(test.op == "unknown" for test in tests):
        return any(test.op != "unknown" for test in tests)
    equal = [test.value for test in tests if test.op == "=="]
    if len(set(equal)) > 1:
        return True
    if equal:
        return any(not _meets(equal[0], test) for test in tests)
    low = max((int(test.value or 0) + (test.op == ">") for test in tests if test.op in (">", ">=")), default=None)
    high = min((int(test.value or 0) - (test.op == "<") for test in tests if test.op in ("<", "<=")), default=None)
    return low is not None and high is not None and low > high


def _meets(value: object, test: Test) -> bool:
    if test.op in ("==", "!="):
        return (value == test.value) is (test.op == "==")
    if test.op == "known" or not isinstance(value, int) or not isinstance(test.value, int):
        return True
    return {"<": value < test.value, "<=": value <= test.value, ">": value > test.value, ">=": value >= test.value}[test.op]


def overlaps(left: Pattern, right: Pattern) -> bool:
    """Whether one fact could be bound to both."""
    return left.kind == right.kind and not contradict(replace(left, tests=(*left.tests, *right.tests), joins=()))


def ordered(patterns: Sequence[Pattern]) -> tuple[Pattern, ...]:
    """Singles first, then the others as they came; every join looks back at an earlier pattern."""
    rank = {name: number for number, name in enumerate(SINGLES)}
    row = sorted(patterns, key=lambda pattern: rank.get(pattern.alias, len(rank)))
    return backwards(row)


def backwards(row: Sequence[Pattern]) -> tuple[Pattern, ...]:
    """The same patterns in the same order, joins that look forward turned round."""
    place = {pattern.alias: number for number, pattern in enumerate(row)}
    if all(place.get(join.alias, -1) < number for number, pattern in enumerate(row) for join in pattern.joins):
        return tuple(row)
    joins: dict[str, list[Join]] = {pattern.alias: [] for pattern in row}
    for number, pattern in enumerate(row):
        for join in pattern.joins:
            if place.get(join.alias, -1) < number:
                joins[pattern.alias].append(join)
            else:
                joins[join.alias].append(Join(join.other, FLIPPED[join.op], pattern.alias, join.field))
    return tuple(replace(pattern, joins=_once(joins[pattern.alias])) for pattern in row)


def coinciding(branch: Branch) -> Iterator[Branch]:
    """The branch, and every variant in which facts of one kind that were asked for apart are one and the same.

    `any hashtag where trending and any hashtag where topic is politics` is met by one tag; patterns of a rule never
    share a fact, so each way of sharing is a rule of its own.
    """
    yield branch
    plural = [pattern for pattern in branch.patterns if pattern.alias not in SINGLES]
    for number, later in enumerate(plural):
        for earlier in plural[:number]:
            if overlaps(earlier, later):
                merged = _renamed(branch, later.alias, earlier.alias)
                if merged is not None:
                    yield from coinciding(merged)


def _renamed(branch: Branch, old: str, new: str) -> Branch | None:
    """The branch with one fact for both aliases; the links of the one become those of the other."""
    kind = branch.kind(old)
    linked = kind is not None and not SCHEMA[kind].internal
    patterns = _merged(realiased(branch.patterns, old, new, linked))
    if patterns is None or len(patterns) >= len(branch.patterns) or any(join.alias == pattern.alias for pattern in patterns for join in pattern.joins):
        return None
    absent = tuple(realiased(group, old, new, linked) for group in branch.absent)
    before = tuple((alias, new if target == old else target) for alias, target in branch.renamed)
    return Branch(patterns, absent, branch.assumed, (*before, (old, new)))


def realiased(patterns: Iterable[Pattern], old: str, new: str, linked: bool = True) -> tuple[Pattern, ...]:
    """The patterns under another alias; `linked`: those that hang on it (`situation_region`) as well."""

    def name(alias: str) -> str:
        if alias == old:
            return new
        return f"{new}{alias[len(old) :]}" if linked and alias.startswith(f"{old}_") else alias

    return tuple(
        replace(pattern, alias=name(pattern.alias), joins=tuple(replace(join, alias=name(join.alias)) for join in pattern.joins)) for pattern in patterns
    )


def strongest(branches: Sequence[Branch]) -> list[Branch]:
    """Without those that ask for more of the same facts than another one does."""
    return [one for one in branches if not any(_covers(other, one) for other in branches if other is not one)]


def _covers(wide: Branch, narrow: Branch) -> bool:
    """Whether `wide` holds, of the same facts, wherever `narrow` does, and assumes no more."""
    if wide.renamed != narrow.renamed or not set(wide.assumed) <= set(narrow.assumed) or not set(wide.absent) <= set(narrow.absent):
        return False
    there = {pattern.alias: pattern for pattern in narrow.patterns}
    if len(wide.patterns) != len(there) or wide == narrow or set(there) != {pattern.alias for pattern in wide.patterns}:
        return False
    return all(set(p.tests) <= set(there[p.alias].tests) and set(p.joins) <= set(there[p.alias].joins) for p in wide.patterns)
