"""The Atom dialect of the USGS earthquake feeds: the magnitude stands in the title, the time and PAGER's estimate in the summary's HTML."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from rtm_gate.model.news import Alert, Severity
from rtm_gate.news.times import parse_time
from rtm_gate.vocabulary.areas import codes_in_area

PAGER: dict[str, Severity] = {"green": "minor", "yellow": "moderate", "orange": "major", "red": "extreme"}
HARMLESS_BELOW = 5.5
"""Below this magnitude an earthquake without a PAGER estimate is taken as minor; above, its severity is unknown."""
HARMLESS_FAR_AWAY_BELOW = 7.0
"""The same for one far from every town: the ridges of the oceans shake weekly."""

_TITLE = re.compile(r"^M\s*(-?\d+(?:\.\d+)?)\s*[-,–]\s*(.+)$")
_DISTANCE = re.compile(r"^.*?\bof\s+", re.IGNORECASE)
_TIME = re.compile(r"<dt>\s*Time\s*</dt>\s*<dd>([^<]+)</dd>", re.IGNORECASE)
_LONG_TIME = re.compile(r"([A-Z][a-z]+ \d{1,2}, \d{4} \d{2}:\d{2}:\d{2}) UTC")
_ESTIMATE = re.compile(r"PAGER\b.{0,120}?\b(green|yellow|orange|red)\b", re.IGNORECASE | re.DOTALL)


def usgs_alert(entry: str, title: str, channel: str, summary_html: str, categories: tuple[str, ...]) -> Alert | None:
    """None when the entry is no earthquake report of USGS."""
    found = _TITLE.match(title)
    if found is None or not ("earthquake-usgs" in entry or "usgs" in entry.lower() or "usgs" in channel.lower()):
        return None
    magnitude, place = float(found[1]), found[2].strip()
    estimate = _ESTIMATE.search(summary_html + " " + " ".join(f"{label}," for label in categories))
    return Alert(
        dialect="usgs",
        id=entry,
        event="Earthquake",
        severity=severity_of(estimate[1] if estimate else "", magnitude),
        certainty="observed" if estimate else "likely",
        onset=_event_time(summary_html),
        area=place,
        codes=region_of_place(place),
    )


def severity_of(colour: str, magnitude: float | None, *, remote: bool = False) -> Severity | None:
    """By PAGER's colour; without one a small earthquake is minor and a large one unknown. `remote`: no town is within 150 kilometres."""
    harmless = magnitude is not None and magnitude < (HARMLESS_FAR_AWAY_BELOW if remote else HARMLESS_BELOW)
    return PAGER.get(colour.lower()) or ("minor" if harmless else None)


def region_of_place(place: str) -> tuple[str, ...]:
    """`12 km SSW of Cobb, CA`: the regions it names."""
    return codes_in_area(_DISTANCE.sub("", place)) or codes_in_area(place)


def _event_time(html: str) -> datetime | None:
    if found := _TIME.search(html):
        return parse_time(found[1])
    if found := _LONG_TIME.search(html):
        try:
            return datetime.strptime(found[1], "%B %d, %Y %H:%M:%S").replace(tzinfo=UTC)
        except ValueError:
            return None
    return None
