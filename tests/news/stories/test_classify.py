"""What a story is about: a table of headlines, and what sections, sites and sources add."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rtm_gate.model.news import ReadStory
from rtm_gate.news import Reader, classify, headline
from rtm_gate.news.reading.feed import make_story
from rtm_gate.news.stories.words import tokens_of

ROWS: list[list[Any]] = tomllib.loads((Path(__file__).parent / "headlines.toml").read_text(encoding="utf-8"))["rows"]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(("text", "topic", "severity", "dead", "regions"), ROWS)
def test_a_headline(text: str, topic: str, severity: str, dead: int, regions: str, reader: Reader) -> None:
    read = classify(headline(text, "wire", NOON), reader, NOON)
    assert (read.topic or "-", read.severity or "unknown", read.dead or 0, " ".join(read.regions)) == (topic, severity, dead, regions)


def _read(reader: Reader, title: str, summary: str = "", **more: Any) -> ReadStory:
    given: dict[str, Any] = {"source": "wire", "entry": title, "url": "", "published": NOON, "updated": NOON, "fetched": NOON}
    return classify(make_story(title=title, summary=summary, **{**given, **more}), reader, NOON)


def test_a_light_section_needs_people_dead(reader: Reader) -> None:
    title = "Gunman storms the stage"
    assert _read(reader, title).topic == "tragedy.shooting"
    assert _read(reader, title, categories=("Culture",)).topic == ""
    assert _read(reader, title, url="https://paper.example/film/review-1").topic == ""
    assert _read(reader, "Gunman kills four at cinema", categories=("Film",)).topic == "tragedy.shooting"


def test_the_summary_says_where_in_the_country(reader: Reader) -> None:
    read = _read(reader, "Deadly earthquake hits Italy", "It was felt in Emilia and as far as Austria.")
    assert read.regions == ("IT-45",)


def test_a_paper_s_country_is_not_where_its_story_happened(reader: Reader) -> None:
    # A paper reports the world: to put its story at home would put it far from everywhere else.
    assert _read(reader, "At least 12 killed in train crash", url="https://zeitung.example.de/1").regions == ()


def test_worldwide(reader: Reader) -> None:
    assert _read(reader, "Deaths rise worldwide as flu spreads").worldwide
    assert not _read(reader, "The tag was trending worldwide").worldwide


def test_doubts(reader: Reader) -> None:
    assert _read(reader, "Explosion kills 12 in Leeds", published=NOON + timedelta(hours=1)).doubt == "is dated in the future"
    assert _read(reader, "Explosion kills 12 in Leeds", published=NOON + timedelta(minutes=4)).doubt == ""
    assert _read(reader, "Unconfirmed: explosion in Leeds").doubt == "says that it is unconfirmed"


def test_tokens_join_the_forms_of_a_word() -> None:
    assert tokens_of("Floods, flooding and the flooded: two dead") == {"flood"}
    assert tokens_of("#PrayForNewtown says O'Brien's team") == {"prayfornewtown", "o'brien", "team"}
    assert tokens_of("BP and GM in talks, studies show it https://t.co/Ab12") == {"bp", "gm", "talk", "study"}
    assert tokens_of("WHO WE ARE IN UK") == set()
