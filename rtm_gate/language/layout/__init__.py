"""The one canonical layout of a policy file: `rtm-gate policy fmt`.

    text ──cut, parse──▶ syntax trees ──nodes──▶ parts and their atoms ──entries──▶ what aligns with what ──blocks, writer──▶ lines

Only the white space between the words of a file changes. What its author says by it is kept: blank lines between groups (one at most), and a line
broken behind `{`, which says that the block shall have lines of its own. Comments stay where they were among the words.
"""

from __future__ import annotations

from dataclasses import dataclass

from lark import Tree

from rtm_gate.language.layout.atoms import atoms, said
from rtm_gate.language.layout.blocks import laid_out
from rtm_gate.language.layout.shapes import Node, node_of
from rtm_gate.language.syntax.cut import cut
from rtm_gate.language.syntax.files import MOST_FAULTS
from rtm_gate.language.syntax.parse import parse
from rtm_gate.language.syntax.text import SourceText
from rtm_gate.model.diagnostic import Diagnostic, in_order

__all__ = ["Formatted", "formatted"]


@dataclass(frozen=True, slots=True)
class Formatted:
    """`text` is None where the file cannot be read as the language; `diagnostics` then say why."""

    text: str | None
    diagnostics: tuple[Diagnostic, ...] = ()


def formatted(text: str, name: str) -> Formatted:
    """The text in the canonical layout; `name` stands for the file in diagnostics. Nothing but the syntax is looked at."""
    source = SourceText.of(name, text.removeprefix("\ufeff").replace("\r\n", "\n"))
    pieces = cut(source)
    found = list(pieces.found)
    row = atoms(source.text)
    words = said(row)
    items: list[Node] = []
    at = 0
    for piece in pieces.pieces:
        tree = parse(source, piece) if piece.sound and len(found) < MOST_FAULTS else None
        if isinstance(tree, Diagnostic):
            found.append(tree)
        if found or not isinstance(tree, Tree):
            continue
        end = next(number for number in range(at, len(row)) if row[number].start >= piece.end)
        inner = tree.children[0] if tree.data == "start" else tree
        assert isinstance(inner, Tree)
        items.append(node_of(inner, row[at:end], piece.start))
        at = end
    if found:
        return Formatted(None, in_order(found[:MOST_FAULTS]))
    done = laid_out(items, row[-1])
    # What an author wrote is never lost: a fault of ours shows here, before anything is written.
    if said(atoms(done)) != words:
        raise RuntimeError(f"the layout of {name} would not keep its words")
    return Formatted(done)
