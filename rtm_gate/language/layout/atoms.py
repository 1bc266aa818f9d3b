"""A text as the words, strings and signs it is made of, each with the comments that speak about it. White space is gone, but for what an author says by it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

# A percentage may touch the word after it; any other word ends at white space or at a sign.
_SCAN = re.compile(r'"(?:\\.|[^"\\\n])*"|#[^\n]*|[{}(),]|[^\s"#{}(),%]+%?|%')


@dataclass(frozen=True, slots=True)
class Comment:
    """`blank`: a blank line stands before it."""

    text: str
    blank: bool


@dataclass(slots=True)
class Atom:
    """`text[start:end]` of a file, never taken apart.

    `before` are the comments on lines of their own in front of it, `after` the one behind it on its line. `fresh`: it is the first of its line;
    `blank`: a blank line stands before it, behind its comments.
    """

    text: str
    start: int
    end: int
    fresh: bool
    blank: bool
    before: tuple[Comment, ...] = ()
    after: str = ""


Atoms: TypeAlias = tuple[Atom, ...]


def atoms(text: str) -> Atoms:
    """In order; the last one is empty and holds the comments at the end of the file."""
    found: list[Atom] = []
    waiting: list[Comment] = []
    last, fresh = 0, True
    for match in _SCAN.finditer(text):
        lines = text.count("\n", last, match.start())
        fresh, blank, last = fresh or lines > 0, lines > 1, match.end()
        if not match.group().startswith("#"):
            found.append(Atom(match.group(), match.start(), match.end(), fresh, blank, tuple(waiting)))
            waiting, fresh = [], False
        elif fresh:
            waiting.append(Comment(match.group().rstrip(), blank))
        else:
            found[-1].after = match.group().rstrip()
            fresh = True
    return (*found, Atom("", len(text), len(text), True, False, tuple(waiting)))


def said(row: Atoms) -> list[str]:
    """All that is not white space, in order."""
    return [text for atom in row for text in (*(comment.text for comment in atom.before), atom.text, atom.after) if text]


def glue(left: Atom, right: Atom) -> str:
    """The white space between two atoms of one line."""
    return "" if left.text == "(" or right.text in (",", ")") else " "


def on_a_line(row: Atoms) -> str | None:
    """The atoms on one line, or None where a comment inside keeps them apart; the comment behind the last one does not."""
    if any(atom.before for atom in row) or any(atom.after for atom in row[:-1]):
        return None
    return "".join(left.text + glue(left, right) for left, right in pairwise(row)) + "".join(atom.text for atom in row[-1:])
