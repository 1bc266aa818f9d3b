"""What a lint looks at, and how it says what it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, TypeVar

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


def clauses(item: nodes.Item, *words: str) -> list[nodes.Clause]:
    return [clause for clause in item.clauses if clause.word in words]


def below(node: object, sort: type[_N]) -> Iterator[_N]:
    """The node and everything in it that is of a sort, in the order of the text."""
    if isinstance(node, sort):
        yield node
    sort_of: Any = type(node)
    for part in node if isinstance(node, tuple) else [getattr(node, name) for name in _parts(sort_of)]:
        if not isinstance(part, str | int | None):
            yield from below(part, sort)


@cache
def _parts(sort: Any) -> tuple[str, ...]:
    """The fields of a sort of node; places have no parts."""
    return tuple(field.name for field in fields(sort) if field.name != "at") if is_dataclass(sort) else ()
