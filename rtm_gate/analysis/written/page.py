"""One field of a draft as the readers see it: its folded text, tokens, tags and phrase hits. Plain values, no spaCy objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from rtm_gate.analysis.written.folding import Folded
from rtm_gate.analysis.written.pipeline import Spoken

_SENTENCE_END = frozenset(".!?") | {"...", "!!", "??", "?!", "!?", "\n"}
_CLAUSE_END = frozenset(";:,|") | {"—", "–", "-", "--", "(", ")", "and", "but"}
_URL = regex.compile(r"https?://\S+|www\.\S+", regex.IGNORECASE)


class Token(NamedTuple):
    """`sentence` and `clause` number where it stands; `tag` is the index of its hashtag, or -1."""

    text: str
    lower: str
    start: int
    end: int
    sentence: int
    clause: int
    tag: int


class PhraseHit(NamedTuple):
    """A phrase of the lexicon at tokens[first:last]."""

    key: str
    first: int
    last: int


class Tag(NamedTuple):
    """A hashtag at plain[start:end]; `words` is its split, `pieces` the places of the words in the plain text, `others` how else it may be parted."""

    body: str
    start: int
    end: int
    words: tuple[str, ...]
    known: bool
    pieces: tuple[tuple[int, int], ...]
    others: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """`lower` has the length of `plain`, with links blanked out. `title_case`: nearly every word has a capital, so capitals say nothing.
    `spoken` is what a trained pipeline found, nothing where there is none.
    """

    field: str
    folded: Folded
    lower: str
    tokens: tuple[Token, ...]
    tags: tuple[Tag, ...]
    phrases: tuple[PhraseHit, ...]
    title_case: bool
    all_caps: bool
    spoken: Spoken = Spoken()  # noqa: RUF009  (an immutable noun)

    @property
    def plain(self) -> str:
        return self.folded.plain

    def place(self, start: int, end: int) -> tuple[int, int, str]:
        """Source offsets and the source text of a span of `plain`."""
        first, last = self.folded.place(start, end)
        return first, last, self.folded.source[first:last]

    def token_at(self, offset: int) -> int:
        """Index of the first token that ends after `offset`; len(tokens) when there is none."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence that holds `offset`; -1 behind the last token."""
        at = self.token_at(offset)
        return self.tokens[at].sentence if at < len(self.tokens) else -1

    def sentence_around(self, offset: int) -> tuple[int, int]:
        """Bounds in the plain text of the sentence that holds `offset`, of the last one behind the last token."""
        if not self.tokens:
            return 0, len(self.lower)
        first = last = min(self.token_at(offset), len(self.tokens) - 1)
        number = self.tokens[first].sentence
        while first > 0 and self.tokens[first - 1].sentence == number:
            first -= 1
        while last + 1 < len(self.tokens) and self.tokens[last + 1].sentence == number:
            last += 1
        return self.tokens[first].start, self.tokens[last].end


def numbered(pieces: Sequence[tuple[str, int, int]], plain: str, tags: Sequence[Tag]) -> tuple[Token, ...]:
    """Tokens with their sentence, clause and tag numbers."""
    found: list[Token] = []
    sentence = clause = 0
    before = 0
    waiting = iter(enumerate(tags))
    index, tag = next(waiting, (-1, None))
    for text, start, end in pieces:
        if "\n" in plain[before:start]:
            sentence += 1
            clause += 1
        while tag is not None and start >= tag.end:
            index, tag = next(waiting, (-1, None))
        inside = index if tag is not None and tag.start <= start else -1
        lower = text.lower()
        found.append(Token(text, lower, start, end, sentence, clause, inside))
        if text in _SENTENCE_END or (text and text[0] in ".!?" and not any(c.isalnum() for c in text)):
            sentence += 1
            clause += 1
        elif lower in _CLAUSE_END and inside < 0:
            clause += 1
        before = end
    return tuple(found)


def without_links(plain: str) -> str:
    """Lower case, links blanked out, same length."""
    return _URL.sub(lambda match: " " * len(match.group()), plain).lower()


def casing(tokens: Sequence[Token]) -> tuple[bool, bool]:
    """Whether the text is in Title Case, and whether it is in CAPITALS."""
    words = [t.text for t in tokens if t.tag < 0 and t.text.isalpha()]
    longer = [w for w in words if len(w) > 3]
    letters = [c for w in words for c in w]
    all_caps = len(letters) >= 8 and sum(c.isupper() for c in letters) > 0.85 * len(letters)
    title = len(longer) >= 3 and sum(w[0].isupper() for w in longer) >= 0.75 * len(longer)
    return title, all_caps
