"""Where a clause may be broken into lines: each part of a syntax tree as a row, a fill or a stack of smaller parts, down to the atoms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lark import Token, Tree

from rtm_gate.language.layout.atoms import Atom, Atoms, on_a_line

AS_ONE = ("because", "fix", "copy")
"""Clauses whose strings are read as one text."""


@dataclass(frozen=True, slots=True)
class Row:
    """Parts that follow each other and are not broken apart."""

    parts: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Fill:
    """Parts of which as many stand on a line as fit. `hang` is how much further than the first one a next line begins.

    Where it is broken at all, the parts numbered in `starts` begin a line.
    """

    parts: tuple[Shape, ...]
    hang: int = 0
    starts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Stack:
    """Parts that stand on one line, or each on its own; `always`: each on its own."""

    parts: tuple[Shape, ...]
    hang: int = 0
    always: bool = False


Shape: TypeAlias = Atom | Row | Fill | Stack
Part: TypeAlias = "Atom | Node"


@dataclass(frozen=True, slots=True)
class Node:
    """A syntax tree beside the atoms it covers. `parts` are its subtrees, and the atoms that are in none of them."""

    word: str
    atoms: Atoms
    parts: tuple[Part, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(part for part in self.parts if isinstance(part, Node))


def node_of(tree: Tree[Token], row: Atoms, base: int) -> Node:
    """`row` are the atoms of the tree; its positions count from `base`."""
    parts: list[Part] = []
    at = 0
    for child in tree.children:
        if not isinstance(child, Tree) or child.meta.empty:
            continue
        start, end = base + child.meta.start_pos, base + child.meta.end_pos
        first = next(n for n in range(at, len(row)) if row[n].start >= start)
        last = next((n for n in range(first, len(row)) if row[n].start >= end), len(row))
        parts += row[at:first]
        parts.append(node_of(child, row[first:last], base))
        at = last
    return Node(str(tree.data), row, (*parts, *row[at:]))


def atoms_of(shape: Shape) -> Atoms:
    return (shape,) if isinstance(shape, Atom) else tuple(atom for part in shape.parts for atom in atoms_of(part))


def flat(shape: Shape) -> str | None:
    """The shape on one line, or None where it cannot stand on one."""
    return None if _never_flat(shape) else on_a_line(atoms_of(shape))


def _never_flat(shape: Shape) -> bool:
    return not isinstance(shape, Atom) and ((isinstance(shape, Stack) and shape.always) or any(_never_flat(part) for part in shape.parts))


def shape_of(part: Part, hang: int = 0) -> Shape:
    """`hang` is for a condition that is a chain of tests."""
    if isinstance(part, Atom):
        return part
    if part.word == "all":
        return _chain(_links(part.parts), hang)
    if part.word == "either":
        return Stack(tuple(map(row_of, _links(part.parts))), hang)
    if part.word in AS_ONE:
        return Row((part.atoms[0], strings(part.atoms[1:])))
    return series(part.parts)


def row_of(parts: Sequence[Part]) -> Row:
    return Row(tuple(shape_of(part) for part in parts))


def series(parts: Sequence[Part]) -> Shape:
    """Parts in a row; between the members of a list (behind commas, before `and` and `or`) it may be broken."""
    members = tuple(map(row_of, _links(parts)))
    return members[0] if len(members) == 1 else Fill(members)


def strings(row: Atoms) -> Shape:
    """Strings that are read as one: one a line."""
    return Stack(row, always=True) if len(row) > 1 else Row(row)


def _links(parts: Sequence[Part]) -> list[list[Part]]:
    links: list[list[Part]] = [[]]
    for part in parts:
        sign = part.text if isinstance(part, Atom) else ""
        if sign in ("and", "or") and links[-1]:
            links.append([])
        links[-1].append(part)
        if sign == ",":
            links.append([])
    return [link for link in links if link]


def _chain(links: list[list[Part]], hang: int) -> Fill:
    """Tests joined by `and`. A quantifier and the bare fields behind it, which belong to it, are one part, and begin a line."""
    units: list[tuple[bool, list[Shape]]] = []
    for link in links:
        row, test = row_of(link), link[-1]
        quantified = isinstance(test, Node) and test.word == "quantified"
        if units and units[-1][0] and not quantified and isinstance(test, Node) and _bare(test):
            units[-1][1].append(row)
        else:
            units.append((quantified, [row]))
    parts = tuple(Fill(tuple(rows), 0 if number else hang) for number, (_, rows) in enumerate(units))
    starts = frozenset(number for number in range(1, len(units)) if units[number][0] or units[number - 1][0])
    return Fill(parts, hang, starts)


def _bare(test: Node) -> bool:
    """Whether the test begins with a field of the quantifier before it."""
    if test.word in ("negation", "group", "all", "either"):
        return _bare(test.nodes[0])
    return test.word not in ("quantified", "has", "has_no", "mentions") and "." not in test.atoms[0].text and test.atoms[0].text != "draft"
