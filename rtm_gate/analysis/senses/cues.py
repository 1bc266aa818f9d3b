"""A cue: a place in a text that speaks for or against something."""

from __future__ import annotations

from typing import NamedTuple

import regex


class Cue(NamedTuple):
    """plain[start:end] speaks for something; `text` is what is shown."""

    start: int
    end: int
    text: str


def cues_of(pattern: regex.Pattern[str], text: str) -> tuple[Cue, ...]:
    return tuple(Cue(m.start(), m.end(), m.group()) for m in pattern.finditer(text))
