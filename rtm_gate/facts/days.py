"""Days that are kept while the draft is seen, and whether it names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rtm_gate.facts.scene import Row, Scene
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.moment import from_seconds, seconds, stamp
from rtm_gate.vocabulary.observances import Observance, observances


def day_facts(scene: Scene, texts: Mapping[str, str]) -> Iterator[tuple[Fact, list[Row]]]:
    """Days that overlap publish to publish + shelf life where the draft is shown; `touched` where the draft names them."""
    start = from_seconds(scene.publish)
    end = from_seconds(scene.publish + scene.shelf_life)
    for n, day in enumerate(observances(start, end, scene.regions, scene.policy.days), start=1):
        key = f"day:{n}"
        rows: list[Row] = [{"kind": "day", "name": day.name, "title": day.title, "begins": stamp(day.begins)}]
        found = list(_named_in(day, texts))
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


def _named_in(day: Observance, texts: Mapping[str, str]) -> Iterator[Row]:
    for field, text in texts.items():
        for word in day.words:
            for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE):
                yield {"kind": "text", "field": field, "start": found.start(), "end": found.end(), "text": found.group(), "sense": "the day"}
