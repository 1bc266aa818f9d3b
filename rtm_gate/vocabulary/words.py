"""English words: how often they are used, and how the words run together in a hashtag come apart.

The frequency list is in `data/words.txt.gz` (most frequent first), words it lacks in `data/words_added.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from math import log

from rtm_gate.vocabulary.data_files import json_of, text_of, toml_of
from rtm_gate.vocabulary.places import is_place_name

COMMON = 8_000
FREQUENT = 20_000
LONGEST = 24
# What a piece costs whose letters are no word, and what each of its letters adds: dearer than any way through words.
_UNKNOWN, _UNKNOWN_LETTER = 18.0, 3.0
# A rank for words of the policy and the lexicon, and the ranks beyond which a short string is a chance, not a word.
_OWN_RANK = 2_000
_RAREST = {3: 12_000, 4: 30_000}

_CAMEL = re.compile(r"\d+|[A-Z]+s?(?![a-z])|[A-Z][a-z]+|[A-Z](?=[A-Z][a-z])|[a-z]+|[^\W\d_A-Za-z]+")


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    """Word -> rank, 0 the most frequent."""
    ranks = {word: rank for rank, word in enumerate(text_of("words.txt.gz").split())}
    for line in text_of("words_added.txt").splitlines():
        if not line.startswith("#"):
            ranks.update({word: min(ranks.get(word, _OWN_RANK), _OWN_RANK) for word in line.split()})
    return ranks


@lru_cache(maxsize=1)
def _costs() -> dict[str, float]:
    """Word -> what it costs in a split: the logarithm of its rank (Zipf). Chance strings of few letters are left out."""
    ranks = _ranks()
    size, short = log(len(ranks)), frozenset(toml_of("words.toml")["short"].split())
    usual = {word: rank for word, rank in ranks.items() if (word in short if len(word) < 3 else rank < _RAREST.get(len(word), len(ranks)))}
    return {word: log((rank + 1) * size) for word, rank in usual.items()}


def share_of(word: str) -> float:
    """The share of running English text that is this lower-case word, by Zipf's law from its rank; a word unknown counts as the rarest."""
    ranks = _ranks()
    return 1 / ((ranks.get(word, len(ranks)) + 1) * log(len(ranks)))


def is_common(word: str) -> bool:
    """True for the 8,000 most used words that name no place; case is ignored. Sharing one says nothing ("george", not "boston")."""
    return _ranks().get(word.lower(), COMMON) < COMMON and not is_place_name(word)


def is_frequent(word: str) -> bool:
    """True for the 20,000 most used words: what an English reader may be expected to know; case is ignored."""
    return _ranks().get(word.lower(), FREQUENT) < FREQUENT


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Words of fifteen languages that carry no subject, but for everyday English ones ("war" is German for "was")."""
    return frozenset(word for row in json_of("stop_words.json").values() for word in row if not is_common(word))


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """English words that carry no subject ("the", "with")."""
    return frozenset(json_of("stop_words.json")["en"])


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
        pieces += [small] if small in _ranks() or small in extra or not small.isalpha() else _cheapest(small, extra)
    return pieces


def _rejoined(cased: list[str], extra: frozenset[str]) -> Iterable[str]:
    """`i` + `Phone` + `15` -> `iPhone` + `15` where the whole is a word of its own."""
    index = 0
    while index < len(cased):
        for width in (3, 2):
            whole = "".join(cased[index : index + width])
            if len(cased) >= index + width and (whole.lower() in extra or (cased[index] == "i" and whole.lower() in _ranks())):
                yield whole
                index += width
                break
        else:
            yield cased[index]
            index += 1


def _cheapest(text: str, extra: frozenset[str]) -> list[str]:
    """The split of a run of letters with the least sum of costs; ties go to the longer last piece."""
    costs = _costs()
    own = log((_OWN_RANK + 1) * log(len(_ranks())))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        options = []
        for start in range(max(0, end - LONGEST), end):
            piece = text[start:end]
            cost = own if piece in extra else costs.get(piece, _UNKNOWN + _UNKNOWN_LETTER * (end - start))
            options.append((best[start][0] + cost, start))
        best.append(min(options))
    pieces, end = [], len(text)
    while end:
        start = best[end][1]
        pieces.append(text[start:end])
        end = start
    return pieces[::-1]


def _is_known(pieces: list[str], body: str, extra: frozenset[str]) -> bool:
    letters = [piece for piece in pieces if piece.isalpha()]
    short = sum(len(piece) <= 2 and piece not in extra for piece in letters)
    if short > 2:
        return False
    # Letters written as capitals are an acronym, not a foreign word; rare short words are believed only where the writer parted them.
    acronyms = {piece.lower() for piece in re.findall(r"[A-Z]{2,5}", body)}
    known = _ranks() if len(pieces) == 1 or body != body.lower() else _costs()
    return all(piece in known or piece in extra or piece in acronyms for piece in letters)
