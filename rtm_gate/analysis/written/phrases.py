"""Phrases among tokens: what may follow a token is looked up, as far as the longest phrase that begins with it.

It finds what spaCy's PhraseMatcher finds by lower-case tokens. There is nothing to build but two tables (a hundred thousand phrases: 0.1 s of
CPU, where an automaton took 0.6), which every command pays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rtm_gate.analysis.written.page import PhraseHit


class Phrases:
    """`keys` are phrases as tokens in lower case with single spaces between them; empty ones are left out."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys) - {""}
        self._longest: dict[str, int] = {}
        """First token -> how many tokens the longest phrase has that begins with it."""
        for key in self._keys:
            first, length = key.partition(" ")[0], key.count(" ") + 1
            if length > self._longest.get(first, 0):
                self._longest[first] = length

    def among(self, tokens: Sequence[str]) -> list[PhraseHit]:
        """All hits, also those that overlap, sorted by place. `tokens` are in lower case and hold no space."""
        found: list[PhraseHit] = []
        for first, token in enumerate(tokens):
            longest = self._longest.get(token, 0)
            key = token
            for last in range(first + 1, min(first + longest, len(tokens)) + 1):
                if last > first + 1:
                    key = f"{key} {tokens[last - 1]}"
                if key in self._keys:
                    found.append(PhraseHit(key, first, last))
        return found
