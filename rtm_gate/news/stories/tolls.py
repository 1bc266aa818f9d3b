"""How many people have died, in other languages than English: the words are in `tolls.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rtm_gate.model.news import Casualties

_BREAK = re.compile(r"\s*\n\s*")
_DIGITS = r"\d{1,3}(?:[.\u00a0 ]\d{3})+|\d{1,6}(?!\d)"
_NOT_COUNT = r"(?!\s*%|[.:,/-]\d|º|ª|\s+(?:a|-|:)\s+\d)"
_BEFORE = r"(?<![\w.,:/$£€#@+-])"
_UNREAL_GAP = r"\s+(?:\w+\s+){0,2}"


@dataclass(frozen=True, slots=True)
class _Language:
    """The patterns of one language; `counts` name their number `n`."""

    counts: tuple[re.Pattern[str], ...]
    dozens: re.Pattern[str]
    several: re.Pattern[str]
    dead: re.Pattern[str]
    none: re.Pattern[str]
    unreal: re.Pattern[str]
    harmless: re.Pattern[str]
    numbers: Mapping[str, int]


def _compiled(row: Mapping[str, str]) -> _Language:
    words = {name: _BREAK.sub("" if name != "numbers" else " ", text) for name, text in row.items()}
    numbers = {word: value for value, word in enumerate(words["numbers"].split(), 2)}
    number = rf"(?P<n>{_DIGITS}|(?:{'|'.join(sorted(numbers, key=len, reverse=True))}|{words['one']})\b){_NOT_COUNT}"
    other = rf"(?:{words['between']}|{words['beasts']})\b"
    about, dead = rf"(?:(?:{words['about']})\s+)*", rf"(?:{words['dead']})\b(?!\s+(?:{words['beasts']})\b)"
    who = rf"(?:\s+(?!{other})[^\W\d][\w'’-]*){{0,3}}?\s+"
    kills = rf"\b(?:{words['kills']})\s+{about}"

    def any_of(*patterns: str) -> re.Pattern[str]:
        return re.compile("|".join(patterns), re.IGNORECASE)

    return _Language(
        counts=(
            any_of(rf"{_BEFORE}{number}{who}{dead}"),
            any_of(rf"{kills}{number}(?!\s+{other})"),
            any_of(rf"\b(?:{words['toll']})\b[^.;:,]{{0,60}}?\s(?:{words['rises']})\s+{about}{number}(?!\s+{other})"),
        ),
        dozens=any_of(rf"\b(?:{words['dozens']})\b{who}{dead}", rf"{kills}(?:{words['dozens']})\b"),
        several=any_of(rf"\b(?:{words['several']})\b{who}{dead}", rf"{kills}(?:{words['several']})\b"),
        dead=any_of(rf"\b{dead}", rf"\b(?:{words['kills']}|{words['dies']})\b", rf"\b(?:{words['toll']})\b"),
        none=any_of(rf"\b(?:{words['none']})"),
        unreal=any_of(rf"\b(?:{words['unreal']}){_UNREAL_GAP}$"),
        harmless=any_of(rf"\b(?:{words['harmless']})\b"),
        numbers=numbers,
    )


_LANGUAGES = tuple(_compiled(row) for row in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")).values())
_ANY = re.compile("|".join(language.dead.pattern for language in _LANGUAGES), re.IGNORECASE)
_NONE = re.compile("|".join(language.none.pattern for language in _LANGUAGES), re.IGNORECASE)


def foreign_toll(sentence: str) -> Casualties:
    """What a sentence says of people dead in one of the languages; nothing for a sentence in English."""
    none = _NONE.search(sentence) is not None
    if none or not _ANY.search(sentence):
        return Casualties(none=none)
    dead: list[int] = []
    dozens = several = deadly = False
    for language in _LANGUAGES:
        bare = language.harmless.sub(" ", sentence)
        if not language.dead.search(bare):
            continue
        dead += [number for pattern in language.counts for found in pattern.finditer(bare) if (number := _count(language, bare, found))]
        dozens = dozens or _real(language, language.dozens, bare)
        several = several or _real(language, language.several, bare)
        deadly = deadly or _real(language, language.dead, bare)
    return Casualties(max(dead, default=None), dozens, several, deadly or bool(dead))


def _real(language: _Language, pattern: re.Pattern[str], sentence: str) -> bool:
    return any(not language.unreal.search(sentence[: found.start()]) for found in pattern.finditer(sentence))


def _count(language: _Language, sentence: str, found: re.Match[str]) -> int:
    """The number of a match; 0 where it did not happen, or is a year."""
    if language.unreal.search(sentence[: found.start()]):
        return 0
    text = found["n"].lower()
    digits = re.sub(r"\D", "", text)
    if digits:
        number = int(digits)
        return 0 if 1900 <= number <= 2100 and digits == text else number
    return language.numbers.get(text, 1)
