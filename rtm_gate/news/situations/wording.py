"""Whether a report repeats another: one wire text under many roofs."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from rtm_gate.model.news import ReadStory
from rtm_gate.news.stories.words import chance_of

_ALIKE = 0.9
_FEWEST = 4


class Wordings:
    """Reports met so far, by their texts. Two texts are the same when the headlines are, but for case, or all but a tenth of the words."""

    def __init__(self) -> None:
        self._by_title: dict[str, list[ReadStory]] = {}
        self._by_word: dict[str, list[ReadStory]] = {}

    def like(self, read: ReadStory) -> Iterator[ReadStory]:
        """Those of the same text; one may come twice."""
        yield from self._by_title.get(read.story.title.casefold(), ())
        for word in _telling(read.tokens):
            yield from (other for other in self._by_word.get(word, ()) if _alike(read.tokens, other.tokens))

    def has(self, read: ReadStory) -> bool:
        return any(True for _ in self.like(read))

    def add(self, read: ReadStory) -> None:
        self._by_title.setdefault(read.story.title.casefold(), []).append(read)
        for word in _telling(read.tokens):
            self._by_word.setdefault(word, []).append(read)


def _telling(tokens: frozenset[str]) -> list[str]:
    """The rarest words of a text, so many that two texts that are alike share one of them (a prefix filter)."""
    rare = sorted(tokens, key=lambda word: (chance_of(word), word))
    return rare[: len(rare) - ceil(_ALIKE * len(rare)) + 1]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    all_ = one | other
    return len(all_) >= _FEWEST and len(one & other) >= _ALIKE * len(all_)
