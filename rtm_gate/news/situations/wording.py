"""Whether a report repeats another: one wire text under many roofs."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.model.news import ReadStory
from rtm_gate.news.stories.words import chance_of

# Nine of ten.
_ALIKE = 9, 10
_FEWEST = 4


class Wordings:
    """Reports met so far, by their texts. Two texts are the same when the headlines are, but for case, or all but a tenth of the words."""

    def __init__(self) -> None:
        self._by_title: dict[str, list[ReadStory]] = {}
        self._by_word: dict[tuple[int, int, str], list[ReadStory]] = {}

    def like(self, read: ReadStory) -> Iterator[ReadStory]:
        """Those of the same text; one may come twice."""
        yield from self._by_title.get(read.story.title.casefold(), ())
        for own, other, word in _keys(read.tokens):
            yield from (known for known in self._by_word.get((other, own, word), ()) if _alike(read.tokens, known.tokens))

    def has(self, read: ReadStory) -> bool:
        return any(True for _ in self.like(read))

    def add(self, read: ReadStory) -> None:
        self._by_title.setdefault(read.story.title.casefold(), []).append(read)
        for key in _keys(read.tokens):
            self._by_word.setdefault(key, []).append(read)


def _keys(tokens: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """How many words it has, how many a text like it may have, and a word that the two then share: one of the rarest (a prefix filter)."""
    rare = sorted(tokens, key=lambda word: (chance_of(word), word))
    own = len(rare)
    for other in range(-(-own * _ALIKE[0] // _ALIKE[1]), own * _ALIKE[1] // _ALIKE[0] + 1):
        shared = -(-_ALIKE[0] * (own + other) // sum(_ALIKE))
        for word in rare[: own - shared + 1]:
            yield own, other, word


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    all_ = one | other
    return len(all_) >= _FEWEST and _ALIKE[1] * len(one & other) >= _ALIKE[0] * len(all_)
