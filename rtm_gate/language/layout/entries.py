"""What stands in a file or a block, one after the other: clauses whose words align, rows of a table, blocks with lines of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from rtm_gate.language.layout.atoms import Atom, on_a_line
from rtm_gate.language.layout.columns import WIDTH
from rtm_gate.language.layout.shapes import AS_ONE, Fill, Node, Row, Shape, atoms_of, flat, row_of, series, shape_of, strings

_WORDS = {
    "stale_news": 2, "shelf_life": 2, "high_means": 2, "but_not": 2, "cues": 3, "must_match": 2, "must_not_match": 3, "posts_only": 3, "never_when": 2,
    "except_when": 2, "applies": 2, "story": 2, "never": 3,
}  # fmt: skip
"""How many parts of a clause are the words it begins with, where it is not one."""
_HANG = 2
"""How much further than it began a condition goes on."""
_TABLES = {
    "setting": ((2, 3), (2, 2)), "check": ((2,), (2,)), "set": ((2, 4), (1, 2)), "switch_off": ((3,), (2,)),
    "tally": ((3,), (2,)), "cell": ((3, 4), (2, 2)), "ask": ((2, 3), (2, 2)), "day": ((-1,), (2,)),
}  # fmt: skip
"""Where the parts of a row are cut into cells, and the spaces between these. What follows the cells of a question hangs below them."""
_HEADS = {"tally": 3, "cell": 3, "ask": 3, "day": 3}
"""How many parts of a row stay together where it is too long for a line."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of neighbours are padded to one width. A value in braces stands on one line, or hangs behind its word."""

    words: Row
    value: Shape | Node


@dataclass(frozen=True, slots=True)
class TableRow:
    """Neighbours of one `kind` are one table, with `gaps` behind the cells; `after` is the comment, `below` hangs under the row."""

    kind: str
    cells: tuple[str, ...]
    gaps: tuple[int, ...]
    after: str
    below: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Loose:
    """What aligns with nothing: a block on one line, a row with comments inside, a row too long for a line."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Block:
    """A block with lines of its own: so its author began it, or it does not fit on one."""

    node: Node


Entry: TypeAlias = Clause | TableRow | Loose | Block


def item_of(node: Node) -> Entry:
    """An item of a file, the comments before it left aside."""
    if node.word in _TABLES:
        return _row(node, 0)
    if node.word == "include":
        return Loose(series(node.parts))
    text = one_line(node)
    if text is None or len(text) > WIDTH:
        return Block(node)
    if node.word != "tier":
        return Loose(Atom(text, 0, 0, False, False, after=node.atoms[-1].after))
    head, _ = halves(node)
    return TableRow("tier", (_text(head[:2]), _text(head[2:-1]), braces(node) or ""), (2, 1), node.atoms[-1].after)


def clause_of(node: Node, indent: int) -> Entry:
    """A clause of a block, or a part of one, the comments before it left aside."""
    if node.word in _TABLES:
        return _row(node, indent)
    if node.word in ("test_news", "test_fact"):
        return Block(node) if braces(node) is None else Clause(Row(node.atoms[:1]), node)
    count = _WORDS.get(node.word, 1)
    words, value = row_of(node.parts[:count]), node.parts[count:]
    if node.word in AS_ONE:
        return Clause(words, strings(node.atoms[1:]))
    if len(value) == 1:
        # `never go when` is as good as a sentence: its condition goes on below its first word.
        return Clause(words, shape_of(value[0], _HANG - (len(_text(atoms_of(words))) + 1) * (node.word == "never")))
    return Clause(words, series(value))


def halves(node: Node) -> tuple[tuple[Atom, ...], tuple[Node, ...]]:
    """The atoms of a block up to its brace, and the nodes within its braces."""
    brace = next(number for number, atom in enumerate(node.atoms) if atom.text == "{")
    inner = node.nodes[0] if node.word == "shadow" else node
    opened = node.atoms[brace].start
    return node.atoms[: brace + 1], tuple(one for one in inner.nodes if one.atoms[0].start > opened)


def one_line(node: Node) -> str | None:
    """A clause or a block on one line, or None where it needs more of them."""
    if not any(atom.text == "{" for atom in node.atoms):
        return None if node.word in AS_ONE and len(node.atoms) > 2 else on_a_line(node.atoms)
    head, inside = on_a_line(halves(node)[0]), braces(node)
    return None if head is None or inside is None else head.removesuffix("{") + inside


def braces(node: Node) -> str | None:
    """The braces of a block and all that is in them on one line, or None: its author broke the line behind the first one, or it needs more."""
    head, clauses = halves(node)
    inside = node.atoms[len(head) :]
    if (clauses and inside[0].fresh) or head[-1].before or head[-1].after or on_a_line(inside) is None:
        return None
    texts = [one_line(clause) for clause in clauses]
    return None if None in texts else f"{{ {'  '.join(filter(None, texts))} }}" if texts else "{}"


def _row(node: Node, indent: int) -> TableRow | Loose:
    cuts, gaps = _TABLES[node.word]
    width = cuts[-1] + 1 if node.word == "ask" else len(node.parts)
    row, below = node.parts[:width], node.parts[width:]
    whole = row_of(row)
    text = flat(whole)
    if text is None or (node.word in _HEADS and indent + len(text) > WIDTH):
        head = _HEADS.get(node.word, 2)
        shapes = (row_of(row[:head]), *map(shape_of, node.parts[head:]))
        return Loose(Fill(shapes, 4, frozenset(range(width - head + 1, len(shapes)))))
    edges = [0, *(cut % width for cut in cuts if cut < width), width]
    cells = tuple(_text(atoms_of(row_of(row[start:end]))) for start, end in pairwise(edges))
    return TableRow(node.word, cells, gaps, atoms_of(whole)[-1].after, tuple(map(shape_of, below)))


def _text(row: Sequence[Atom]) -> str:
    return on_a_line(tuple(row)) or ""
