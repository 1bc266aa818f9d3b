"""The words of a `test` block: parts in braces, made of pairs, each of which may turn out to be one that a policy does not take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rtm_gate.model.moment import DAY, HOUR, MINUTE
from rtm_gate.verdict.render.safe import safe

_WORD = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_BREAKS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
MOST = 999_999_999
"""No number of a policy is larger."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`key value`, or a story. `about` names what of the draft or the world it says."""

    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Part:
    """`kind { pair  pair }`."""

    kind: str
    pairs: tuple[Pair, ...]


def pair(kind: str, key: str, said: str | None, about: str = "") -> Iterable[Pair]:
    """None where there is nothing to be said."""
    return () if said is None else (Pair(f"{key} {said}", about or f"{kind}.{key}"),)


def quoted(text: str) -> str:
    """A text of the language stands on one line, and what is printed moves no cursor."""
    return '"' + safe(_BREAKS.sub(" ", text)).replace("\\", "\\\\").replace('"', '\\"') + '"'


def lost(text: str) -> str:
    """What of a text is not said as it stands; empty where all of it is."""
    line = _BREAKS.sub(" ", text)
    found = (["line breaks are blanks"] if line != text else []) + (["invisible characters are replaced"] if safe(line) != line else [])
    return " and ".join(found)


def word(text: str) -> str:
    """A name as it is, anything else in quotes."""
    return text if _WORD.fullmatch(text) else quoted(text)


def flag(value: bool) -> str:
    return "yes" if value else "no"


def number(value: float) -> str:
    """To the millionth, as the gate reckons; at most nine digits before the point."""
    said = f"{min(value, MOST):.6f}"
    return said.rstrip("0").rstrip(".")


def moment(value: datetime) -> str:
    """To the second, as the gate reckons."""
    value = value.astimezone(UTC)
    return value.strftime("%Y-%m-%dT%H:%MZ" if value.second == 0 else "%Y-%m-%dT%H:%M:%SZ")


def ago(age: timedelta) -> str:
    """`2 hours ago`: exact where it is short or round, else to the minute."""
    seconds = max(0, int(age.total_seconds()))
    if seconds >= HOUR:
        seconds -= seconds % MINUTE
    for unit, size in (("day", DAY), ("hour", HOUR), ("minute", MINUTE), ("second", 1)):
        if seconds % size == 0 and (seconds or size == 1):
            return f"{seconds // size} {unit}{'' if seconds // size == 1 else 's'} ago"
    raise AssertionError(seconds)


def listed(values: Sequence[str]) -> str | None:
    return ", ".join(values) if values else None
