"""What is odd about a feed that can be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rtm_gate.model.feeds import Feed, FeedState
from rtm_gate.news.polling.odd import BELIEVED, HIDDEN, asks_for_all, dated_anew, silence

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOURLY = Feed("wire", "https://wire.example/rss", rhythm=3600)


@pytest.mark.parametrize(
    ("feed", "hours", "problem", "notice"),
    [
        (HOURLY, 1, "", ""),
        (HOURLY, 4, "", "nothing new for 4 hours; something is usual within 1 hour"),
        (HOURLY, 13, "frozen: nothing new for 13 hours; something is usual within 1 hour", ""),
        (Feed("sirens", "https://sirens.example"), 1000, "", ""),
    ],
    ids=["in its rhythm", "late", "frozen", "one that speaks rarely"],
)
def test_silence_is_measured_by_the_rhythm_of_a_feed(feed: Feed, hours: int, problem: str, notice: str) -> None:
    assert silence(feed, NOON - timedelta(hours=hours), NOON) == (problem, notice)


def test_a_server_that_says_for_ever_that_nothing_changed_is_not_believed_for_ever() -> None:
    asked = [asks_for_all(FeedState("wire", "", unchanged=n)) for n in range(2 * BELIEVED)]
    assert asked.count(True) == 2
    assert asks_for_all(FeedState("wire", "", notice=f"{HIDDEN}; something else"))


@pytest.mark.parametrize(
    ("entries", "said"), [(0, ""), (1, "1 known entry is dated anew, without new words"), (3, "3 known entries are dated anew, without new words")]
)
def test_old_entries_with_new_dates_are_told(entries: int, said: str) -> None:
    assert dated_anew(entries) == said
