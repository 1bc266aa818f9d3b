"""The lines of a policy that a finding comes from, coloured as an author sees them."""

from __future__ import annotations

from dataclasses import dataclass

from rtm_gate.language.colours.lexer import PolicyLexer
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
    """Each line as its tokens. The lexer is called itself: by its name, Pygments would load every other one that is installed to find it."""
    text = "\n".join(safe(line) for line in shown.lines)
    tokens = PolicyLexer(stripnl=False, ensurenl=False).get_tokens(text)
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
