"""Files and blocks, entry by entry: which neighbours align, and where blank lines stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rtm_gate.language.layout.atoms import Atom, Comment, on_a_line
from rtm_gate.language.layout.columns import WIDTH, columns
from rtm_gate.language.layout.entries import Block, Clause, Entry, Loose, TableRow, braces, clause_of, halves, item_of
from rtm_gate.language.layout.shapes import Node, atoms_of, shape_of
from rtm_gate.language.layout.writer import Writer

STEP = 2
_LONGEST = 16
"""Words of a clause longer than this stand outside the column of the others."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry, the comments on the lines before it, and whether a blank line stands right before it."""

    entry: Entry
    comments: tuple[Comment, ...]
    blank: bool

    @property
    def apart(self) -> bool:
        """Whether a blank line keeps it from the entry before."""
        return self.blank or any(comment.blank for comment in self.comments)

    @property
    def kind(self) -> str:
        """Neighbours of one kind align."""
        return self.entry.kind if isinstance(self.entry, TableRow) else type(self.entry).__name__


def laid_out(items: Sequence[Node], end: Atom) -> str:
    """The text of a file; `end` carries the comments behind its last item."""
    out = _Blocks()
    placed = [_placed(item, item_of) for item in items]
    for number, (before, here) in enumerate(pairwise(placed), 1):
        if not here.apart and (isinstance(before.entry, Block) or isinstance(here.entry, Block)):
            first, *others = here.comments or [None]
            moved = (Comment(first.text, True), *others) if first else ()
            placed[number] = _Placed(here.entry, moved, not moved)
    out.body(placed, 0)
    out.writer.comments(end.before, 0)
    return out.writer.text()


def _placed(node: Node, entry_of: Callable[[Node], Entry]) -> _Placed:
    first = node.atoms[0]
    comments, first.before = first.before, ()
    return _Placed(entry_of(node), comments, first.blank)


class _Blocks:
    def __init__(self) -> None:
        self.writer = Writer()

    def body(self, entries: Sequence[_Placed], indent: int, hung: bool = False) -> None:
        """`hung`: the first entry goes on behind a brace."""
        for run in _runs(entries):
            lines = self._rows(run, indent)
            width = max((width for one in run if (width := len(_words(one.entry))) <= _LONGEST), default=0)
            for one, line in zip(run, lines, strict=True):
                first = one is entries[0]
                self._before(one, indent, first)
                if not (hung and first):
                    self.writer.line(indent)
                self.writer.margin = indent + 2 * STEP
                self._entry(one.entry, indent, line, indent + width + 1, STEP if hung and one is entries[-1] else 0)

    def _before(self, one: _Placed, indent: int, first: bool) -> None:
        if one.comments and first:
            self.writer.comment(one.comments[0].text, indent)
        self.writer.comments(one.comments[first:], indent)
        if one.blank and (one.comments or not first):
            self.writer.blank()

    def _rows(self, run: Sequence[_Placed], indent: int) -> list[str]:
        rows = [one.entry for one in run if isinstance(one.entry, TableRow)]
        return columns([row.cells for row in rows], rows[0].gaps, indent) if rows else [""] * len(run)

    def _entry(self, entry: Entry, indent: int, line: str, column: int, tail: int) -> None:
        out = self.writer
        if isinstance(entry, TableRow):
            out.whole(line, indent, entry.after)
            for shape in entry.below:
                out.line(indent + 2 * STEP)
                out.write(shape)
        elif isinstance(entry, Loose):
            out.write(entry.shape)
        elif isinstance(entry, Block):
            self._block(entry.node, indent)
        else:
            out.write(entry.words)
            out.pad(column)
            out.margin = column
            if isinstance(entry.value, Node):
                self._in_braces(entry.value, column)
            else:
                out.write(entry.value, tail)

    def _block(self, node: Node, indent: int) -> None:
        head, clauses = halves(node)
        for part in node.parts if node.word == "brand" else head:
            # The other names of a brand are a list in front of its brace.
            self.writer.write(shape_of(part), len(" {"))
            if part is head[-1]:
                break
        self.writer.part()
        self.body([_placed(clause, lambda one: clause_of(one, indent + STEP)) for clause in clauses], indent + STEP)
        self._close(node.atoms[-1], indent, bool(clauses))
        self.writer.part()

    def _close(self, brace: Atom, indent: int, after_clauses: bool) -> None:
        """Comments before the brace speak about the block: they stand inside it."""
        comments, brace.before = brace.before, ()
        if comments and not after_clauses:
            comments = (Comment(comments[0].text, False), *comments[1:])
        self.writer.comments(comments, indent + STEP)
        self.writer.line(indent)
        self.writer.put(brace)

    def _in_braces(self, node: Node, column: int) -> None:
        text, (head, clauses) = braces(node), halves(node)
        if text is not None and column + len(text) <= WIDTH:
            self.writer.put(Atom(text, 0, 0, False, False, after=node.atoms[-1].after))
            return
        self.writer.put(head[-1])
        self.body([_placed(clause, lambda one: clause_of(one, column + STEP)) for clause in clauses], column + STEP, hung=True)
        self.writer.put(node.atoms[-1])


def _words(entry: Entry) -> str:
    return (on_a_line(atoms_of(entry.words)) or "") if isinstance(entry, Clause) else ""


def _runs(entries: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    """Neighbours of one kind without a blank line between them."""
    run: list[_Placed] = []
    for one in entries:
        if run and (one.apart or one.kind != run[-1].kind):
            yield run
            run = []
        run.append(one)
    if run:
        yield run
