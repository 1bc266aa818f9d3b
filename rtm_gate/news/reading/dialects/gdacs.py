"""The RSS dialect of GDACS, the disaster alert system of the UN and the European Commission. Most of its items are Green and stop nothing."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from rtm_gate.model.news import Alert, Severity
from rtm_gate.news.reading.raw import name_of, space_of, text_of
from rtm_gate.news.times import parse_time
from rtm_gate.vocabulary.areas import codes_in_area
from rtm_gate.vocabulary.regions import code_of_iso3
from rtm_gate.vocabulary.towns import Shape, regions_at

LEVELS: dict[str, Severity] = {"green": "minor", "orange": "major", "red": "extreme"}
EVENTS = {
    "DR": "Drought",
    "EQ": "Earthquake",
    "FL": "Flood",
    "TC": "Tropical Cyclone",
    "TS": "Tsunami",
    "VO": "Volcanic Eruption",
    "WF": "Wildfire",
}
_TITLE = re.compile(r"^(?:overall )?(green|orange|red)\b.{0,40}\b(?:alert|notification)\b", re.IGNORECASE)


def gdacs_alert(element: Element, entry: str, title: str) -> Alert | None:
    """None when the entry carries nothing of GDACS. An orange drought is moderate: it lasts months and shows nothing new."""
    said = {name_of(inner): text_of(inner) for inner in reversed(list(element)) if space_of(inner).endswith("gdacs.org")}
    if not said:
        return None
    level = said.get("alertlevel", "").lower()
    if not level and (found := _TITLE.match(title)):
        level = found[1].lower()
    severity = LEVELS.get(level)
    kind = said.get("eventtype", "").upper()
    if kind == "DR" and severity == "major":
        severity = "moderate"
    countries = [name for name in said.get("country", "").split(",") if name.strip()]
    codes = {code for name in countries for code in codes_in_area(name.strip())} or set(filter(None, (code_of_iso3(said.get("iso3", "")),)))
    return Alert(
        dialect="gdacs",
        id=f"gdacs:{kind}{said['eventid']}" if said.get("eventid") else entry,
        event=EVENTS.get(kind, title[:80]),
        severity=severity,
        certainty="observed",
        onset=parse_time(said.get("fromdate")),
        area=", ".join(name.strip() for name in countries),
        codes=tuple(sorted(codes)) or _inside(said.get("bbox", "")),
        current=level != "green" and said.get("iscurrent", "true").lower() != "false",
    )


def _inside(frame: str) -> tuple[str, ...]:
    """By `gdacs:bbox`, west, east, south and north in degrees."""
    try:
        west, east, south, north = map(float, frame.split())
    except ValueError:
        return ()
    return regions_at((Shape(((south, west), (south, east), (north, east), (north, west))),))
