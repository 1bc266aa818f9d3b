"""Core rules as productions: the only form the engine is given.

A production is a plain conjunction of patterns. What the engine judges wrongly never reaches it: an absent group becomes
a production of its own and is taken away afterwards (`engine.py`); words are tokens, flags are 0 and 1, every field that a
join reads is tested for presence first, and a pattern with joins ends in one that is always true, since the engine reads
past the end of a pattern whose last join fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rtm_gate.model.fact import Value
from rtm_gate.model.rule import CoreRule, Pattern
from rtm_gate.rules.names import KIND, ONE, aliases, properties, token

_OPERATORS: Mapping[str, str] = {"!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}
PRESENT, ABSENT = "$ex", "$nex"


@dataclass(frozen=True, slots=True)
class Ref:
    """The property of a fact bound earlier."""

    alias: str
    prop: str


@dataclass(frozen=True, slots=True)
class Term:
    """One test of a clause. `op` is `==` or the engine's own word for it."""

    op: str
    prop: str
    value: int | str | Ref


Clause = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """What the tuples of a production are for: the positives of `rule` (no group), or its absent group number `group`.

    The first patterns of a group's production are those positives it is compared with, by their places in `beside`.
    """

    rule: int
    group: int | None = None
    beside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Production:
    """`patterns` are what the clauses were made of."""

    clauses: tuple[Clause, ...]
    patterns: tuple[Pattern, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Properties:
    """kind -> field -> the engine's property, for the fields that some rule reads; other fields are not told to the engine."""

    of: Mapping[str, Mapping[str, str]]

    @classmethod
    def read_by(cls, rules: Sequence[CoreRule]) -> Properties:
        read: dict[str, set[str]] = {}
        for rule in rules:
            for patterns in (rule.positives, *((*rule.positives, *group) for group in rule.absent)):
                kinds = {pattern.alias: pattern.kind for pattern in patterns}
                for pattern in patterns:
                    fields = read.setdefault(pattern.kind, set())
                    fields.update(test.field for test in pattern.tests)
                    for join in pattern.joins:
                        fields.add(join.field)
                        read[kinds[join.alias]].add(join.other)
        free = properties()
        return cls({kind: {field: next(free) for field in sorted(fields)} for kind, fields in sorted(read.items())})


def encoded(value: Value) -> int | str:
    """A value as the engine compares it. Fields have one type, so a flag and a count never meet."""
    return token(value) if isinstance(value, str) else int(value)


def productions(rules: Sequence[CoreRule], names: Properties) -> tuple[Production, ...]:
    """Every rule's positives and absent groups; equal conjunctions of different rules are one production."""
    found: dict[tuple[Clause, ...], Production] = {}
    for use, patterns in _conjunctions(rules):
        clauses = _clauses(patterns, names)
        before = found.get(clauses)
        found[clauses] = replace(before, uses=(*before.uses, use)) if before else Production(clauses, patterns, (use,))
    return tuple(found.values())


def _conjunctions(rules: Sequence[CoreRule]) -> Iterator[tuple[Use, tuple[Pattern, ...]]]:
    for index, rule in enumerate(rules):
        if rule.positives:
            yield Use(index), rule.positives
        for number, group in enumerate(rule.absent):
            beside = _compared(rule.positives, group)
            yield Use(index, number, beside), (*(rule.positives[place] for place in beside), *group)


def _compared(positives: Sequence[Pattern], group: Sequence[Pattern]) -> tuple[int, ...]:
    """The places of the positives that a group's joins read, and that those read in turn."""
    wanted = {join.alias for pattern in group for join in pattern.joins}
    places = []
    for place, pattern in reversed(list(enumerate(positives))):
        if pattern.alias in wanted:
            places.append(place)
            wanted.update(join.alias for join in pattern.joins)
    return tuple(reversed(places))


def _clauses(patterns: Sequence[Pattern], names: Properties) -> tuple[Clause, ...]:
    position = {pattern.alias: number for number, pattern in enumerate(patterns)}
    constants = {(pattern.alias, test.field): test.value for pattern in patterns for test in pattern.tests if test.op == "=="}
    terms: list[set[Term]] = []
    joins: list[list[Term]] = []
    read: list[set[str]] = [set() for _ in patterns]
    for number, pattern in enumerate(patterns):
        prop = names.of[pattern.kind]
        terms.append({_test(test.op, prop[test.field], test.value) for test in pattern.tests})
        joins.append([])
        for join in pattern.joins:
            known = constants.get((join.alias, join.other)) if join.op == "==" else None
            if known is not None:
                # Joins are never shared between rules and count against the width of a node; a constant is shared.
                terms[number].add(_test("==", prop[join.field], known))
                continue
            other = position[join.alias]
            there = names.of[patterns[other].kind][join.other]
            read[other].add(there)
            joins[number].append(Term(_OPERATORS.get(join.op, join.op), prop[join.field], Ref(aliases()[other], there)))
    return tuple((Term("==", KIND, pattern.kind), *_in_order(terms[number], read[number]), *_joins(joins[number])) for number, pattern in enumerate(patterns))


def _test(op: str, prop: str, value: Value | None) -> Term:
    if op == "known":
        return Term(PRESENT, prop, 1)
    if op == "unknown":
        return Term(ABSENT, prop, 1)
    assert value is not None
    return Term(_OPERATORS.get(op, op), prop, encoded(value))


def _in_order(terms: set[Term], read: set[str]) -> list[Term]:
    """Equalities first, since of these at most one of a property holds; absence last, behind its guards."""
    tested = {term.prop for term in terms if term.op != ABSENT}
    guards = {Term(PRESENT, prop, 1) for prop in read - tested}
    rank = {"==": 0, PRESENT: 1, ABSENT: 3}
    return sorted(terms | guards, key=lambda term: (rank.get(term.op, 2), term.prop, term.op, str(term.value)))


def _joins(joins: list[Term]) -> list[Term]:
    """Equalities first: the engine hashes them."""
    if not joins:
        return []
    ordered = sorted(joins, key=lambda term: (term.op != "==", term.prop, term.op, str(term.value)))
    first = ordered[0].value
    assert isinstance(first, Ref)
    return [*ordered, Term("==", ONE, Ref(first.alias, ONE))]
