"""Stage 2, pieces to syntax trees: the grammar applied to one item at a time, and its complaints in the author's terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from lark import Lark, Token, Tree, UnexpectedToken
from lark.exceptions import UnexpectedEOF, UnexpectedInput

from rtm_gate import resources
from rtm_gate.language.syntax.cut import Piece
from rtm_gate.language.syntax.expected import sentence
from rtm_gate.language.syntax.places import Places
from rtm_gate.language.syntax.text import SourceText
from rtm_gate.language.syntax.words import nearest
from rtm_gate.model.diagnostic import Diagnostic

DEPTH = 40
"""Nested parentheses and `not` in one item: more than any policy a person can read."""
LONGEST = 40
"""Letters of a wrong word that a message repeats."""

_SHORT = {"s": "seconds", "m": "minutes", "min": "minutes", "mins": "minutes", "h": "hours", "hr": "hours", "hrs": "hours", "d": "days", "w": "weeks"}
_LUMP = re.compile(r'"(?:\\.|[^"\\\n])*"|\w[\w.-]*%?|.', re.DOTALL)


class JoinedWordsError(Exception):
    def __init__(self, first: Token, second: Token) -> None:
        self.first, self.second = first, second


class _Apart:
    """Words need a boundary between them: `holdfor`, `24hours`. Names are read everywhere, so that a wrong word is read whole."""

    always_accept = ("NAME", "PATH", "INT", "STRING")

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        before: Token | None = None
        for token in stream:
            if before is not None and before.end_pos == token.start_pos and _wordy(before[-1]) and _wordy(token[0]):
                raise JoinedWordsError(before, token)
            before = token
            yield token


def _wordy(char: str) -> bool:
    return char.isalnum() or char == "_"


@cache
def _parser() -> Lark:
    return Lark(
        resources.read_text("grammar", "policy.lark"),
        parser="lalr",
        lexer="contextual",
        propagate_positions=True,
        maybe_placeholders=False,
        postlex=_Apart(),
    )


def parse(source: SourceText, piece: Piece) -> Tree[Token] | Diagnostic:
    """The tree of one item (offsets count from the start of the piece), or what is wrong with it."""
    text = source.text[piece.start : piece.end]
    deep = _too_deep(text)
    if deep >= 0:
        return _fault(source, piece, deep, 1, "RTM109", f"this is nested more than {DEPTH} deep", "split the rule")
    try:
        return _tree(text)
    except JoinedWordsError as error:
        start = error.first.start_pos or 0
        joined = f"{error.first}{error.second}"
        return _fault(
            source, piece, start, len(joined), "RTM105", f"`{joined}` is not a word of the language", f"did you mean `{_apart(error.first, error.second)}`?"
        )
    except UnexpectedInput as error:
        return _unexpected(source, piece, text, error)


@lru_cache(maxsize=4096)
def _tree(text: str) -> Tree[Token]:
    """Kept, since a policy is read again and again while its author writes on one block of it."""
    return _parser().parse(text)


def _apart(first: str, second: str) -> str:
    """Two words written as one: `24 hours` for `24h`, `no-go` for `no-goo`."""
    if first[-1].isdigit():
        return f"{first} {_SHORT.get(second, second)}"
    return first if len(second) == 1 else f"{first} {second}"


def _too_deep(text: str) -> int:
    """Where parentheses, or `not` after `not`, go deeper than DEPTH; -1 where they do not."""
    depth, nots = 0, 0
    for match in re.finditer(r'"(?:\\.|[^"\\\n])*"|#[^\n]*|[()]|[^\s()"#]+', text):
        sign = match.group()
        depth += (sign == "(") - (sign == ")")
        nots = nots + 1 if sign == "not" else 0
        if depth > DEPTH or nots > DEPTH:
            return match.start()
    return -1


def _fault(source: SourceText, piece: Piece, start: int, length: int, code: str, message: str, label: str = "", *help_: str) -> Diagnostic:
    begin = min(piece.start + start, piece.end)
    return Diagnostic(code, "error", message, source.at(begin, begin + length), label, tuple(help_))


def _unexpected(source: SourceText, piece: Piece, text: str, error: UnexpectedInput) -> Diagnostic:
    start = error.pos_in_stream if error.pos_in_stream is not None else len(text)
    at_end = isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END")
    before: Any = _parser().parse_interactive(text if at_end else text[:start])
    words: list[Token] = list(before.exhaust_lexer())
    accepted: set[str] = before.accepts()
    comes = sentence(_places().open(word.type for word in words), words)
    if at_end:
        return _fault(source, piece, len(text.rstrip()) - 1, 1, "RTM106", f"this `{piece.word}` is not finished", comes.text, *comes.help)
    lump = _LUMP.match(text, start)
    found = lump.group() if lump else text[start : start + 1]
    if _swallowed(words, found):
        last = words.pop()
        comes = sentence(_places().open(word.type for word in words), words)
        return _fault(source, piece, last.start_pos or 0, len(last), "RTM106", f"`{last}` does not belong here", comes.text, *comes.help)
    hint = _hint(found, {_spelled()[name] for name in accepted if name in _spelled()}, bool({"NAME", "PATH"} & accepted))
    if hint is not None and not hint.certain:
        return _fault(source, piece, start, len(found), hint.code, hint.message, hint.label, comes.text, *comes.help)
    if hint is not None:
        return _fault(source, piece, start, len(found), hint.code, hint.message, hint.label)
    return _fault(source, piece, start, len(found), "RTM106", f"{_shown(found)} does not belong here", comes.text, *comes.help)


def _swallowed(words: Sequence[Token], found: str) -> bool:
    """A value was forgotten and the next clause's word taken for it: in `draft.platform is then warn` the fault is `then`, not `warn`."""
    terminals = {word: name for name, word in _spelled().items()}
    if not words or words[-1].type != "NAME" or words[-1] not in terminals:
        return False
    so_far = [word.type for word in words]
    after = terminals.get(found, "STRING" if found.startswith('"') else "NAME")
    return _places().takes([*so_far, terminals[words[-1]], after])


@dataclass(frozen=True, slots=True)
class _Hint:
    """`certain` where nothing more need be said."""

    code: str
    message: str
    label: str
    certain: bool = True


def _hint(found: str, words: set[str], name: bool) -> _Hint | None:
    """What was probably meant by a wrong word where `words`, or a `name`, could stand."""
    if found in ("and", "or") and {"and": "or", "or": "and"}[found] in words:
        return _Hint("RTM107", "`and` and `or` never mix without parentheses", "put the parts that belong together in ( )")
    if found[:1].isupper() and name:
        return _Hint("RTM108", f"`{found}` has capitals; names are lower case", f"did you mean `{found.lower()}`?")
    split = next((f"{word} {found[len(word) :]}" for word in sorted(words) if found.startswith(word) and found[len(word) + 1 :].isalpha()), "")
    if split:
        return _Hint("RTM105", f"{_shown(found)} is not a word of the language", f"did you mean `{split}`?", certain=False)
    near = nearest(found, words) if found[:1].isalpha() else ""
    return _Hint("RTM106", f"{_shown(found)} does not belong here", f"did you mean `{near}`?", certain=False) if near else None


def _shown(found: str) -> str:
    short = found if len(found) <= LONGEST else f"{found[:LONGEST]}…"
    return f"`{short}`" if short.isprintable() else "a control character"


@cache
def _places() -> Places:
    return Places(_parser())


@cache
def _spelled() -> dict[str, str]:
    """The keywords by the name of their terminal."""
    return {terminal.name: str(terminal.pattern.value) for terminal in _parser().terminals if terminal.pattern.type == "str"}
