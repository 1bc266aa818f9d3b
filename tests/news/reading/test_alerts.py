"""What official alerts open, at an hour: a table of recorded feeds."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rtm_gate.model.moment import parse_instant, stamp
from rtm_gate.model.news import Situation
from rtm_gate.news import Reader, gather, read_feed

HERE = Path(__file__).parent
ROWS: list[dict[str, Any]] = tomllib.loads((HERE / "alerts.toml").read_text(encoding="utf-8"))["alert"]


def _said(situation: Situation) -> str:
    parts = [situation.topic, situation.severity or "unknown", situation.state, *situation.regions]
    return " ".join(filter(None, parts)) + (f" until {stamp(situation.ends)}" if situation.ends else "")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['feed']}@{row.get('now', 'noon')}")
def test_an_alert(row: dict[str, Any], nothing: Reader, noon: datetime) -> None:
    now = parse_instant(row["now"]) if "now" in row else noon
    data = HERE / "feeds" / row["feed"]
    # Messages sent after the hour are not in the feed yet.
    _, stories = read_feed(data.read_bytes(), row["feed"], now, now)
    news = gather([], now=now, fetched_at=now, read=nothing, stories=[story for story in stories if story.published <= now])
    assert sorted(_said(situation) for situation in news.situations) == row["gives"]


def _given(data: bytes, nothing: Reader, noon: datetime) -> list[str]:
    _, stories = read_feed(data, "feed", noon, noon)
    return [_said(situation) for situation in gather([], now=noon, fetched_at=noon, read=nothing, stories=stories).situations]


@pytest.mark.parametrize("status", ["Exercise", "System", "Test", "Draft"])
def test_only_an_actual_alert_opens_something(status: str, feeds: Path, nothing: Reader, noon: datetime) -> None:
    data = (feeds / "cap12.cap").read_bytes()
    assert _given(data, nothing, noon)
    assert not _given(data.replace(b"<status>Actual", b"<status>" + status.encode()), nothing, noon)


# What each dialect calls its grades: the feed, the alert, its grade there, and every grade with what it means.
GRADES: list[tuple[str, str, str, dict[str, str]]] = [
    ("cap12.cap", "au-fire-7", "y>Severe<", {"y>Extreme<": "extreme", "y>Severe<": "major", "y>Moderate<": "moderate", "y>Minor<": "minor"}),
    ("gdacs_places.xml", "gdacs:TC2", "l>Red<", {"l>Red<": "extreme", "l>Orange<": "major", "l>Green<": "minor"}),
    ("meteoalarm.atom", "ma3", "4; red", {"4; red": "extreme", "3; orange": "major", "2; yellow": "moderate", "1; green": "minor"}),
    ("usgs.geojson", "urn:earthquake-usgs-gov:us:p1", '"orange"', {'"red"': "extreme", '"orange"': "major", '"yellow"': "moderate", '"green"': "minor"}),
    ("usgs.atom", "urn:earthquake-usgs-gov:us:p1", ">ORANGE<", {">RED<": "extreme", ">ORANGE<": "major", ">YELLOW<": "moderate", ">GREEN<": "minor"}),
]


@pytest.mark.parametrize(("name", "alert", "said", "grades"), GRADES, ids=[row[0] for row in GRADES])
def test_grades(name: str, alert: str, said: str, grades: dict[str, str], feeds: Path, noon: datetime) -> None:
    data = (feeds / name).read_text(encoding="utf-8").replace("pager-orange", "pager")
    found = {}
    for grade in grades:
        _, stories = read_feed(data.replace(said, grade).encode(), name, noon, noon)
        found[grade] = next(story.alert.severity for story in stories if story.alert and story.alert.id == alert)
    assert found == grades


def test_national_weather_alerts_are_told_apart_by_area(feeds: Path, nothing: Reader, noon: datetime) -> None:
    """Severity stays with the area it was said of."""
    news = gather([str(feeds / "nws_in_force.atom"), str(feeds / "nws_ends_later.atom")], now=noon, fetched_at=noon, read=nothing)
    assert [(s.severity, s.regions) for s in news.situations] == [("major", ("US-TX",)), ("extreme", ("US-OK",))]


def test_an_event_in_the_future_is_unsure(feeds: Path, nothing: Reader, noon: datetime) -> None:
    news = gather([str(feeds / "usgs.atom")], now=noon, fetched_at=noon, read=nothing)
    unsure = next(s for s in news.situations if s.regions == ("US-CA",))
    assert (unsure.state, unsure.certainty, unsure.sources, unsure.official) == ("watch", "possible", 0, False)
    assert unsure.reason == "unsure: it tells of an event in the future"


def test_a_report_without_an_end_lasts_a_day(feeds: Path, nothing: Reader, noon: datetime) -> None:
    chile = {}
    for hours in (0, 20, 22, 24 * 8 + 2):
        now = noon + timedelta(hours=hours)
        news = gather([str(feeds / "gdacs.xml")], now=now, fetched_at=now, read=nothing)
        chile[hours] = [s.state for s in news.situations if s.regions == ("CL",)]
    assert chile == {0: ["active"], 20: ["active"], 22: ["taper"], 24 * 8 + 2: ["closed"]}
