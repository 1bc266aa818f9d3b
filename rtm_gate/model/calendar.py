"""A day that people keep, as the standard list and a policy's calendars have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["solemn", "religious", "sensitive", "festive"]


@dataclass(frozen=True, slots=True)
class KeptDay:
    """`rule` says when it is, in the words that `vocabulary/observances.py` explains; `days` how long it lasts where the rule does not.

    `regions` empty = kept everywhere. `words` are lower-case names by which a draft touches it. `eve`: it begins the evening before.
    `since`: the first year. `custom`: sales on it are customary. `unless_kept` names a day that takes its place where both are kept.
    """

    name: str
    title: str
    tone: Tone
    rule: str
    regions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    days: int = 1
    eve: bool = False
    since: int = 1
    custom: bool = False
    unless_kept: str = ""
