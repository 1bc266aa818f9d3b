"""Stories to situations: a table of headlines, and what holds whatever the stories are."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtm_gate.model.news import Situation, Story
from rtm_gate.news import Reader, gather, headline, read_stories, situations_of
from rtm_gate.news.reading.story import make_story

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "situations.toml").read_text(encoding="utf-8"))["case"]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _story(hours: float, source: str, title: str, summary: str = "") -> Story:
    when = NOON - timedelta(hours=hours)
    return make_story(
        source=source, entry=f"{source}/{title}", title=title, summary=summary, url=f"https://{source}.example/1", published=when, updated=when, fetched=NOON
    )


def _said(situation: Situation) -> str:
    head = " ".join([situation.topic, situation.severity or "unknown", situation.state, *situation.regions])
    sources = f"{situation.sources} source{'' if situation.sources == 1 else 's'}"
    return f"{head} · {sources}" + (f" {situation.dead} dead" if situation.dead else "")


def _situations(stories: list[Story], reader: Reader) -> tuple[Situation, ...]:
    return gather([], now=NOON, fetched_at=NOON, read=reader, stories=stories).situations


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_case(case: dict[str, Any], reader: Reader) -> None:
    found = _situations([_story(*row) for row in case["stories"]], reader)
    assert sorted(_said(situation) for situation in found if situation.topic and situation.topic != "remembrance") == case["gives"]


def test_an_alert_and_a_wire_are_one_situation(feeds: Path, noon: datetime, reader: Reader) -> None:
    wire = _story(0.2, "wire-a", "Tornado tears through Oklahoma suburb, homes damaged")
    (found,) = gather([str(feeds / "nws_in_force.atom")], now=noon, fetched_at=noon, read=reader, stories=[wire]).situations
    assert (found.topic, found.severity, found.state, found.official, found.regions) == ("disaster.storm", "extreme", "active", True, ("US-OK",))
    assert [row.story.source for row in found.stories] == ["Weather office", "wire-a"]
    assert found.title == wire.title


def test_news_of_the_impact_prolongs_the_taper(feeds: Path, noon: datetime, reader: Reader) -> None:
    """Six hours after a tornado warning ended its region is free; with reports of damage only after a day."""
    wire = _story(1, "local-paper", "Damage reported after tornado hits suburb")
    evening = noon + timedelta(hours=6)
    feed = str(feeds / "nws_just_ended.atom")
    alone = gather([feed], now=evening, fetched_at=evening, read=reader).situations
    after = gather([feed], now=evening, fetched_at=evening, read=reader, stories=[wire]).situations
    assert alone == ()
    assert [(s.state, s.severity, s.regions) for s in after] == [("taper", "extreme", ("US-OK",))]
    assert after[0].reason == "the alert ended at 2026-03-02T09:00:00Z; news of its impact followed"


def test_an_edited_headline_is_one_story_and_its_last_version_counts(reader: Reader) -> None:
    first = headline("Explosion at harbour in Leeds", "wire-a", NOON - timedelta(hours=2))
    edited = make_story(
        source="wire-a", entry=first.entry, title="Fireworks at harbour in Leeds", summary="", url="", published=first.published, updated=NOON, fetched=NOON
    )
    (read,) = read_stories([first, edited], reader, NOON)
    assert read.story.title == "Fireworks at harbour in Leeds"
    assert {"explosion", "firework"} <= read.tokens


def test_tags_names_and_terms_are_kept_for_the_relation_to_drafts(reader: Reader) -> None:
    (found,) = _situations([_story(3, "wire-a", "Hurricane Otto nears Florida", "Residents share #OttoStrong.")], reader)
    assert "#ottostrong" in found.tags
    assert {"otto", "hurricane otto", "florida"} <= set(found.names)
    assert any(term.startswith("disaster.storm") for term in found.terms)


def test_quiet_news_is_kept_without_a_topic(reader: Reader) -> None:
    (found,) = _situations([_story(3, "wire-a", "Library extends opening hours")], reader)
    assert (found.topic, found.severity) == ("", "minor")


HEADLINES = sorted({row[2] for case in CASES for row in case["stories"]})
ROWS = st.lists(st.tuples(st.integers(0, 90), st.sampled_from(["wire-a", "wire-b", "wire-c", "sports-desk"]), st.sampled_from(HEADLINES)), max_size=8)


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, data=st.data())
def test_the_order_of_stories_does_not_matter(rows: list[tuple[int, str, str]], data: st.DataObject, reader: Reader) -> None:
    stories = list({story.id: story for story in (_story(*row) for row in rows)}.values())
    shuffled = data.draw(st.permutations(stories))
    one = gather([], now=NOON, fetched_at=NOON, read=reader, stories=stories)
    other = gather([], now=NOON, fetched_at=NOON, read=reader, stories=shuffled)
    assert one == other


@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_what_holds_for_every_situation(rows: list[tuple[int, str, str]], reader: Reader) -> None:
    reads = read_stories([_story(*row) for row in rows], reader, NOON)
    found = situations_of(reads, NOON)
    told = [read.story.id for situation in found for read in situation.stories]
    assert sorted(told) == sorted(read.story.id for read in reads)  # every story is in exactly one situation
    for situation in found:
        assert situation.started <= situation.updated <= NOON
        assert situation.state not in ("active", "extended") or situation.official or situation.sources >= 2
        assert situation.ends is None
        assert situation.reason
    assert len({situation.id for situation in found}) == len(found)
