"""MeteoAlarm, the warnings of Europe's weather services: its colours, in the parameters of CAP, in RSS tables and in headlines.

Green says that nothing is to be feared, whatever the severity beside it. Yellow, orange and red are Moderate, Severe and Extreme.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rtm_gate.model.news import Alert, Severity
from rtm_gate.news.times import parse_time
from rtm_gate.vocabulary.areas import codes_in_area

COLOURS: dict[str, Severity] = {"green": "minor", "yellow": "moderate", "orange": "major", "red": "extreme"}
_LEVELS: dict[str, Severity] = dict(zip("1234", COLOURS.values(), strict=True))
_TYPES = {
    "1": "Wind", "2": "Snow and ice", "3": "Thunderstorm", "4": "Fog", "5": "Extreme heat", "6": "Extreme cold", "7": "Coastal event",
    "8": "Forest fire", "9": "Avalanche", "10": "Rain", "12": "Flood", "13": "Rain-flood",
}  # fmt: skip

_COLOUR = re.compile(rf"\b({'|'.join(COLOURS)})\b", re.IGNORECASE)
# "issued for" tells it from the Red Flag Warning of NWS, which is no red one.
_TITLE = re.compile(rf"^({'|'.join(COLOURS)}) (.{{3,60}}?) warning issued for (.+)$", re.IGNORECASE)
# A cell of the RSS table: `<td data-awareness-level="2" data-awareness-type="3">`, or the older `<img alt="awt:3 level:2">`, then from and until.
_CELL = re.compile(r"""data-awareness-level=["']?(\d)["']?\s+data-awareness-type=["']?(\d+)|awt:(\d+)\s+level:(\d)""", re.IGNORECASE)
_UNTIL = re.compile(r"(From|Until):\s*(?:</?\w+>\s*)*([\d:.TZ +-]{16,32})", re.IGNORECASE)


def awareness_of(parameters: Iterable[tuple[str, str]], title: str) -> Severity | None:
    """The colour of the parameter `awareness_level`, written `2; yellow; Moderate`, else of the headline; None when there is none."""
    told = next((value for name, value in parameters if name.strip().lower() == "awareness_level"), "")
    found = _COLOUR.search(told) or _TITLE.match(title)
    return COLOURS[found[1].lower()] if found else _LEVELS.get(told.strip()[:1])


def hazard_named(parameters: Iterable[tuple[str, str]]) -> str:
    """The English name of the parameter `awareness_type`, written `3; Thunderstorm`: events are named in the language of their country."""
    told = next((value for name, value in parameters if name.strip().lower() == "awareness_type"), "")
    return _TYPES.get(told.partition(";")[0].strip(), "")


def meteoalarm_alerts(entry: str, title: str, channel: str, html: str) -> list[Alert]:
    """The warnings of an entry without CAP elements: that of its headline, else those of the rows of its table, a green one where all are green."""
    if found := _TITLE.match(title):
        return [_alert(entry, COLOURS[found[1].lower()], found[2], found[3], codes_in_area(found[3].partition(" - ")[0]), html)]
    rows = re.split(r"<tr\b", html) if "meteoalarm" in f"{channel} {entry}".lower() else []
    cells = {(cell[1] or cell[4], cell[2] or cell[3], row) for row in rows if (cell := _CELL.search(row))}
    codes = codes_in_area(title) or codes_in_area(channel)
    told = sorted((cell for cell in cells if cell[0] != "1"), reverse=True) or sorted(cells)[:1]
    return [
        _alert(entry if number == 1 else f"{entry}#{number}", _LEVELS.get(level), _TYPES.get(kind, "Weather"), title, codes, row)
        for number, (level, kind, row) in enumerate(told, 1)
    ]


def _alert(entry: str, level: Severity | None, event: str, area: str, codes: tuple[str, ...], html: str) -> Alert:
    times = {word.lower(): parse_time(text) for word, text in reversed(_UNTIL.findall(html))}
    return Alert(
        dialect="cap",
        id=entry,
        event=f"{event} Warning",
        severity=level,
        certainty="likely",
        onset=times.get("from"),
        ends=times.get("until"),
        area=area,
        codes=codes,
        current=level != "minor",
    )
