"""How the words that run together in a hashtag come apart, and how else a reader may part them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import accumulate
from math import log

from rtm_gate.vocabulary.data_files import json_of, toml_of
from rtm_gate.vocabulary.words import OWN_RANK, is_frequent, ranks, stop_words

Split = tuple[str, ...]
LONGEST = 24
# What a piece costs whose letters are no word, and what each of its letters adds: dearer than any way through words.
_UNKNOWN, _UNKNOWN_LETTER = 18.0, 3.0
# The ranks beyond which a short string is a chance, not a word.
_RAREST = {3: 12_000, 4: 30_000}
_NEARLY = 10.0
"""How much dearer than the cheapest way through a tag another may be for a reader to take it: a word of a seventh of the rank, and one word more."""
_WAYS = 12
_FEW = 4
"""Words of a foreign tag: a longer way through short words is chance."""

_CAMEL = re.compile(r"\d+|[A-Z]+s?(?![a-z])|[A-Z][a-z]+|[A-Z](?=[A-Z][a-z])|[a-z]+|[^\W\d_A-Za-z]+")


@lru_cache(maxsize=1)
def _costs() -> dict[str, float]:
    """Word -> what it costs in a split: the logarithm of its rank (Zipf). Chance strings of few letters are left out."""
    known = ranks()
    size, short = log(len(known)), frozenset(toml_of("words.toml")["short"].split())
    usual = {word: rank for word, rank in known.items() if (word in short if len(word) < 3 else rank < _RAREST.get(len(word), len(known)))}
    return {word: log((rank + 1) * size) for word, rank in usual.items()}


def split_tag(body: str, extra: frozenset[str] = frozenset()) -> tuple[tuple[str, ...], bool]:
    """The words of a hashtag's body (without `#`), lower case, and whether they are known words.

    Capitals and digits part words first ("PrayForBoston", "Fab15Toys"); what runs on is parted by the cheapest way through
    known words and `extra` (lower case). Joined, the pieces are the body in lower case without `_`. Not known: a piece that is no
    word, or more than two pieces of one or two letters.
    """
    return _split(body, extra)


@lru_cache(maxsize=8192)
def _split(body: str, extra: frozenset[str]) -> tuple[tuple[str, ...], bool]:
    pieces: list[str] = []
    for run in body.split("_"):
        pieces += _parts_of_run(run, extra)
    if not pieces:
        return (), False
    return tuple(pieces), _is_known(pieces, body, extra)


def _parts_of_run(run: str, extra: frozenset[str]) -> list[str]:
    low = run.lower()
    if low in extra:
        return [low]
    cased = [match.group() for match in _CAMEL.finditer(run)]
    if "".join(cased) != run:
        cased = [run]
    pieces: list[str] = []
    for piece in _rejoined(cased, extra):
        small = piece.lower()
        # A word begun by a capital may still run on: "Prayforboston", "PrayForboston".
        pieces += [small] if small in ranks() or small in extra or not small.isalpha() else _cheapest(small, extra)
    return pieces


def _rejoined(cased: list[str], extra: frozenset[str]) -> Iterable[str]:
    """`i` + `Phone` + `15` -> `iPhone` + `15` where the whole is a word of its own."""
    index = 0
    while index < len(cased):
        for width in (3, 2):
            whole = "".join(cased[index : index + width])
            if len(cased) >= index + width and (whole.lower() in extra or (cased[index] == "i" and whole.lower() in ranks())):
                yield whole
                index += width
                break
        else:
            yield cased[index]
            index += 1


def _cheapest(text: str, extra: frozenset[str]) -> list[str]:
    """The split of a run of letters with the least sum of costs; ties go to the longer last piece."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        rows = _pieces_to(end, text, extra)
        best.append(min((best[start][0] + (_UNKNOWN + _UNKNOWN_LETTER * len(piece) if cost is None else cost), start) for start, piece, cost in rows))
    pieces, end = [], len(text)
    while end:
        start = best[end][1]
        pieces.append(text[start:end])
        end = start
    return pieces[::-1]


def _pieces_to(end: int, text: str, extra: frozenset[str]) -> Iterable[tuple[int, str, float | None]]:
    """Every piece of `text` that ends at `end`: where it starts, and what it costs; None for letters that are no word."""
    costs = _costs()
    own = log((OWN_RANK + 1) * log(len(ranks())))
    for start in range(max(0, end - LONGEST), end):
        piece = text[start:end]
        yield start, piece, own if piece in extra else costs.get(piece)


