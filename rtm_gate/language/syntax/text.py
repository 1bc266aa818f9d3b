"""A policy file's text, and where in it something stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from rtm_gate.model.source import At


@dataclass(frozen=True, slots=True)
class SourceText:
    """`name` as shown to people; offsets and columns count Unicode code points. A piece of a file begins at its own `line` and `column`."""

    name: str
    text: str
    line_starts: tuple[int, ...]
    line: int = 1
    column: int = 1

    @classmethod
    def of(cls, name: str, text: str, line: int = 1, column: int = 1) -> SourceText:
        starts = [0]
        for row in text.split("\n"):
            starts.append(starts[-1] + len(row) + 1)
        return cls(name, text, tuple(starts[:-1]), line, column)

    def at(self, start: int, end: int) -> At:
        """The place of `text[start:end]`."""
        line, column = self._place(start)
        end_line, end_column = self._place(max(start, end))
        return At(self.name, line, column, end_line, end_column)

    def _place(self, offset: int) -> tuple[int, int]:
        row = bisect_right(self.line_starts, offset)
        column = offset - self.line_starts[row - 1] + (self.column if row == 1 else 1)
        return self.line + row - 1, column
