"""Feeds damaged on their way: every sample cut anywhere, or with one bit turned. Nothing raises, and no alert becomes graver than it was sent."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.model.news import SEVERITIES, Severity
from rtm_gate.news import read_feed

FEEDS = Path(__file__).parent / "feeds"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SAMPLES = sorted(path.name for path in FEEDS.iterdir())
# There the grade is a single digit, and one bit makes a 3 of a 1.
BARE_DIGITS = frozenset({"meteoalarm.xml"})


def _rank(severity: Severity | None) -> int:
    """An unknown severity may be anything that is not known to be grave."""
    return SEVERITIES.index(severity or "moderate")


def _grades(data: bytes) -> dict[str, int]:
    """Alert id -> rank; the health counts what was read."""
    health, stories = read_feed(data, "sample", NOON, NOON)
    assert health.entries == len(stories)
    return {story.alert.id: _rank(story.alert.severity) for story in stories if story.alert}


@cache
def _whole(name: str) -> dict[str, int]:
    return _grades((FEEDS / name).read_bytes())


def _no_graver(name: str, damaged: bytes) -> None:
    whole = _whole(name)
    for named, rank in _grades(damaged).items():
        # An alert whose name was damaged is held against the gravest of all.
        assert rank <= max(whole.get(named, max(whole.values(), default=-1)), _rank(None))


@given(name=st.sampled_from(SAMPLES), share=st.floats(0, 1))
def test_a_cut_makes_no_alert_graver(name: str, share: float) -> None:
    data = (FEEDS / name).read_bytes()
    _no_graver(name, data[: int(len(data) * share)])


@given(name=st.sampled_from(sorted(set(SAMPLES) - BARE_DIGITS)), share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_turned_bit_makes_no_alert_graver(name: str, share: float, bit: int) -> None:
    data = bytearray((FEEDS / name).read_bytes())
    if data:
        data[int(len(data) * share)] ^= 1 << bit
    _no_graver(name, bytes(data))


@pytest.mark.parametrize("name", ["nws_in_force.atom", "gdacs.xml", "cap12.cap", "nws.geojson", "meteoalarm.atom", "usgs.geojson"])
def test_every_cut_of_a_feed_of_alerts_is_told(name: str) -> None:
    """A feed that ends early is never healthy: an alert may be missing."""
    data = (FEEDS / name).read_bytes().rstrip()
    end = data.rfind(b"</") if data.startswith(b"<") else len(data) - 1
    for cut in range(0, end, 37):
        health, _ = read_feed(data[:cut], name, NOON, NOON)
        assert health.problem, cut
