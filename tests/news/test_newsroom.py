"""What a newsroom says is what all that is kept gives when it is put together from nothing, at any moment, in whatever order it came."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtm_gate.model.feeds import Feed, FeedState
from rtm_gate.model.news import Alert, Change, News, Situation, Story
from rtm_gate.news import Reader, closed, extended, opened, situations_of
from rtm_gate.news.newsroom import Newsroom, decide
from rtm_gate.news.polling.poll import Polled, failed
from rtm_gate.news.polling.record import record
from rtm_gate.news.reading.story import make_story
from rtm_gate.news.situations import by_hand
from rtm_gate.store import Store
from tests.news.situations.events import MONDAY, story, when
from tests.news.situations.worlds import HEADLINES, HOURS, NEWS

STALE = 1800
FEEDS = tuple(Feed(name, f"https://{name}.example") for name in ("wire-a", "wire-b", "wire-c", "NWS"))
POLLS = st.lists(st.tuples(st.integers(0, 1200), st.booleans(), NEWS), min_size=1, max_size=5)
"""Quarters of an hour after Monday, whether the feeds answered in full, and what they said."""
_NUMBERS = count()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with nothing in it, to be copied: making one takes longer than using it."""
    file = tmp_path_factory.mktemp("stores") / "empty.db"
    with Store.open(file) as store, store.writing() as tx:
        tx.news.states()
    return file


@contextmanager
def copied(empty: Path) -> Iterator[Store]:
    file = empty.with_name(f"{next(_NUMBERS)}.db")
    shutil.copy(empty, file)
    with Store.open(file) as store:
        yield store
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink()


def hours(quarters: float) -> datetime:
    return MONDAY + timedelta(hours=quarters)


def polled(states: Mapping[str, FeedState], at: datetime, stories: list[Story], problem: str = "") -> list[Polled]:
    """All feeds asked at one time. With a problem, those that say nothing could not be read, and the others not well."""
    found = []
    for feed in FEEDS:
        told = tuple({story.id: story for story in stories if story.source == feed.name}.values())
        known = states.get(feed.name, FeedState(feed.name, feed.address))
        state = replace(known, tried=at, read=at, problem=problem if told else "")
        found.append(Polled(feed, at, state, told, entries=len(told)) if told or not problem else failed(feed, known, problem, at, STALE))
    return found


def take(store: Store, read: Reader, quarters: int, stories: list[Story], problem: str = "") -> None:
    with store.reading() as tx:
        states = tx.news.states()
    record(store, polled(states, hours(quarters / 4), stories, problem), read)


def decided(store: Store, change: Change) -> None:
    with store.writing() as tx:
        decide(tx, change)


def from_nothing(store: Store, read: Reader, now: datetime) -> tuple[Situation, ...]:
    with store.reading() as tx:
        reads = [kept.read for _, kept in tx.news.stories()]
        changes = tx.news.changes()
    return by_hand(situations_of(reads, now), changes, now, reads, read)


def agrees(store: Store, read: Reader, now: datetime) -> None:
    room, whole = Newsroom(store, FEEDS, read), from_nothing(store, read, now)
    assert room.news(now, STALE, everything=True).situations == whole
    # A check asks less, but for everything sensitive.
    some = room.news(now, STALE).situations
    assert set(some) <= set(whole)
    assert {one for one in whole if one.topic} <= set(some)


@given(polls=POLLS, after=HOURS)
def test_it_is_the_same_as_from_nothing(empty: Path, reader: Reader, polls: list[tuple[int, bool, list[Story]]], after: float) -> None:
    with copied(empty) as store:
        for quarters, well, stories in polls:
            take(store, reader, quarters, stories, "" if well else "the feed is cut off")
        agrees(store, reader, hours(max(poll[0] for poll in polls) / 4 + abs(after)))


@given(polls=POLLS, steps=st.lists(st.integers(0, 200), min_size=1, max_size=6), ahead=st.none() | st.integers(1, 300))
def test_what_is_remembered_is_what_a_newcomer_reads(
    empty: Path, reader: Reader, polls: list[tuple[int, bool, list[Story]]], steps: list[int], ahead: int | None
) -> None:
    with copied(empty) as store:
        for quarters, _, stories in polls:
            take(store, reader, quarters, stories)
        now = hours(max(poll[0] for poll in polls) / 4)
        if ahead is not None:
            decided(store, opened("Fire at the harbour", "disaster.wildfire", "major", ["US-OH"], "ann", "seen", now + timedelta(hours=ahead / 4)))
        room = Newsroom(store, FEEDS, reader)
        for step in steps:
            now += timedelta(hours=step / 4)
            assert room.news(now, STALE) == Newsroom(store, FEEDS, reader).news(now, STALE)


def test_an_alert_that_ended_counts_no_longer_for_who_remembers_it(empty: Path, reader: Reader) -> None:
    """It is of the event as long as it tapers; after that the reports of others alone carry it."""
    shooting = "Gunman kills five at shopping centre in Ohio"
    told: list[dict[str, Any]] = [
        {"at": "Mon 00:00", "by": "wire-a", "says": shooting, "official": True},
        {"at": "Mon 00:30", "by": "NWS", "says": shooting, "alert": {"event": "Shooting", "severity": "extreme", "ends": "Fri 06:00"}},
    ]
    with copied(empty) as store:
        take(store, reader, 4, [story(row) for row in told])
        room = Newsroom(store, FEEDS, reader)
        members = []
        for now in ("Thu 12:00", "Fri 07:00", "Sat 07:00"):
            found = room.news(when(now), STALE)
            assert found == Newsroom(store, FEEDS, reader).news(when(now), STALE)
            members += [len(situation.stories) for situation in found.situations]
    assert members == [2, 2, 1]


