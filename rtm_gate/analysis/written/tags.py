"""Hashtags in a folded text, each split into words where it stands."""

from __future__ import annotations

import regex

from rtm_gate.analysis.written.page import Tag
from rtm_gate.vocabulary.splits import other_splits, split_tag

_TAG = regex.compile(r"(?<![\w&/#])#([\w]+)")
_LONGEST = 100
"""A body longer than this is not split: no platform links it, and the split's cost grows with the length."""


def tags_in(plain: str, extra: frozenset[str]) -> tuple[Tag, ...]:
    """Tags with at least one letter. `pieces` are the places of the split's words, in order, when the words spell the body."""
    if "#" not in plain:
        return ()
    found: list[Tag] = []
    for match in _TAG.finditer(plain):
        body = match.group(1)
        if not any(char.isalpha() for char in body):
            continue
        words, known = split_tag(body, extra) if len(body) <= _LONGEST else ((body,), False)
        pieces = _pieces(body, words, match.start(1))
        others = tuple(way for way in other_splits(body, extra) if way != words)
        found.append(Tag(body, match.start(), match.end(), tuple(words), known, pieces, others))
    return tuple(found)


def _pieces(body: str, words: tuple[str, ...], offset: int) -> tuple[tuple[int, int], ...]:
    lowered = body.lower()
    if len(lowered) != len(body):
        return ((offset, offset + len(body)),)
    places: list[tuple[int, int]] = []
    at = 0
    for word in words:
        start = lowered.find(word.lower(), at)
        if start < 0 or not word:
            return ((offset, offset + len(body)),)
        places.append((offset + start, offset + start + len(word)))
        at = start + len(word)
    return tuple(places)
