"""What a story is about: a table of headlines, and what sections, sites and sources add."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rtm_gate.analysis import Analyser
from rtm_gate.model.news import ReadStory
from rtm_gate.model.vocabulary import Term, Topic, Vocabulary
from rtm_gate.news import Reader, classify, headline
from rtm_gate.news.reading.story import make_story
from rtm_gate.news.stories.words import tokens_of
from rtm_gate.vocabulary.topics import digest_of, standard_topics

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


OWN = Topic(
    "home_violence", "Violence at home", (Term("home_violence", "home_violence", ("domestic violence", "abusive partner")),), source="policies/acme.rtm"
)


@pytest.fixture(scope="module")
def reader_of_a_policy() -> Reader:
    """The standard vocabulary and a policy's own topic, which shares "domestic violence" with gender."""
    topics = (*standard_topics(), OWN)
    return Analyser(Vocabulary(topics, digest_of(topics))).read_text


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Women share stories of domestic violence with #WhyIStayed", "home_violence"),
        ("Senate debates a bill on domestic violence and abusive partner checks", "home_violence"),
        # More words say something else, and people counted dead outrank what a policy names.
        ("Mass shooting, active shooter, gunfire: domestic violence behind school shooting", "tragedy.shooting"),
        ("Three killed in shooting after domestic violence call in Ohio", "tragedy.shooting"),
        ("Earthquake shakes the coast", "disaster.quake"),
    ],
)
def test_a_policy_s_own_topic(title: str, topic: str, reader_of_a_policy: Reader) -> None:
    assert _read(reader_of_a_policy, title).topic == topic


def test_a_tag_tells_where_words_do_not(reader: Reader) -> None:
    assert _read(reader, "How to help: numbers and addresses #SomewhereFloods").topic == "disaster.flood"
    # The tag of a country or a cause goes with anything.
    assert _read(reader, "A recipe for borscht #Ukraine").topic == ""


def test_a_summary_in_another_language_counts_the_dead(reader: Reader) -> None:
    read = _read(reader, "Terremoto en el sur de Perú", "Las autoridades elevan a 21 el número de muertos.")
    assert (read.topic, read.severity, read.dead, read.regions) == ("disaster.quake", "extreme", 21, ("PE",))


def test_doubts(reader: Reader) -> None:
    assert _read(reader, "Explosion kills 12 in Leeds", published=NOON + timedelta(hours=1)).doubt == "is dated in the future"
    assert _read(reader, "Explosion kills 12 in Leeds", published=NOON + timedelta(minutes=4)).doubt == ""
    for title in ("Unconfirmed: explosion in Leeds", "Sin confirmar: explosión en León", "Esplosione a Bari, notizia non confermata", "Gerüchte über Anschlag"):
        assert _read(reader, title).doubt == "says that it is unconfirmed"


def test_tokens_join_the_forms_of_a_word() -> None:
    assert tokens_of("Floods, flooding and the flooded: two dead") == {"flood"}
    assert tokens_of("#PrayForNewtown says O'Brien's team") == {"prayfornewtown", "o'brien", "team"}
    assert tokens_of("BP and GM in talks, studies show it https://t.co/Ab12") == {"bp", "gm", "talk", "study"}
    assert tokens_of("WHO WE ARE IN UK") == set()
