"""Stage 1, text to pieces: one piece for each item of a file, so that a fault in one leaves the others readable.

Also the stage that finds what no grammar can say well: strings and braces that are not closed, words that begin nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rtm_gate.language.syntax.text import SourceText
from rtm_gate.language.syntax.words import BLOCKS, did_you_mean
from rtm_gate.model.diagnostic import Diagnostic

_SCAN = re.compile(
    r'(?P<space>\s+)|(?P<comment>\#[^\n]*)|(?P<string>"(?:\\.|[^"\\\n])*")|(?P<open_string>"[^\n]*)'
    r"|(?P<word>\w[\w.]*(?:-\w+)*%?)|(?P<sign>[{}(),])|(?P<other>.)",
    re.DOTALL,
)
_BEGINS = frozenset(BLOCKS)
_TEXT = r'"(?:\\.|[^"\\\n])*"'
# A braced item that begins on a line of its own inside another one: the brace before it was forgotten.
_RESTART = re.compile(
    rf"(?:shadow\s+)?(?:topic|tier|trigger|blackout|rule|platform|template|checklist|matrix|calendar|watch)\s+[a-z][\w.]*\s*(?:{_TEXT}\s*)?\{{"
    rf"|(?:policy|test|guarantee)\s+{_TEXT}\s*\{{"
    rf"|brand\s+{_TEXT}\s*(?:called\s+{_TEXT}\s*(?:,\s*{_TEXT}\s*)*)?\{{"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """`text[start:end]` is one item; `word` is its first word. `sound` is false where a fault in it is already reported."""

    word: str
    start: int
    end: int
    sound: bool = True


@dataclass(slots=True)
class Cut:
    """`canonical` is the file without comments and layout: what the digest is made of."""

    pieces: list[Piece] = field(default_factory=list)
    canonical: str = ""
    found: list[Diagnostic] = field(default_factory=list)


class _Cutter:
    def __init__(self, source: SourceText) -> None:
        self.source, self.cut = source, Cut()
        self.word, self.start, self.end, self.sound = "", -1, 0, True
        self.braces: list[int] = []

    def run(self) -> Cut:
        text, tokens = self.source.text, []
        before, fresh_line = "", True
        for match in _SCAN.finditer(text):
            kind, value, start, end = match.lastgroup, match.group(), match.start(), match.end()
            if kind == "space":
                fresh_line = fresh_line or "\n" in value
                continue
            if kind == "comment":
                continue
            tokens.append(value)
            if kind == "open_string":
                self.fault("RTM102", "this text has no closing quote", start, start + 1, 'a text ends on its line; continue with a second "…"')
            elif kind == "word":
                self._word(value, start, before, fresh_line)
            elif value == "{":
                self.braces.append(start)
            elif value == "}" and self.braces:
                self.braces.pop()
            elif value == "}":
                self.fault("RTM104", "this `}` closes nothing", start, end)
            if self.start < 0 and kind != "word" and value != "}":
                self._stray(value, start)
            before, fresh_line, self.end = value, False, end
            if value == "}" and not self.braces:
                self._close()
        self._unclosed()
        self._close()
        self.cut.canonical = " ".join(tokens)
        return self.cut

    def _word(self, value: str, start: int, before: str, fresh_line: bool) -> None:
        # The word after a beginning word is its name (`setting test …`), but for `shadow rule`.
        begins = value in _BEGINS and before not in _BEGINS
        if self.braces and fresh_line and begins and _RESTART.match(self.source.text, start):
            self._unclosed()
            self.braces = []
        if not self.braces and begins:
            self._close()
            self.word, self.start, self.sound = value, start, True
        elif self.start < 0:
            self._stray(value, start)

    def _stray(self, value: str, start: int) -> None:
        hint = did_you_mean(value, BLOCKS)
        self.word, self.start, self.sound = "", start, True
        self.fault("RTM101", f"`{value}` does not begin anything", start, start + len(value), hint or "a block begins with a word such as `rule` or `blackout`")

    def _close(self) -> None:
        if self.start >= 0:
            self.cut.pieces.append(Piece(self.word, self.start, self.end, self.sound))
        self.word, self.start, self.sound = "", -1, True

    def _unclosed(self) -> None:
        if self.braces:
            self.fault("RTM104", "this `{` is not closed", self.braces[0], self.braces[0] + 1, "the `}` is missing")

    def fault(self, code: str, message: str, start: int, end: int, label: str = "") -> None:
        self.sound = False
        self.cut.found.append(Diagnostic(code, "error", message, self.source.at(start, end), label))


def cut(source: SourceText) -> Cut:
    """The items of a file in order, its canonical form, and what is wrong with its strings and braces."""
    return _Cutter(source).run()
