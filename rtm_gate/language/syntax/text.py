"""A policy file's text, and where in it something stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from rtm_gate.model.source import At


@dataclass(frozen=True, slots=True)
class SourceText:
    """`name` as shown to people; offsets and columns count Unicode code points."""

    name: str
    text: str
    line_starts: tuple[int, ...]

    @classmethod
    def of(cls, name: str, text: str) -> SourceText:
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        return cls(name, text, tuple(starts[:-1]))

    def at(self, start: int, end: int) -> At:
        """The place of `text[start:end]`."""
        line, column = self._place(start)
        end_line, end_column = self._place(max(start, end))
        return At(self.name, line, column, end_line, end_column)

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1
