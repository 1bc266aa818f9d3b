"""Conditions after checking: every field, value and unit is what the schema says, every bare field has found its fact.

`alias` names the fact of the rule a test is about: the kind's name, `situation2` for the second one of a block.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rtm_gate.model.fact import Value
from rtm_gate.model.rule import Op
from rtm_gate.model.schema import SCHEMA, Field
from rtm_gate.model.source import At

HowTouched = Literal["region", "words", "hashtag", "entity"]


@dataclass(frozen=True, slots=True)
class Ref:
    """A field of another fact."""

    alias: str
    kind: str
    field: Field


@dataclass(frozen=True, slots=True)
class Tested:
    """A field against a constant or a field of another fact; `known` has no value. `column` is the field's or its top's name."""

    alias: str
    kind: str
    field: Field
    column: str
    op: Op | Literal["known"]
    value: Value | Ref | None
    at: At


@dataclass(frozen=True, slots=True)
class Holds:
    """A set field has a member."""

    alias: str
    kind: str
    field: Field
    column: str
    value: str | Ref
    at: At


@dataclass(frozen=True, slots=True)
class InRegion:
    """The draft is shown in a region: in it, in a part of it, or in what contains it."""

    code: str
    at: At


@dataclass(frozen=True, slots=True)
class Like:
    alias: str
    kind: str
    field: Field
    glob: str
    at: At


@dataclass(frozen=True, slots=True)
class Touched:
    alias: str
    how: HowTouched
    at: At


@dataclass(frozen=True, slots=True)
class Exists:
    alias: str
    kind: str
    body: Typed | None
    at: At


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` facts (more than one)."""

    alias: str
    kind: str
    count: int
    body: Typed | None
    at: At


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Typed, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Typed, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Negated:
    part: Typed
    at: At


Typed = Tested | Holds | InRegion | Like | Touched | Exists | AtLeast | And | Or | Negated


def asked(kind: str, field: str, op: Op, value: Value, at: At, alias: str = "") -> Tested:
    """A test that a block brings along by itself, on the only (or the first) fact of its kind where no alias is named."""
    return Tested(alias or kind, kind, SCHEMA[kind].fields[field], field, op, value, at)
