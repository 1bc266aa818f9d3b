"""When a feed is asked again: politely, and in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.model.feeds import Feed, FeedState
from rtm_gate.news.polling.schedule import JITTER, LONGEST, SHORTEST, due, interval

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = 3600
STALE = 1800


def minutes(feed: Feed, state: FeedState | None = None, **said: int) -> float:
    asked = due(feed, state or FeedState(feed.name, feed.address), NOON, stale_after=STALE, **said)
    return (asked - NOON).total_seconds() / 60


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [(0, 10), (HOUR, 10), (30 * 60, 5), (12 * HOUR, 10), (60, 1)],
    ids=["unknown", "an hour", "half an hour", "half a day", "a minute"],
)
def test_a_feed_is_asked_by_its_rhythm_but_never_so_late_that_it_goes_stale(rhythm: int, expected: int) -> None:
    assert interval(Feed("wire", "https://wire.example/rss", rhythm=rhythm), STALE) == expected * 60


@pytest.mark.parametrize(("failures", "at_least", "at_most"), [(0, 10, 11), (1, 20, 22), (3, 80, 88), (30, 1440, 1584)])
def test_a_feed_that_fails_is_asked_less_and_less(failures: int, at_least: int, at_most: int) -> None:
    feed = Feed("wire", "https://wire.example/rss")
    assert at_least <= minutes(feed, FeedState("wire", feed.address, failures=failures)) <= at_most


def test_a_server_that_asks_to_wait_is_obeyed() -> None:
    assert 120 <= minutes(Feed("wire", "https://wire.example/rss"), wait=2 * HOUR) <= 132


def test_an_answer_that_stays_good_for_long_is_asked_for_again_before_it_goes_stale() -> None:
    assert 15 <= minutes(Feed("wire", "https://wire.example/rss"), fresh_for=24 * HOUR) <= 16.5


def test_feeds_are_not_all_asked_in_one_second() -> None:
    times = {due(Feed(str(n), "https://wire.example"), FeedState(str(n), ""), NOON, stale_after=STALE) for n in range(50)}
    assert len(times) == 50


@given(
    rhythm=st.integers(0, 10**7),
    failures=st.integers(0, 10**6),
    wait=st.none() | st.integers(0, 10**9),
    fresh=st.integers(0, 10**9),
    stale=st.integers(60, 10**6),
)
def test_the_next_question_is_never_rude_and_never_forgotten(rhythm: int, failures: int, wait: int | None, fresh: int, stale: int) -> None:
    feed = Feed("wire", "https://wire.example/rss", rhythm=rhythm)
    state = replace(FeedState("wire", feed.address), failures=failures)
    asked = due(feed, state, NOON, stale_after=stale, wait=wait, fresh_for=fresh)
    assert timedelta(seconds=SHORTEST) <= asked - NOON <= timedelta(seconds=LONGEST * (1 + JITTER))
    assert asked - NOON >= timedelta(seconds=min(wait or 0, LONGEST))
    assert due(feed, state, NOON, stale_after=stale, wait=wait, fresh_for=fresh) == asked
