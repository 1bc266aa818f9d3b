"""Where something an author wrote stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class At:
    """A span in a policy file: 1-based line and column, `end_column` exclusive on `end_line`."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
