"""Patterns within patterns: whether facts that bind some are sure to bind others, under what names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rtm_gate.language.lint.possible import implied
from rtm_gate.language.lowering.branches import FLIPPED
from rtm_gate.model.rule import Join, Op, Pattern
from rtm_gate.model.schema import ALWAYS_THERE

Renaming = Mapping[str, str]
"""The alias of each pattern in the other conjunction."""

_MEANS: Mapping[Op, tuple[Op, ...]] = {
    "==": ("==", "<=", ">="), "!=": ("!=",), "<": ("<", "<=", "!="), "<=": ("<=",), ">": (">", ">=", "!="), ">=": (">=",),
}  # fmt: skip


def within(wide: Sequence[Pattern], narrow: Sequence[Pattern], known: Renaming | None = None) -> Iterator[dict[str, str]]:
    """Every way in which facts that bind `narrow` bind `wide` as well, each pattern to a fact of its own.

    `known` names facts outside of `wide` that its joins may look at. Patterns must be tests and joins that every fact
    bound to their partner passes, so that what is found holds in every world; not everything that holds is found.
    """
    there = {pattern.alias: pattern for pattern in (*narrow, *_always(narrow))}
    joins = _both_ways(there.values())
    yield from _next(tuple(wide), there, joins, dict(known or {}), frozenset())


def _always(patterns: Sequence[Pattern]) -> list[Pattern]:
    kinds = {pattern.kind for pattern in patterns}
    return [Pattern(kind, kind) for kind in ALWAYS_THERE if kind not in kinds]


def _both_ways(patterns: Iterable[Pattern]) -> set[tuple[str, Join]]:
    found: set[tuple[str, Join]] = set()
    for pattern in patterns:
        for join in pattern.joins:
            found.add((pattern.alias, join))
            found.add((join.alias, Join(join.other, FLIPPED[join.op], pattern.alias, join.field)))
    return found


def _next(
    rest: tuple[Pattern, ...], there: Mapping[str, Pattern], joins: set[tuple[str, Join]], found: dict[str, str], taken: frozenset[str]
) -> Iterator[dict[str, str]]:
    if not rest:
        yield found
        return
    first = rest[0]
    for alias, partner in there.items():
        if alias in taken or partner.kind != first.kind or not all(implied(first.kind, partner.tests, test) for test in first.tests):
            continue
        if all(_joined(join, alias, joins, {**found, first.alias: alias}) for join in first.joins):
            yield from _next(rest[1:], there, joins, {**found, first.alias: alias}, taken | {alias})


def _joined(join: Join, alias: str, joins: set[tuple[str, Join]], names: Renaming) -> bool:
    other = names.get(join.alias)
    if other is None:
        return False
    return any((alias, Join(join.field, op, other, join.other)) in joins for op, means in _MEANS.items() if join.op in means)


def renamed(patterns: Sequence[Pattern], names: Renaming) -> tuple[Pattern, ...]:
    """The patterns under names of the other conjunction; their own new ones cannot meet any there."""
    own = {pattern.alias: f"{pattern.alias} within" for pattern in patterns}
    every = {**names, **own}
    return tuple(
        replace(pattern, alias=own[pattern.alias], joins=tuple(replace(join, alias=every.get(join.alias, join.alias)) for join in pattern.joins))
        for pattern in patterns
    )
