"""Bytes to stories: whatever a server sends is read as far as it goes, or refused with a sentence."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtm_gate.news import headline, read_feed
from rtm_gate.news.text import plain, site, web_link

HERE = Path(__file__).parent
TABLE: dict[str, dict[str, Any]] = tomllib.loads((HERE / "reading.toml").read_text(encoding="utf-8"))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_recorded_feed(name: str) -> None:
    row = TABLE[name]
    health, stories = read_feed((HERE / "feeds" / name).read_bytes(), f"feeds/{name}", NOON, NOON)
    assert health.problem == row.get("problem", "")
    assert health.name == row.get("name", name.rpartition(".")[0])
    assert [story.title for story in stories] == row.get("titles", [])
    assert [story.title for story in stories if not story.dated] == row.get("undated", [])
    assert [story.outlet for story in stories] == row.get("outlets", [""] * len(stories))
    assert health.entries == len(stories)
    assert all(story.published == NOON for story in stories if not story.dated)


def test_every_recorded_feed_is_in_a_table() -> None:
    alerts = tomllib.loads((HERE / "alerts.toml").read_text(encoding="utf-8"))
    named = {*TABLE, *(row["feed"] for row in alerts["alert"])}
    assert {path.name for path in (HERE / "feeds").iterdir()} == named


def test_markup_never_reaches_a_story(feeds: Path) -> None:
    _, (story,) = read_feed((feeds / "scripts.xml").read_bytes(), "scripts.xml", NOON, NOON)
    assert (story.title, story.summary, story.url) == ("Sale ends today", "First second", "")


def test_a_feed_over_the_limit_is_refused() -> None:
    health, stories = read_feed(b"<rss>" + b" " * (50 * 1024 * 1024), "big.xml", NOON, NOON)
    assert health.problem == "too large: 50 MB, at most 10 MB are read"
    assert not stories


def test_ids_come_from_source_and_entry_and_content_from_what_is_said(feeds: Path) -> None:
    data = (feeds / "rss20.xml").read_bytes()
    _, before = read_feed(data, "one.xml", NOON, NOON)
    _, after = read_feed(data.replace(b"rye bread", b"rye loaf"), "two.xml", NOON, NOON)
    assert [s.id for s in before] == [s.id for s in after]
    assert [b.content == a.content for b, a in zip(before, after, strict=True)] == [True, False]


def test_a_clock_that_runs_ahead_is_named(feeds: Path) -> None:
    health, _ = read_feed((feeds / "rss20.xml").read_bytes(), "x", NOON + timedelta(hours=1), NOON)
    assert health.problem == "was read in the future: check the clock"


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400), cut=st.integers(0, 2000), name=st.sampled_from(["rss20.xml", "gdacs.xml", "usgs.atom", "cap12.cap", "nws_in_force.atom"]))
def test_reading_never_raises(data: bytes, cut: int, name: str) -> None:
    """Random bytes, and real feeds cut and spliced anywhere."""
    whole = (HERE / "feeds" / name).read_bytes()
    for sent in (data, whole[:cut], whole[:cut] + data + whole[cut:]):
        health, stories = read_feed(sent, "fuzz", NOON, NOON)
        assert health.entries == len(stories)


@given(text=st.text(max_size=200))
def test_plain_text_is_stable_and_has_no_controls(text: str) -> None:
    once = plain(text)
    assert "\n" not in once
    assert once == once.strip()
    assert all(char.isprintable() or ord(char) > 159 for char in once)


def test_links_lead_to_the_web_only() -> None:
    assert web_link("https://a.example/x?y=1") == "https://a.example/x?y=1"
    for bad in ("javascript:alert(1)", "data:text/html,x", "ftp://a.example/", "//a.example", "http://", "https://[::1", None, 7):
        assert web_link(bad) == ""


def test_sites() -> None:
    assert [site(url) for url in ("https://feeds.bbc.co.uk/x", "https://www.wire.example/", "https://wire.example/", "nonsense")] == [
        "bbc.co.uk",
        "wire.example",
        "wire.example",
        "",
    ]


def test_a_headline_by_hand() -> None:
    story = headline("Bridge <b>closed</b>", "AP", NOON)
    assert (story.title, story.source, story.published, story.official, story.alert) == ("Bridge closed", "AP", NOON, False, None)
    assert headline("Tornado Warning", "NWS", NOON).official
