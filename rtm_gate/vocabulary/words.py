"""English words: how often they are used.

The frequency list is in `data/words.txt.gz` (most frequent first), words it lacks in `data/words_added.txt`.
"""

from __future__ import annotations

from functools import lru_cache
from math import log

from rtm_gate.vocabulary.data_files import json_of, text_of
from rtm_gate.vocabulary.places import is_place_name

COMMON = 8_000
FREQUENT = 20_000
OWN_RANK = 2_000
"""The rank of words that the list lacks: those added to it, those of a policy and of the lexicon."""


@lru_cache(maxsize=1)
def ranks() -> dict[str, int]:
    """Word -> rank, 0 the most frequent."""
    found = {word: rank for rank, word in enumerate(text_of("words.txt.gz").split())}
    for line in text_of("words_added.txt").splitlines():
        if not line.startswith("#"):
            found.update({word: min(found.get(word, OWN_RANK), OWN_RANK) for word in line.split()})
    return found


def share_of(word: str) -> float:
    """The share of running English text that is this lower-case word, by Zipf's law from its rank; a word unknown counts as the rarest."""
    known = ranks()
    return 1 / ((known.get(word, len(known)) + 1) * log(len(known)))


def is_common(word: str) -> bool:
    """True for the 8,000 most used words that name no place; case is ignored. Sharing one says nothing ("george", not "boston")."""
    return ranks().get(word.lower(), COMMON) < COMMON and not is_place_name(word)


def is_frequent(word: str) -> bool:
    """True for the 20,000 most used words: what an English reader may be expected to know; case is ignored."""
    return ranks().get(word.lower(), FREQUENT) < FREQUENT


def is_word(word: str) -> bool:
    """True for any word of the list; case is ignored."""
    return word.lower() in ranks()


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Words of fifteen languages that carry no subject, but for everyday English ones ("war" is German for "was")."""
    return frozenset(word for row in json_of("stop_words.json").values() for word in row if not is_common(word))


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """English words that carry no subject ("the", "with")."""
    return frozenset(json_of("stop_words.json")["en"])
