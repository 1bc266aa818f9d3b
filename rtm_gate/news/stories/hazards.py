"""What an alert's event name says: the names are controlled vocabularies (NWS, CAP-CP, SAME, GDACS), not free text."""

from __future__ import annotations

import re
from typing import NamedTuple


class Hazard(NamedTuple):
    """`grave`: this event is a disaster whatever its grade; the others are ordinary weather until they are at least major."""

    topic: str
    grave: bool


_ROWS: tuple[tuple[str, str, bool], ...] = (
    # (words of the event name, topic, grave at any grade); the first that matches counts.
    (r"abduction|amber alert|missing|silver alert|blue alert", "justice.police", True),
    (r"telephone outage|network outage|power outage|blackout", "outage", True),
    (r"missile|air raid|air strike|military|rocket", "war", True),
    (r"active shooter|shooting|law enforcement|terror|hostile", "tragedy", True),
    (r"tsunami", "disaster.flood", True),
    (r"earthquake|seismic|aftershock", "disaster.quake", True),
    (r"volcan|ash ?fall|eruption|lahar|lava", "disaster.volcano", True),
    (r"fire weather|red flag|fire danger", "disaster.wildfire", False),
    (r"wild ?fire|bush ?fire|forest fire|grass fire|fire warning|evacuat.*fire", "disaster.wildfire", True),
    (r"structure fire|building fire", "tragedy.fire", False),
    (r"\bfire\b", "disaster.wildfire", False),
    (r"hurricane|typhoon|cyclone|tropical storm|storm surge|tornado|blizzard|ice storm|extreme wind|derecho", "disaster.storm", True),
    (r"flash flood|dam |levee|debris flow", "disaster.flood", True),
    (r"avalanche|landslide|mudslide", "disaster.other", True),
    (r"flood|hydrolog|high water", "disaster.flood", False),
    (r"civil danger|civil emergency|shelter in place|evacuat|radiolog|nuclear|hazardous|chemical|biological|local area emergency", "disaster.other", True),
    (r"drought", "disaster.other", False),
    (r"epidemic|pandemic|disease|public health|boil water|contaminat", "health", True),
    (r"heat|cold|chill|freez|frost|air quality|smoke|air stagnation|dust", "disaster.other", False),
    (r"thunderstorm|storm|wind|gale|snow|winter|rain|hail|lightning|weather|squall|surf|rip current|marine|craft|fog", "disaster.storm", False),
)
_TABLE = tuple((re.compile(rf"\b(?:{words})", re.IGNORECASE), Hazard(topic, grave)) for words, topic, grave in _ROWS)

ORDINARY = "weather"


def hazard_of(event: str) -> Hazard | None:
    """None where the event name is not known: its words are then read like any story's."""
    return next((hazard for words, hazard in _TABLE if words.search(event)), None)


_WATCH = re.compile(r"\b(?:watch|outlook|advance notice)\b", re.IGNORECASE)


def is_watch(event: str) -> bool:
    """A watch says that something may come, whatever its severity field holds."""
    return _WATCH.search(event) is not None
