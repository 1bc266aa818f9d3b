"""Which language a text is in, as far as the gate must know: English, something else, or too little to say.

Counts function words of fourteen languages that use Latin letters (spaCy's stop-word lists, MIT) and letters of other scripts.
It reads English; anything else is only recognised, so that a person looks at it. Too little to say is never a reason to stop.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rtm_gate.vocabulary.data_files import json_of, toml_of
from rtm_gate.vocabulary.words import is_frequent, is_word

_NOISE = re.compile(r"https?://\S+|www\.\S+|[\w.+-]{1,64}@\S+|[@#]\w+|\b(?:RT|MT|via)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FEWEST_WORDS = 3

# The only one-letter words that tell: "and" in Italian, Portuguese and Spanish.
_SHORT = {"it": "e", "pt": "eo", "es": "y"}
# What a function word of another language weighs; two of them are enough.
_PROOF = 2
# A text of no known language: so many of its longer words, and more than this share of them, are none that English has.
_FEWEST_STRANGE, _MOSTLY_STRANGE, _SHORTEST_TELLING = 4, 0.7, 3
# Share of the longer words that are everyday English above which a text is English, whatever else stands in it.
_MOSTLY = 0.45


@dataclass(frozen=True, slots=True)
class _Language:
    """`telling`: what each word that is not English weighs; `shared`: English words that this language has too."""

    telling: dict[str, int]
    shared: frozenset[str]


@lru_cache(maxsize=1)
def _function_words() -> tuple[frozenset[str], tuple[_Language, ...]]:
    """The English list, and what tells each other language from English."""
    lists = {language: frozenset(words) for language, words in json_of("stop_words.json").items()}
    hints = toml_of("words.toml")
    english, lookalikes = lists.pop("en") | frozenset(hints["typed"].split()), frozenset(hints["lookalikes"].split())
    half = frozenset(hints["in_names"].split())
    return english, tuple(
        _Language(
            telling={
                word: _PROOF // 2 if word in half else _PROOF
                for word in words - english - lookalikes
                if len(word) > 1 or not word.isascii() or word in _SHORT.get(language, "")
            },
            shared=words & english,
        )
        for language, words in sorted(lists.items())
    )


def _script(letter: str) -> str:
    """`LATIN`, `CYRILLIC`, `ARABIC` …: the first word of the letter's Unicode name."""
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]


def _is_foreign_letter(letter: str) -> bool:
    if not letter.isalpha() or letter.isascii():
        return False
    # Letter-like signs (ª, ™ read as letters, styled 𝐀) are decoration of Latin text.
    return _script(unicodedata.normalize("NFKC", letter)[0]) not in ("LATIN", "MODIFIER", "FEMININE", "MASCULINE", "MICRO")


def foreign_runs(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of letters of other scripts (Cyrillic, Arabic, Han, …), as (start, end) in code points; spaces inside are bridged.

    A lone letter in Latin company (Greek α in a formula) is no run.
    """
    runs: list[list[int]] = []
    for index, letter in enumerate(text):
        if not _is_foreign_letter(letter):
            continue
        if runs and not any(between.isalnum() and not unicodedata.combining(between) for between in text[runs[-1][1] : index]):
            runs[-1][1] = index + 1
        else:
            runs.append([index, index + 1])
    return tuple((start, end) for start, end in runs if end - start > 1)


@lru_cache(maxsize=8192)
def language_of(text: str) -> str:
    """`en`, `foreign` or `und` (fewer than three words, or none that tells). Addresses, @names and #tags are not looked at."""
    plain = _NOISE.sub(" ", text)
    letters = sum(letter.isalpha() for letter in plain)
    strange = sum(_is_foreign_letter(letter) for letter in plain)
    if strange > 1 and strange * 3 >= letters:
        return "foreign"
    words = [word.replace("’", "'").lower() for word in _WORD.findall(plain)]
    if len(words) < _FEWEST_WORDS:
        return "und"
    heads = [(word, word.partition("'")[0]) for word in words]
    english, others = _function_words()
    own = [word if word in english else head for word, head in heads if word in english or head in english]
    for language in others:
        told = [word if word in language.telling else head for word, head in heads if word in language.telling or head in language.telling]
        weight = sum(language.telling[word] for word in told)
        # "in", "a", "me" are English and Italian: they do not speak against Italian.
        against = _PROOF * sum(word not in language.shared for word in own)
        enough = weight >= 2 * _PROOF or (weight > _PROOF and not against) or (weight == _PROOF and not own and _has_strange(plain))
        if enough and weight > against and any(len(word) > 1 for word in told) and not _mostly_english(words):
            return "foreign"
    if _is_strange(plain):
        return "foreign"
    return "en" if own else "und"


def _is_strange(plain: str) -> bool:
    """Of a language that is not listed: most of its longer words, names aside, are in no English word list."""
    small = [word.lower() for word in _WORD.findall(plain) if word[0].islower() and len(word) > _SHORTEST_TELLING]
    unknown = sum(not is_word(word.replace("’", "'").partition("'")[0]) for word in small)
    return unknown >= _FEWEST_STRANGE and unknown > _MOSTLY_STRANGE * len(small)


def _mostly_english(words: Sequence[str]) -> bool:
    """Loan words in English company ("crème brûlée à la carte, never so good") do not make a text foreign."""
    telling = [word for word in words if len(word) > 2]
    return sum(map(is_frequent, telling)) > _MOSTLY * len(telling)


def _has_strange(plain: str) -> bool:
    """True when two words that are not names (written small) are none an English reader meets."""
    return len([word for word in _WORD.findall(plain) if word[0].islower() and not is_frequent(word)]) > 1
