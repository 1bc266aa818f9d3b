"""Claims that somebody may have to prove. High precision: a cure for Monday blues is no medicine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from rtm_gate.analysis.patterns import Patterns
from rtm_gate.analysis.signs.own import Spelling
from rtm_gate.analysis.written.page import Page
from rtm_gate.model.analysis import Claim

_KINDS = Patterns(("claims", "claim"))
_PLACED = Patterns(("claims", "placed"))
_PLACED_BEFORE = Patterns(("claims", "placed_before"))
_COMPARING = Patterns(("claims", "comparing"))
_DENIED = Patterns(("claims", "denied"))
_LONGEST_BEFORE = 60
"""Characters looked at before a place's name, or before a claim that may be denied."""
_QUESTION = regex.compile(r"\bwho(?:'s| makes| has| serves| is)?\b")
_SECOND_BEST = regex.compile(r"\bsecond[- ]best\b")


def claims_of(page: Page, own: Sequence[tuple[int, int, Spelling]], places: Sequence[tuple[int, int]] = ()) -> list[Claim]:
    """Sorted by place. A comparison in a clause with an own competitor's name is `about` the competitor; `places` are spans of places' names."""
    rivals = [(start, end) for start, end, name in own if name.kind == "competitor"]
    found: set[tuple[int, int, str, str]] = set()
    for kind, start, end in _worded(page, places):
        if kind == "superlative" and (_asked(page, start) or _SECOND_BEST.search(page.lower, max(0, start - 8), end)):
            continue
        if _DENIED["before"].search(page.lower, max(0, start - _LONGEST_BEFORE), start):
            continue
        about = "competitor" if kind == "comparative" and _beside(page, start, rivals) else ""
        found.add((start, end, kind, about))
    for start, end in rivals:
        word = _comparing_word(page, start, end)
        if word and not any(kind == "comparative" and _beside(page, at, [(start, end)]) for at, _, kind, _ in found):
            found.add((min(start, word[0]), max(end, word[1]), "comparative", "competitor"))
    claims = []
    for start, end, kind, about in sorted(found):
        first, last, text = page.place(start, end)
        claims.append(Claim(kind, text, page.field, first, last, about))
    return claims


def _worded(page: Page, places: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in _KINDS.items():
        yield from ((kind, match.start(), match.end()) for match in pattern.finditer(page.lower))
    for kind, pattern in _PLACED.items():
        for first, last in places:
            match = pattern.search(page.lower, max(0, first - _LONGEST_BEFORE), first)
            if match:
                yield kind, match.start(), last
    for kind, pattern in _PLACED_BEFORE.items():
        for first, last in places:
            match = pattern.match(page.lower, last)
            if match:
                yield kind, first, match.end()


def _asked(page: Page, offset: int) -> bool:
    """ "Who makes the best pancakes in town?" asks and claims nothing."""
    return _QUESTION.search(page.lower, page.sentence_around(offset)[0], offset) is not None


def _beside(page: Page, offset: int, rivals: Sequence[tuple[int, int]]) -> bool:
    sentence = page.sentence_at(offset)
    return any(page.sentence_at(start) == sentence for start, _ in rivals)


def _comparing_word(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """A word of comparison in the sentence of the competitor's name, at most forty characters from it."""
    sentence = page.sentence_at(start)
    for match in _COMPARING["word"].finditer(page.lower, max(0, start - 40), min(len(page.lower), end + 40)):
        whole = (match.start() == 0 or not page.lower[match.start() - 1].isalnum()) and (
            match.end() == len(page.lower) or not page.lower[match.end()].isalnum()
        )
        if whole and page.sentence_at(match.start()) == sentence:
            return match.start(), match.end()
    return None
