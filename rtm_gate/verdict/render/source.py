"""The lines of a policy that a finding comes from, coloured as an author sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pygments.lexers import get_lexer_by_name
from pygments.token import Token
from pygments.util import ClassNotFound

from rtm_gate.model.source import At
from rtm_gate.verdict.render.safe import safe

Line = tuple[tuple[str, str], ...]
"""A line as pairs of (kind of token, text)."""
LONGEST = 24
"""Lines of a block that are shown; a reader who wants more has its place."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`lines` begin with line `first` of the file (1-based); `left_out` counts the lines of the block that are not shown."""

    first: int
    lines: tuple[str, ...]
    left_out: int = 0


def excerpt(at: At, source: str) -> Excerpt:
    """The lines of a block. `source` is the text of the file `at` names."""
    block = [line.removesuffix("\r").expandtabs(4) for line in source.split("\n")[at.line - 1 : at.end_line]]
    return Excerpt(at.line, tuple(block[:LONGEST]), max(0, len(block) - LONGEST))


def coloured(shown: Excerpt) -> tuple[Line, ...]:
    """Each line as its tokens; one plain token a line where this installation has no lexer of the language."""
    text = "\n".join(safe(line) for line in shown.lines)
    tokens: Iterable[tuple[tuple[str, ...], str]]
    try:
        tokens = get_lexer_by_name("rtm", stripnl=False, ensurenl=False).get_tokens(text)
    except (ClassNotFound, ImportError):
        # Pygments loads every lexer that is installed beside ours to find it; a broken one must not cost a verdict its page.
        tokens = [(Token, text)]
    lines: list[list[tuple[str, str]]] = [[]]
    for token, value in tokens:
        first, *others = value.split("\n")
        lines[-1].append((_name(token), first))
        lines += [[(_name(token), piece)] for piece in others]
    return tuple(tuple(line) for line in lines)


def _name(token: tuple[str, ...]) -> str:
    """`keyword`, `name`, `string`, `number`, `comment`, `operator`, `date` … : the part of a token's kind that has a colour."""
    parts = [str(part).lower() for part in token]
    return parts[1] if parts[:1] == ["literal"] and len(parts) > 1 else parts[0] if parts else "text"
