"""What is wrong with something an author wrote: a value, gathered and sorted, never raised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rtm_gate.model.source import At

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. `code` is stable (`RTM204`); `message` is lower case, without a full stop, the author's words in backticks.

    `label` stands beside the caret ("did you mean `platform`?"); `help` lines follow below the source excerpt.
    """

    code: str
    level: Level
    message: str
    at: At
    label: str = ""
    help: tuple[str, ...] = ()


def in_order(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by place, each only once."""
    return tuple(sorted(set(found), key=lambda d: (d.at, d.code, d.message)))
