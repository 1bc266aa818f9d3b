"""Days that are kept while the draft is seen, and whether it names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from rtm_gate.facts.scene import Row, Scene
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.moment import from_seconds, seconds, stamp
from rtm_gate.vocabulary.observances import Observance, observances

_UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Thai, kana, Chinese characters and Hangul: written without blanks between words, or with endings grown on."""
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_GOES_ON = rf"[^\W{_UNSPACED}]"
"""A letter or digit that makes a word longer."""


def day_facts(scene: Scene, texts: Mapping[str, str]) -> Iterator[tuple[Fact, list[Row]]]:
    """Days that overlap publish to publish + shelf life where the draft is shown; `touched` where the draft names them."""
    start = from_seconds(scene.publish)
    end = from_seconds(scene.publish + scene.shelf_life)
    for n, day in enumerate(observances(start, end, scene.regions, scene.policy.days), start=1):
        key = f"day:{n}"
        rows: list[Row] = [{"kind": "day", "name": day.name, "title": day.title, "begins": stamp(day.begins)}]
        found = list(named_in(day, texts))
        rows += found
        values: dict[str, Value] = {
            "key": key,
            "name": day.name,
            "tone": day.tone,
            "begins": seconds(day.begins),
            "touched": bool(found),
            "custom": day.custom,
        }
        yield Fact("day", values, key), rows


def named_in(day: Observance, texts: Mapping[str, str]) -> Iterator[Row]:
    """Where the draft names the day, by field."""
    for field, text in texts.items():
        for word in day.words:
            if not _letters(word).search(text):
                continue
            for found in _pattern(word).finditer(text):
                yield {"kind": "text", "field": field, "start": found.start(), "end": found.end(), "text": found.group(), "sense": "the day"}


@lru_cache(maxsize=4096)
def _letters(word: str) -> re.Pattern[str]:
    """The word anywhere, also as a piece of a longer one, with any kind of apostrophe."""
    return re.compile(re.escape(word).replace("'", "['’ʼ]"), re.IGNORECASE)


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    """The word alone, not as a piece of a longer one, where its script shows where words end. It takes 10 ms to compile: asked for where the
    letters are there.
    """
    before = "" if _UNSPACED_LETTER.match(word[0]) else f"(?<!{_GOES_ON})"
    after = "" if _UNSPACED_LETTER.match(word[-1]) else f"(?!{_GOES_ON})"
    return re.compile(before + _letters(word).pattern + after, re.IGNORECASE)
