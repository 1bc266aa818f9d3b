"""spaCy at work: the English tokenizer, behind a lock. Only plain values leave this module.

spaCy is imported when an Engine is made, so that a command which reads no text does not wait for it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

Piece = tuple[str, int, int]
_REBUILD_AFTER = 500_000
"""Texts after which the pipeline is made anew: spaCy's string index keeps its capacity even with memory zones."""


class Engine:
    """The tokens of a text. Safe to share between threads: a memory zone belongs to the whole vocab, so zones take turns."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._texts = 0
        self._nlp: Language
        self._build()
        self._word_key = cache(self._tokens_of)

    def key(self, phrase: str) -> str:
        """How a phrase is named in hits: its tokens in lower case, hyphens between words left out. White space always parts tokens."""
        return " ".join(map(self._word_key, phrase.split()))

    def read(self, plain: str, cuts: Sequence[int]) -> list[Piece]:
        """Tokens of `plain`, also cut at the offsets `cuts` (where the words of a tag begin)."""
        with self._lock:
            self._texts += 1
            if self._texts > _REBUILD_AFTER:
                self._build()
            with self._nlp.memory_zone():
                return _cut(self._tokenise(plain), cuts)

    def _build(self) -> None:
        """Made outside any memory zone: what is made inside one dies with it."""
        import spacy
        from spacy.attrs import IS_SPACE, LOWER, NORM  # type: ignore[import-not-found]

        self._nlp = spacy.blank("en")
        # Only what is asked for: the other attributes of a new word (shape, like_url …) cost a fifth of the reading time.
        vocab: Any = self._nlp.vocab
        vocab.lex_attr_getters = {attr: get for attr, get in vocab.lex_attr_getters.items() if attr in (LOWER, NORM, IS_SPACE)}
        tokenizer: Any = self._nlp.tokenizer
        # Asked for once: each time it is a new dictionary.
        self._special = frozenset(tokenizer.rules or ())
        self._texts = 0
        for sample in _WARM_UP:
            self._tokenise(sample)

    def _tokens_of(self, word: str) -> str:
        """Asked once a word: a hundred thousand phrases have but twenty thousand words, and spaCy is needed for the few that are not letters alone."""
        if word.isalpha() and word not in self._special:
            return word.lower()
        return " ".join(piece[0] for piece in self._tokenise(word)).lower()

    def _tokenise(self, plain: str) -> list[Piece]:
        """Tokens without white space and without a hyphen that joins two words, so that `drop-dead` meets `drop dead`."""
        found: list[Piece] = []
        for token in self._nlp.tokenizer(plain):
            text, start = token.text, token.idx
            end = start + len(text)
            if token.is_space:
                continue
            joins = text == "-" and start > 0 and end < len(plain) and plain[start - 1].isalpha() and plain[end].isalpha()
            if not joins:
                found.append((text, start, end))
        return found


def _cut(pieces: list[Piece], cuts: Sequence[int]) -> list[Piece]:
    if not cuts:
        return pieces
    found: list[Piece] = []
    for text, start, end in pieces:
        inner = [cut for cut in cuts if start < cut < end]
        for left, right in zip([start, *inner], [*inner, end], strict=True):
            found.append((text[left - start : right - start], left, right))
    return found


_WARM_UP = (
    "We've got 30% off everything today - don't miss out! Shop now: https://example.com/sale #ad @someone",
    "Police say at least 12 people were killed in a shooting at a school in Ohio, officials said.",
)
