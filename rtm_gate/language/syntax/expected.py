"""What comes next, as a sentence: the phrases of grammar/expected.toml put together for the place a text has come to."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rtm_gate import resources
from rtm_gate.language.syntax.places import Place, Step

_LONGEST = 32
_OF_THE_DRAFT = ("has: NAME", "has_no: NAME", "mentions: NAME")
"""The grammar takes any name before `has` and `mentions`, which are said of the draft alone."""
_TOGETHER = (["at", "least"], ["at", "most"])


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is lower case, without a full stop; `help` are lines that show how it is written."""

    text: str
    help: tuple[str, ...] = ()


def sentence(places: Sequence[Place], words: Sequence[str]) -> Sentence:
    """What may follow `words` (as the author wrote them) at `places` (innermost first)."""
    if not places:
        return Sentence("nothing comes after this")
    phrases, help_ = _phrases(places, words[-1] if words else "")
    if _inside(places[0]) is not None:
        return Sentence(f"{' or '.join(phrases)} comes here", help_)
    if _inside(places[-1]) is not None:
        phrases[-1] = f"the next {phrases[-1].partition(' ')[2]}"
    return Sentence(f"after {_said(places[0], words)} comes {_either(phrases)}", help_)


def missing(place: Place) -> list[Step]:
    """The steps of a place that no phrase is written for."""
    return [step for step in place.steps if key_of(step) is None]


def key_of(step: Step) -> tuple[str, str] | None:
    """The table and the key of the phrase for a step."""
    if step.opens:
        return ("inside", step.rule) if step.rule in _table()["inside"] else None
    keys = (f"{step.rule}: {step.said}", step.said)
    return next((("next", key) for key in keys if key in _table()["next"]), None)


def keys() -> set[tuple[str, str]]:
    """Every phrase there is."""
    return {(table, key) for table, phrases in _table().items() for key in phrases}


@cache
def _table() -> dict[str, dict[str, tuple[str, ...]]]:
    read = tomllib.loads(resources.read_text("grammar", "expected.toml"))
    return {name: {key: (value,) if isinstance(value, str) else tuple(value) for key, value in table.items()} for name, table in read.items()}


def _phrases(places: Sequence[Place], last: str) -> tuple[list[str], tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for place in places:
        for step in place.steps:
            key = key_of(step)
            if key is not None and (last == "draft" or key[1] not in _OF_THE_DRAFT):
                phrase, *help_ = _table()[key[0]][key[1]]
                found.setdefault(phrase, tuple(help_))
    return list(found), tuple(line for lines in found.values() for line in lines)


def _inside(place: Place) -> Step | None:
    return next((step for step in place.steps if step.opens), None)


def _said(place: Place, words: Sequence[str]) -> str:
    """The last of the words: all of `hold for`, since either alone says little."""
    count = 1
    for step in place.steps:
        run = 0
        for word in reversed(step.said.split()):
            if not word.isalpha() or not word.islower():
                break
            run += 1
        tail = [word.lower() for word in words[-run:]] if run else []
        count = max(count, run) if tail == step.said.split()[-run:] else count
    if list(words[-2:]) in _TOGETHER:
        count = max(count, 2)
    last = " ".join(words[-count:])
    return f"`{last if len(last) <= _LONGEST else last[:_LONGEST] + '…'}`"


def _either(phrases: Sequence[str]) -> str:
    """`a, b, or c`; with semicolons where a phrase has commas or an `or` of its own."""
    if len(phrases) == 1:
        return phrases[0]
    separator = "; " if any("," in phrase or " or " in phrase for phrase in phrases) else ", "
    *first, last = phrases
    return f"{separator.join(first)}{separator if len(first) > 1 or separator == '; ' else ' '}or {last}"
