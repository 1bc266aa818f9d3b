"""The life of an event: a table of hours, and what holds at every hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtm_gate.model.news import ReadStory, Situation, Story
from rtm_gate.news import Reader, read_stories, situations_of
from rtm_gate.news.situations.build import members_of
from tests.news.situations.events import MONDAY, cases, known, one_event, story, when
from tests.news.situations.worlds import HOURS, NEWS

CASES = cases("life.toml")
PARTS = st.sampled_from((0, 1, 250, 500, 999))
"""Thousandths of the time until it turns."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_an_hour_of_a_life(case: dict[str, Any], reader: Reader) -> None:
    found = [one_event(known(case["news"], when(at), reader), when(at)) for at, _, _ in case["expect"]]
    assert [situation.state if situation else "none" for situation in found] == [state for _, state, _ in case["expect"]]
    for situation, (at, _, reason) in zip(found, case["expect"], strict=True):
        assert reason in (situation.reason if situation else ""), at


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_life_says_when_it_turns(case: dict[str, Any], reader: Reader) -> None:
    """Between two rows of the table without news between them, the first names an instant no later than the second."""
    rows = [(when(at), state) for at, state, _ in case["expect"]]
    for (here, state), (then, other) in pairwise(rows):
        if state == other or state == "none" or any(here < when(row["at"]) <= then for row in case["news"]):
            continue
        situation = one_event(known(case["news"], here, reader), here)
        assert situation is not None
        assert situation.turns is not None
        assert here < situation.turns <= then


def test_a_cancellation_dated_ahead_turns_what_it_will_end(reader: Reader) -> None:
    alert: dict[str, Any] = {"event": "Flood Warning", "severity": "major", "ends": "Mon 20:00"}
    cancel = alert | {"message": "Cancel", "replaces": ["first-alert-1"]}
    news: list[dict[str, Any]] = [
        {"at": "Mon 08:00", "by": "NWS", "id": "first-alert-1", "says": "Flood Warning for Franklin", "alert": alert},
        {"at": "Mon 09:00", "by": "NWS", "id": "second-alert", "dated": "Mon 10:00", "says": "The flood warning is cancelled", "alert": cancel},
    ]
    (found,) = situations_of(known(news, when("Mon 09:00"), reader), when("Mon 09:00"))
    assert (found.state, found.turns) == ("active", when("Mon 09:55"))
    assert situations_of(known(news, when("Mon 09:55"), reader), when("Mon 09:55")) == ()


def _answer(situation: Situation | None) -> tuple[object, ...] | None:
    return (situation.state, situation.ends, situation.reason) if situation else None


def _inputs(reads: tuple[ReadStory, ...], at: datetime) -> object:
    return [(read.story.id, read.doubt, standing) for read, standing in members_of(reads, at)]


@settings(max_examples=150, deadline=None)
@given(stories=NEWS, hour=HOURS, parts=st.lists(PARTS, min_size=4, max_size=4))
def test_until_it_turns_it_stays(stories: list[Story], hour: float, parts: list[int], reader: Reader) -> None:
    now = MONDAY + timedelta(hours=hour)
    reads = read_stories(stories, reader, now)
    here = one_event(reads, now)
    if here is None:
        return
    end = here.turns or now + timedelta(days=400)
    assert end > now
    for part in parts:
        then = now + (end - now) * part / 1000
        assert _answer(one_event(read_stories(stories, reader, then), then)) == _answer(here), then
    if here.turns is not None:
        later = read_stories(stories, reader, here.turns)
        changed = _answer(one_event(later, here.turns)) != _answer(here) or _inputs(later, here.turns) != _inputs(reads, now)
        dated = {moment - timedelta(minutes=5) for read in reads for moment in (read.story.published, read.story.updated)}
        assert changed or here.turns in dated


@settings(max_examples=60, deadline=None)
@given(stories=NEWS, hour=HOURS, part=PARTS)
def test_before_any_turns_all_stay(stories: list[Story], hour: float, part: int, reader: Reader) -> None:
    """Callers may keep all situations until the first of them turns, though time moves stories from one to another."""
    now = MONDAY + timedelta(hours=hour)
    here = situations_of(read_stories(stories, reader, now), now)
    end = min((situation.turns for situation in here if situation.turns), default=now + timedelta(days=30))
    then = now + (end - now) * part / 1000
    assert situations_of(read_stories(stories, reader, then), then) == here


@settings(max_examples=60, deadline=None)
@given(stories=NEWS, hour=HOURS, data=st.data())
def test_the_same_news_in_any_order_is_the_same_to_the_byte(stories: list[Story], hour: float, data: st.DataObject, reader: Reader) -> None:
    now = MONDAY + timedelta(hours=hour)
    shuffled = data.draw(st.permutations(stories))
    one, other = (situations_of(read_stories(rows, reader, now), now) for rows in (stories, shuffled))
    assert repr(_plain(one)) == repr(_plain(other))


def _plain(situations: tuple[Situation, ...]) -> list[object]:
    """Sets have no order to compare by; everything else has."""
    return [(s.id, s.title, s.state, s.reason, s.turns, s.regions, s.names, [(r.story, sorted(r.tokens)) for r in s.stories], s.said) for s in situations]


@pytest.mark.parametrize("year", [1, 9999])
def test_dates_at_the_edge_of_the_calendar_are_read(year: int, reader: Reader) -> None:
    edge = datetime(year, 12 if year > 1 else 1, 31 if year > 1 else 1, 23 if year > 1 else 0, tzinfo=MONDAY.tzinfo)
    alert: dict[str, Any] = {"event": "Flood Warning", "severity": "major", "ends": "Mon 12:00"}
    rows: list[dict[str, Any]] = [
        {"at": "Mon 08:00", "by": "wire-a", "says": "Floods kill five in Ohio"},
        {"at": "Mon 08:00", "by": "NWS", "says": "Flood Warning for Franklin", "alert": alert},
    ]
    for row in rows:
        told = story(row)
        for dated in (_dated(told, edge, told.updated), _dated(told, told.published, edge), _dated(told, edge, edge)):
            for situation in situations_of(read_stories([told, dated], reader, MONDAY), MONDAY):
                assert situation.reason


def _dated(told: Story, published: datetime, updated: datetime) -> Story:
    return replace(told, published=published, updated=updated, content="other", title=f"{told.title} again")
