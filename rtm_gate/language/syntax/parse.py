"""Stage 2, pieces to syntax trees: the grammar applied to one item at a time, and its complaints in the author's terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedToken
from lark.exceptions import UnexpectedEOF, UnexpectedInput
from lark.lexer import TerminalDef

from rtm_gate import resources
from rtm_gate.language.syntax.cut import Piece
from rtm_gate.language.syntax.text import SourceText
from rtm_gate.language.syntax.words import listed, nearest
from rtm_gate.model.diagnostic import Diagnostic

DEPTH = 40
"""Nested parentheses and `not` in one item: more than any policy a person can read."""

_CLASSES = {
    "NAME": "a name", "PATH": "a name", "STRING": 'a text in "quotes"', "INT": "a number", "DECIMAL": "a number", "UNIT": "a unit such as `hours`",
    "REGION": "a region such as US-NY", "INSTANT": "a time such as 2026-01-05T12:00Z", "DATE": "a date such as 2026-01-05",
    "PERCENT": "a percentage", "MULTIPLE": "a multiple such as 3x", "NO_GO": "`no-go`", "_CHARACTERS": "`characters`", "$END": "the end",
}  # fmt: skip
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
        return _parser().parse(text)
    except JoinedWordsError as error:
        start = error.first.start_pos or 0
        joined = f"{error.first}{error.second}"
        return _fault(source, piece, start, len(joined), "RTM105", f"`{joined}` is not a word of the language", f"did you mean `{error.first} {error.second}`?")
    except UnexpectedInput as error:
        return _sentence(source, piece, text, error)


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


def _sentence(source: SourceText, piece: Piece, text: str, error: UnexpectedInput) -> Diagnostic:
    expected = _expected(error)
    words = sorted(_word(name) for name in expected if _word(name))
    start = error.pos_in_stream if error.pos_in_stream is not None else len(text)
    at_end = isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END")
    if at_end:
        start = len(text.rstrip()) - 1
        return _fault(source, piece, start, 1, "RTM106", f"this `{piece.word}` is not finished", _what(expected, words))
    lump = _LUMP.match(text, start)
    found = lump.group() if lump else text[start : start + 1]
    shown = found if found.isprintable() else "a control character"
    if found in ("and", "or") and {"and": "or", "or": "and"}[found] in words:
        return _fault(source, piece, start, len(found), "RTM107", "`and` and `or` never mix without parentheses", "put the parts that belong together in ( )")
    if found[:1].isupper() and {"NAME", "PATH"} & expected:
        return _fault(source, piece, start, len(found), "RTM108", f"`{found}` has capitals; names are lower case", f"did you mean `{found.lower()}`?")
    split = next((f"{word} {found[len(word) :]}" for word in words if found.startswith(word) and found[len(word) :].isalpha()), "")
    near = nearest(found, words) if found[:1].isalpha() else ""
    label = f"did you mean `{split}`?" if split else f"did you mean `{near}`?" if near else _what(expected, words)
    message = f"`{shown}` is not a word of the language" if split else f"`{shown}` does not belong here"
    code = "RTM105" if split else "RTM106"
    return _fault(source, piece, start, len(found), code, message, label, *([f"expected here: {_long(expected, words)}"] if label[:3] == "did" else []))


def _expected(error: UnexpectedInput) -> set[str]:
    if isinstance(error, UnexpectedToken):
        try:
            return set(error.accepts or error.expected or ())
        except Exception:
            return set(error.expected or ())
    if isinstance(error, UnexpectedCharacters):
        return set(error.allowed or ())
    return set(getattr(error, "expected", None) or ())


@cache
def _terminals() -> dict[str, TerminalDef]:
    return {terminal.name: terminal for terminal in _parser().terminals}


def _word(name: str) -> str:
    """The spelling of a keyword, empty for a class of words."""
    if name in _CLASSES or name not in _terminals():
        return ""
    pattern: Any = _terminals()[name].pattern
    return str(pattern.value) if pattern.type == "str" else ""


def _what(expected: set[str], words: list[str]) -> str:
    return f"expected {_long(expected, words)}" if expected else ""


def _long(expected: set[str], words: list[str]) -> str:
    classes = sorted({_CLASSES[name] for name in expected if name in _CLASSES and name != "$END"})
    return listed([*classes, *(f"`{word}`" for word in words)], 16)
