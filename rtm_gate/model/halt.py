"""A halt: a person stopped everything, or a part of it, at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

ScopeKind = Literal["all", "platform", "account", "region", "topic"]
SCOPES: tuple[ScopeKind, ...] = get_args(ScopeKind)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is halted: `all` without a name, or one platform, account, region (ISO 3166) or topic with what lies below it."""

    kind: ScopeKind
    name: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else self.kind

    @property
    def spoken(self) -> str:
        """As it follows `halted`: `everything`, `platform x`."""
        return f"{self.kind} {self.name}" if self.name else "everything"


@dataclass(frozen=True, slots=True)
class Halt:
    """`number` is its row in the record. `until` None: until it is resumed. `person` is empty where the record was masked.

    `proven`: the project's directory knows the person in a role that may halt.
    """

    number: int
    scope: Scope
    reason: str
    person: str
    at: datetime
    until: datetime | None = None
    proven: bool = False


@dataclass(frozen=True, slots=True)
class Over:
    """A halt that is over, since `ended`."""

    halt: Halt
    ended: datetime