def _is_known(pieces: list[str], body: str, extra: frozenset[str]) -> bool:
    letters = [piece for piece in pieces if piece.isalpha()]
    short = sum(len(piece) <= 2 and piece not in extra for piece in letters)
    if short > 2:
        return False
    # Letters written as capitals are an acronym, not a foreign word; rare short words are believed only where the writer parted them.
    acronyms = {piece.lower() for piece in re.findall(r"[A-Z]{2,5}", body)}
    known = ranks() if len(pieces) == 1 or body != body.lower() else _costs()
    return all(piece in known or piece in extra or piece in acronyms for piece in letters)


def other_splits(body: str, extra: frozenset[str] = frozenset()) -> tuple[Split, ...]:
    """Other ways in which a reader may part the words of a tag that runs on: `penisland`, `whorepresents`. Nearest first, none often.

    Capitals, digits and `_` say how the writer parts it. A way that only cuts a frequent word of the nearest one in two is none: nobody
    reads `cock tails` in `#cocktails`.
    """
    low = body.lower()
    if not (body.isascii() and body.isalpha()) or len(body) > 2 * LONGEST or body[1:] != low[1:] or low in ranks() or low in extra:
        return ()
    return _others(low, extra)


@lru_cache(maxsize=8192)
def _others(text: str, extra: frozenset[str]) -> tuple[Split, ...]:
    ways = _ways(text, extra)
    if not ways:
        return ()
    (least, first), *rest = ways
    near = [way for cost, way in rest if cost <= least + _NEARLY and min(map(len, way)) > 1 and not _only_cuts(way, first)]
    return tuple(near)


def _ways(text: str, extra: frozenset[str]) -> list[tuple[float, Split]]:
    """The cheapest ways through known words, with what they cost."""
    best: list[list[tuple[float, Split]]] = [[(0.0, ())]]
    for end in range(1, len(text) + 1):
        rows = _pieces_to(end, text, extra)
        options = ((before + cost, (*way, piece)) for start, piece, cost in rows if cost is not None for before, way in best[start])
        best.append(nsmallest(_WAYS, options))
    return best[-1]


def _only_cuts(way: Split, first: Split) -> bool:
    """Whether every seam of `first` is a seam of `way`, and what it cuts further are frequent words."""
    seams = set(accumulate(map(len, way)))
    ends = list(accumulate(map(len, first)))
    cut = [word for word, end in zip(first, ends, strict=True) if any(end - len(word) < seam < end for seam in seams)]
    return set(ends) <= seams and all(map(is_frequent, cut))


@lru_cache(maxsize=8192)
def foreign_words_in(body: str) -> tuple[str, ...]:
    """The words of a Latin tag that no English reader parts, where at least two are function words of one other language: `jesuischarlie`.

    Empty where there are none. The rest of the tag has to be words or names that are known.
    """
    low = body.lower()
    if not low.isascii() or not low.isalpha() or len(low) > LONGEST:
        return ()
    cased = tuple(piece.lower() for piece in _CAMEL.findall(body)) if body[1:] != low[1:] else ()
    found = [(len(way), way) for language in sorted(_function_words()) if (way := _foreign(low, cased, language))]
    return min(found)[1] if found else ()


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    """Of each language but English: those of two letters and more that are no part of names ("van der")."""
    lists, in_names = json_of("stop_words.json"), frozenset(toml_of("words.toml")["in_names"].split())
    words = {name: frozenset(row) - in_names for name, row in lists.items() if name != "en"}
    return {name: frozenset(word for word in row if len(word) > 1 and word.isalpha() and word.isascii()) for name, row in words.items()}


def _foreign(text: str, cased: Split, language: str) -> Split:
    own = _function_words()[language]
    ways = [cased] if cased else [way for _, way in _ways(text, own)]
    return next((way for way in ways if _tells(way, own - stop_words())), ())


def _tells(way: Sequence[str], own: frozenset[str]) -> bool:
    told = [word for word in way if word in own]
    whole = len(way) <= _FEW and min(map(len, way)) > 1
    return whole and len(told) >= 2 and max(map(len, told)) >= 3 and not all(map(is_frequent, told))