@given(polls=POLLS)
@settings(max_examples=25)
def test_the_past_reads_as_it_did_then(empty: Path, reader: Reader, polls: list[tuple[int, bool, list[Story]]]) -> None:
    # One at a time: of two polls in one instant nobody can say what was known between them.
    polls = sorted({poll[0]: poll for poll in polls}.values(), key=lambda poll: poll[0])
    then: dict[datetime, News] = {}
    with copied(empty) as store:
        for quarters, well, stories in polls:
            take(store, reader, quarters, stories, "" if well else "the feed is cut off")
            now = hours(quarters / 4)
            then[now] = Newsroom(store, FEEDS, reader).news(now, STALE, everything=True)
        room = Newsroom(store, FEEDS, reader)
        for now, news in then.items():
            assert room.news(now, STALE, everything=True) == news


@given(polls=POLLS, chosen=st.integers(0, 20), extend=st.booleans(), later=st.lists(st.integers(0, 160), min_size=1, max_size=4), late=NEWS)
@settings(max_examples=25)
def test_what_people_decided_holds_whatever_comes_after(
    empty: Path, reader: Reader, polls: list[tuple[int, bool, list[Story]]], chosen: int, extend: bool, later: list[int], late: list[Story]
) -> None:
    with copied(empty) as store:
        for quarters, _, stories in polls:
            take(store, reader, quarters, stories)
        quarters = max(poll[0] for poll in polls)
        now = hours(quarters / 4)
        shown = Newsroom(store, FEEDS, reader).news(now, STALE, everything=True).situations
        if not shown:
            return
        one = shown[chosen % len(shown)].id
        change: Change = extended(one, "ann", "wait", now, now + timedelta(days=6)) if extend else closed(one, "ann", "over", now)
        decided(store, change)
        agrees(store, reader, now)
        take(store, reader, quarters, late)
        for step in later:
            now += timedelta(hours=step / 4)
            agrees(store, reader, now)


def test_an_edit_brings_an_old_story_back(empty: Path, reader: Reader) -> None:
    """It was published before anything that is still remembered, and said something new since."""
    with copied(empty) as store:
        take(store, reader, 8, [wire("1", "Library extends opening hours in Ohio", hours(1))])
        take(store, reader, 4 * 24 * 5, [wire("1", "Library in Ohio closes for ever", hours(1))])
        agrees(store, reader, hours(24 * 11))


# ---- single cases -------------------------------------------------------------------------------------------------------


def wire(entry: str, title: str, at: datetime, source: str = "wire-a", alert: Alert | None = None) -> Story:
    return make_story(source=source, entry=entry, title=title, summary="", url="", published=at, updated=at, fetched=at, alert=alert)


def test_an_edit_with_a_new_date_takes_its_story_away_from_where_it_stood(empty: Path, reader: Reader) -> None:
    with copied(empty) as store:
        take(store, reader, 8, [wire("1", HEADLINES[0], hours(1)), wire("1", HEADLINES[1], hours(1.5), "wire-b")])
        take(store, reader, 16, [wire("1", "Floods in Ohio kill 12, many missing", hours(3))])
        agrees(store, reader, hours(5))


def test_a_long_alert_that_is_over_tapers(empty: Path, reader: Reader) -> None:
    """It was sent longer ago than anything is remembered that is not in force."""
    alert = Alert("cap", "a-1", "Flood Warning", severity="major", certainty="observed", urgency="Immediate", ends=hours(24 * 12), codes=("US-OH",))
    with copied(empty) as store:
        take(store, reader, 0, [wire("1", "Flood Warning for Ohio", hours(0), "NWS", alert)])
        (before,) = Newsroom(store, FEEDS, reader).news(hours(24 * 12 - 1), STALE).situations
        (after,) = Newsroom(store, FEEDS, reader).news(hours(24 * 12 + 1), STALE).situations
    assert (before.state, after.state) == ("active", "taper")


def test_a_situation_keeps_its_extension_when_an_earlier_story_renames_it(empty: Path, reader: Reader) -> None:
    with copied(empty) as store:
        take(store, reader, 40, [wire("1", HEADLINES[0], hours(9)), wire("1", HEADLINES[1], hours(9.5), "wire-b")])
        now = hours(24 * 5)
        (one,) = Newsroom(store, FEEDS, reader).news(now, STALE).situations
        decided(store, extended(one.id, "ann", "the trial begins", now, now + timedelta(days=7)))
        take(store, reader, 4 * 24 * 5 + 1, [wire("1", HEADLINES[1], hours(8), "wire-c")])
        later = now + timedelta(days=6, hours=23)
        (shown,) = Newsroom(store, FEEDS, reader).news(later, STALE).situations
        assert shown.id != one.id
        assert shown.state == "active"
        assert "extended by ann" in shown.reason


def test_what_is_taken_in_late_does_not_take_back_what_was_said_since(empty: Path, reader: Reader) -> None:
    with copied(empty) as store:
        take(store, reader, 12, [wire("1", "Floods in Ohio kill 12", hours(1))])
        take(store, reader, 8, [wire("1", "Floods in Ohio kill 3", hours(1))])
        (one,) = Newsroom(store, FEEDS, reader).news(hours(4), STALE).situations
        assert one.dead == 12
        (then,) = Newsroom(store, FEEDS, reader).news(hours(2), STALE).situations
        assert then.dead == 3
