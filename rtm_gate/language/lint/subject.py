"""What a lint looks at, and how it says what it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, TypeVar, get_args, get_type_hints

from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.policy import CountQuery, Policy
from rtm_gate.model.rule import CoreRule
from rtm_gate.model.source import At

_N = TypeVar("_N")


@dataclass(frozen=True)
class Subject:
    """The policy as written (`names`, `files`) and as lowered; without a policy there are no rules."""

    names: Names
    files: tuple[nodes.File, ...]
    policy: Policy | None
    today: date | None

    @property
    def blocks(self) -> Sequence[nodes.Item]:
        """Everything that judges, in the order of the files."""
        return tuple(item for item in self.names.of("block").values() if item.name is not None)

    @cached_property
    def rules(self) -> Mapping[str, tuple[CoreRule, ...]]:
        """The core rules by block."""
        found: dict[str, list[CoreRule]] = {}
        for rule in (*self.policy.rules, *self.policy.watches) if self.policy else ():
            found.setdefault(rule.block, []).append(rule)
        return {name: tuple(rules) for name, rules in found.items()}

    @cached_property
    def counts(self) -> Mapping[str, CountQuery]:
        return {query.name: query for query in (self.policy.counts if self.policy else ())}

    def rules_of(self, item: nodes.Item) -> tuple[CoreRule, ...]:
        return self.rules.get(item.id, ())


def warning(code: str, message: str, at: At, label: str = "", *help_: str) -> Diagnostic:
    return Diagnostic(code, "warning", message, at, label, tuple(help_))


def named(item: nodes.Item) -> nodes.Name:
    """The name of an item that has one."""
    assert item.name is not None
    return item.name


def below(node: object, sort: type[_N]) -> list[_N]:
    """The node and everything in it that is of a sort, in the order of the text."""
    found: list[_N] = []
    _gather(node, sort, found)
    return found


def _gather(node: object, sort: type[_N], found: list[_N]) -> None:
    if isinstance(node, tuple):
        for part in node:
            _gather(part, sort, found)
        return
    if isinstance(node, sort):
        found.append(node)
    here: Any = type(node)
    wanted: Any = sort
    for name in _ways(here, wanted):
        _gather(getattr(node, name), sort, found)


@cache
def _ways(of: type, sort: type) -> tuple[str, ...]:
    """The fields of a sort of node that could lead to another sort."""
    return tuple(name for name, inside in _fields(of).items() if any(sort is one or sort in _within(one) for one in inside))


@cache
def _within(of: type) -> frozenset[type]:
    """Every sort of node that may stand somewhere in a sort of node."""
    found: set[type] = set()
    new = {one for inside in _fields(of).values() for one in inside}
    while new:
        found |= new
        new = {one for sort in new for inside in _fields(sort).values() for one in inside} - found
    return frozenset(found)


@cache
def _fields(of: type) -> Mapping[str, frozenset[type]]:
    """The fields of a sort of node, each with the sorts of node it may hold at once; places are no nodes."""
    if not is_dataclass(of) or of is At:
        return {}
    return {name: inside for name, hint in get_type_hints(of).items() if (inside := frozenset(_sorts(hint)))}


def _sorts(hint: Any) -> Iterator[type]:
    if is_dataclass(hint) and isinstance(hint, type) and hint is not At:
        yield hint
    for part in get_args(hint):
        yield from _sorts(part)
