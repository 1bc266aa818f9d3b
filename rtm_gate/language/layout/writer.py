"""Lines, written atom by atom: shapes are broken where they do not fit, comments stay where they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rtm_gate.language.layout.atoms import Atom, Comment, glue
from rtm_gate.language.layout.columns import WIDTH, columns
from rtm_gate.language.layout.shapes import Fill, Row, Shape, Stack, atoms_of, flat

_FAR = 80
"""A list that begins further right goes on below the beginning of its line instead."""


@dataclass(slots=True)
class _Line:
    text: str
    group: int
    blank: bool
    comment: str = ""


class Writer:
    """`margin` is where a line begins that a comment forces upon the text."""

    def __init__(self) -> None:
        self.margin = 0
        self._lines: list[_Line] = []
        self._group = 0
        self._blank = False
        self._open = False
        """Whether the last line may be written on."""
        self._at: int | None = None
        """Where the next line begins, if not at the margin."""
        self._last: Atom | None = None

    # ---- lines ----------------------------------------------------------------------------------------------------------------------------
    def line(self, indent: int) -> None:
        """The next atom begins a line."""
        self._open, self._at = False, indent

    def blank(self) -> None:
        """A blank line comes next; comments at the ends of lines align up to here."""
        self._blank = bool(self._lines)
        self.part()

    def part(self) -> None:
        """Comments at the ends of lines align up to here."""
        self._group += 1

    def comment(self, text: str, indent: int) -> None:
        """A comment on a line of its own."""
        self._new(" " * indent + text)
        self._open = False

    def comments(self, rows: Sequence[Comment], indent: int) -> None:
        for row in rows:
            if row.blank:
                self.blank()
            self.comment(row.text, indent)

    def whole(self, text: str, indent: int, after: str) -> None:
        """A line that is already laid out, and the comment behind it."""
        self._new(" " * indent + text)
        self._open, self._lines[-1].comment = False, after

    def pad(self, column: int) -> None:
        """The next atom stands in this column or behind it, or begins a line there."""
        if self._open:
            self._lines[-1].text = f"{self._lines[-1].text} ".ljust(column)
            self._last = None
        else:
            self._at = column

    def text(self) -> str:
        groups: defaultdict[int, list[_Line]] = defaultdict(list)
        for line in self._lines:
            if line.comment:
                groups[line.group].append(line)
        for lines in groups.values():
            for line, text in zip(lines, columns([(line.text, f" {line.comment}") for line in lines], [1]), strict=True):
                line.text = text
        return "".join(("\n" if line.blank else "") + line.text.rstrip() + "\n" for line in self._lines)

    def _new(self, text: str) -> None:
        self._lines.append(_Line(text, self._group, self._blank))
        self._open, self._blank, self._at, self._last = True, False, None, None

    # ---- shapes ---------------------------------------------------------------------------------------------------------------------------
    @property
    def column(self) -> int:
        """Where the next atom begins, unless it is glued to the one before."""
        if self._open:
            return len(self._lines[-1].text) + (self._last is not None and self._last.text != "(")
        return self.margin if self._at is None else self._at

    def put(self, atom: Atom) -> None:
        column = self.column
        for comment in atom.before:
            self.comment(comment.text, column)
        if self._open:
            self._lines[-1].text += (glue(self._last, atom) if self._last else "") + atom.text
        else:
            self._new(" " * (self.column if not atom.before else column) + atom.text)
        self._last = atom
        if atom.after:
            self._lines[-1].comment, self._open = atom.after, False

    def write(self, shape: Shape, tail: int = 0) -> None:
        """`tail` is how many columns are needed behind it on its last line."""
        if isinstance(shape, Atom):
            self.put(shape)
        elif self._fits(shape, tail):
            for atom in atoms_of(shape):
                self.put(atom)
        elif isinstance(shape, Row):
            for number, part in enumerate(shape.parts):
                rest = flat(Row(shape.parts[number + 1 :])) if number + 1 < len(shape.parts) else ""
                self.write(part, tail + len(rest or ""))
        else:
            self._break(shape, tail)

    def _fits(self, shape: Shape, tail: int) -> bool:
        text = flat(shape)
        return text is not None and self.column + len(text) + tail <= WIDTH

    def _break(self, shape: Fill | Stack, tail: int) -> None:
        start, margin = self.column, self.margin
        near = start <= _FAR or not self._open
        indent = start + shape.hang if near else len(self._lines[-1].text) - len(self._lines[-1].text.lstrip()) + 4
        if not self._open:
            self._at = start
        self.margin = indent
        spanned = False
        for number, part in enumerate(shape.parts):
            rest = tail if number == len(shape.parts) - 1 else 0
            if number and (isinstance(shape, Stack) or number in shape.starts or spanned or not self._fits(part, rest)):
                self.line(indent)
            height = len(self._lines) + (not self._open)
            self.write(part, rest)
            spanned = len(self._lines) > height
        self.margin = margin
