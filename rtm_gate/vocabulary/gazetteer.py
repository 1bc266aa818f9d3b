"""All names of places the gate knows, in one automaton: what is no place, places by hand, regions, their names in other languages, cities
(GeoNames).

The data are `data/places.toml`, `places.tsv`, `exonyms.tsv` and `cities.tsv.gz`; how names are read in a text is `places.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick  # type: ignore[import-not-found, unused-ignore]

from rtm_gate.vocabulary.data_files import rows_of, toml_of
from rtm_gate.vocabulary.regions import written_names

# What a name needs to be read as a place.
FREE, BEHIND_IN, BESIDE_STATE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Place:
    """A written name. `codes` empty: no place, and nothing inside it is read. `others`: all regions with a town of that name."""

    text: str
    codes: tuple[str, ...]
    others: tuple[str, ...] = ()
    demonym: bool = False
    region: bool = False
    clue: int = FREE


@dataclass(frozen=True, slots=True)
class Gazetteer:
    automaton: Any
    qualifiers: dict[str, tuple[str, ...]]
    behind_comma: re.Pattern[str]
    beside: re.Pattern[str]
    place_words: frozenset[str]
    things: frozenset[str]
    no_town: frozenset[str]
    tag_forms: dict[str, str]


def _all_places(lists: dict[str, Any]) -> Iterator[Place]:
    """Every name once, the more trusted source first: what is no place, by hand, regions, other languages, cities."""
    clues = dict.fromkeys(lists["names"].split(), BEHIND_IN) | dict.fromkeys(lists["words"].split(), BESIDE_STATE)
    sizes = {name: tuple(_sized(candidate) for candidate in candidates.split()) for name, candidates in rows_of("cities.tsv.gz")}
    towns = {name: tuple(code for code, _ in candidates) for name, candidates in sizes.items()}
    towns["New York"] = ("US-NY",)  # GeoNames says "New York City"; news lists it among towns
    seen: set[str] = set()
    for text in filter(None, (line.strip() for line in lists["not_places"].splitlines())):
        seen.add(text)
        yield Place(text, ())
    for text, listed, *people in rows_of("places.tsv"):
        if text not in seen:
            seen.add(text)
            yield Place(text, tuple(listed.split()), towns.get(text, ()), demonym=bool(people), clue=clues.get(text, FREE))
    for county, states in rows_of("us_counties.tsv.gz"):
        # Of a county that several states have, nothing is read: "Washington County" is neither the state nor the capital.
        text = f"{county.title()} {'Parish' if states == 'LA' else 'County'}"
        if text not in seen:
            seen.add(text)
            yield Place(text, () if " " in states else (f"US-{states}",))
    for name in written_names():
        if name.text not in seen and not _short_form(name.text):
            seen.add(name.text)
            yield Place(name.text, name.codes, towns.get(name.text, ()), name.demonym, not name.demonym, clues.get(name.text, FREE))
    for code, listed in rows_of("exonyms.tsv"):
        for text in listed.split("|"):
            if text not in seen and text not in sizes:
                seen.add(text)
                yield Place(text, (code,), clue=clues.get(text, FREE))
    for text, candidates in sizes.items():
        if text not in seen and len(text) > 2:
            yield Place(text, _meant(candidates), towns[text], clue=clues.get(text, FREE))


def _sized(candidate: str) -> tuple[str, int]:
    code, _, thousands = candidate.partition(":")
    return code, int(thousands)


def _meant(candidates: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """The largest town of a name, and those of the same country that are at least half as large ("Springfield")."""
    largest, people = candidates[0]
    return tuple(sorted(code for code, size in candidates if code[:2] == largest[:2] and 2 * size >= people))


def _short_form(text: str) -> bool:
    """`Ala.`, `Miss.`: too like words to be read alone; they count behind a comma."""
    return text.endswith(".") and text.count(".") == 1


def _with_plural(place: Place) -> tuple[str, ...]:
    plural = place.demonym and not place.text.endswith(("s", "sh", "ch", "ese", "x")) and not place.text.endswith("men")
    return (place.text, place.text + "s") if plural else (place.text,)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    lists = toml_of("places.toml")
    forms: dict[str, list[tuple[str, Place]]] = {}
    for place in _all_places(lists):
        for text in _with_plural(place):
            forms.setdefault(lowered(text), []).append((text, place))
    automaton = ahocorasick.Automaton()
    for key, places in forms.items():
        automaton.add_word(key, (len(key), tuple(places)))
    automaton.make_automaton()
    short = lists["behind_comma"].split()
    qualifiers: dict[str, tuple[str, ...]] = {code: (f"US-{code}",) for code in lists["postal_us"].split()} | {
        code: (f"CA-{code}",) for code in lists["postal_ca"].split()
    }
    qualifiers |= {name.text: name.codes for name in written_names() if name.text in short}
    written = "|".join(sorted(map(re.escape, qualifiers), key=lambda text: (-len(text), text)))
    return Gazetteer(
        automaton,
        qualifiers,
        re.compile(rf"(?<![\w@#.])([A-Z][\w'’-]{{0,40}}\.?),\s{{0,3}}({written})(?![\w'’-])"),
        re.compile(rf"(,?)\s{{1,3}}({written})(?![\w'’-])"),
        frozenset(lists["place_words"].split()),
        frozenset(lists["things"].split()),
        frozenset(lists["no_town"].split()),
        lists["tag_forms"],
    )


def lowered(text: str) -> str:
    """Lower case of the same length, so that offsets stay those of the text."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
