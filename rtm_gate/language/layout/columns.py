"""Rows of cells made to stand below each other."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 120
"""Columns a line should have at most. What cannot be broken may be longer: a string, a comment."""


def columns(rows: Sequence[Sequence[str]], gaps: Sequence[int], indent: int = 0) -> list[str]:
    """The rows as lines without their indentation; at least `gaps[n]` spaces stand before cell n + 1, one where there is only one row.

    Rows so wide that others would not fit any more are left out of the columns. Cells behind the last one a row has are not padded.
    """
    if len(rows) == 1:
        return [" ".join(filter(None, rows[0]))]
    inside = [row for row in rows if _before_last(row, gaps) <= WIDTH]
    widths = _widths(inside)
    while any(indent + len(_line(row, [], gaps)) <= WIDTH < indent + len(_line(row, widths, gaps)) for row in inside):
        widest = max(_before_last(row, gaps) for row in inside)
        inside = [row for row in inside if _before_last(row, gaps) < widest]
        widths = _widths(inside)
    kept = {id(row) for row in inside}
    return [_line(row, widths if id(row) in kept else [], gaps) for row in rows]


def _before_last(row: Sequence[str], gaps: Sequence[int]) -> int:
    return len(_line([*row[:-1], "."], [], gaps))


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    most = max(map(len, rows), default=1) - 1
    return [max((len(row[n]) for row in rows if n < len(row) - 1), default=0) for n in range(most)]


def _line(row: Sequence[str], widths: Sequence[int], gaps: Sequence[int]) -> str:
    """Without widths: the cells one behind the other. A column that is empty in every row takes no room."""
    text, column = row[0], max(len(row[0]), widths[0] if widths else 0)
    for number, (cell, gap) in enumerate(zip(row[1:], gaps, strict=False), 1):
        width = max(len(cell), widths[number] if number < len(widths) else 0)
        if width:
            text = text.ljust(column + gap) + cell
            column += gap + width
    return text
