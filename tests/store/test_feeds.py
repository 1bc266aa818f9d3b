"""States of feeds and attempts to read them: what is needed to say how far the news can be trusted, now and back then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

from rtm_gate.model.feeds import FeedState, LastPolls, Poll, TagUse
from rtm_gate.store.engine import Store
from tests.store.made import at

STATE = FeedState(
    "wire", "https://wire.example/rss", '"e1"', "Tue", "d1", at(1), at(2), at(3), at(4), 5, 6, "the server sent 500", "odd", "https://x.example", 7, 8
)


def test_a_state_is_saved_whole_and_in_place_of_the_last(store: Store) -> None:
    fresh = FeedState("aaa", "feeds/a.xml")
    with store.writing() as tx:
        tx.news.save(STATE)
        tx.news.save(fresh)
        assert tx.news.states() == {"aaa": fresh, "wire": STATE}
        tx.news.save(replace(STATE, failures=0, problem="", tried=None))
    with store.reading() as tx:
        assert list(tx.news.states().values()) == [fresh, replace(STATE, failures=0, problem="", tried=None)]


def test_polls_come_newest_first(store: Store) -> None:
    polls = [Poll("a", at(1), entries=3, new=2), Poll("b", at(2), notice="odd"), Poll("a", at(3), "the server sent 500"), Poll("a", at(3), entries=1)]
    with store.writing() as tx:
        for poll in polls:
            tx.news.add_poll(poll)
    with store.reading() as tx:
        assert tx.news.polls() == polls[::-1]
        assert tx.news.polls("a") == [polls[3], polls[2], polls[0]]
        assert tx.news.polls("a", before=at(3)) == [polls[0]]
        assert tx.news.polls(limit=2) == [polls[3], polls[2]]
        assert tx.news.last_poll_at() == at(3)


def test_the_last_polls_of_each_feed_at_a_moment(store: Store) -> None:
    bad = "the server sent 500"
    a1, a2, a3, b2, c9 = Poll("a", at(1)), Poll("a", at(2), bad), Poll("a", at(3)), Poll("b", at(2), bad), Poll("c", at(9))
    with store.writing() as tx:
        assert tx.news.latest_polls(at(99)) == {}
        assert tx.news.last_poll_at() is None
        for poll in (a3, c9, a1, b2, a2):  # not in the order of time
            tx.news.add_poll(poll)
    with store.reading() as tx:
        assert tx.news.latest_polls(at(0.5)) == {}
        assert tx.news.latest_polls(at(1)) == {"a": LastPolls(a1, a1)}
        assert tx.news.latest_polls(at(2)) == {"a": LastPolls(a1, a2), "b": LastPolls(None, b2)}
        assert tx.news.latest_polls(at(9)) == {"a": LastPolls(a3, a3), "b": LastPolls(None, b2), "c": LastPolls(c9, c9)}


def test_a_poll_that_read_a_feed_with_a_fault_read_it(store: Store) -> None:
    cut, gone = Poll("a", at(1), "the feed is cut off", entries=3), Poll("a", at(2), "the server sent 500")
    with store.writing() as tx:
        tx.news.add_poll(cut)
        tx.news.add_poll(gone)
    with store.reading() as tx:
        assert tx.news.latest_polls(at(9)) == {"a": LastPolls(cut, gone)}


def test_a_moment_comes_back_in_utc(store: Store) -> None:
    elsewhere = at(0).astimezone(timezone(timedelta(hours=5, minutes=45)))
    with store.writing() as tx:
        tx.news.add_poll(Poll("a", elsewhere))
        (poll,) = tx.news.polls()
        assert (poll.at, poll.at.utcoffset()) == (elsewhere, timedelta(0))


def test_a_text_uses_a_tag_once_for_each_reading(store: Store) -> None:
    first, other, elsewhere = TagUse("storm", "k1", at(5), at(1)), TagUse("storm", "k2", at(5), at(2), "disaster", True), TagUse("sale", "k1", at(6), at(1))
    again = replace(first, at=at(8))
    with store.writing() as tx:
        tx.news.add_tag_uses([other, first, elsewhere, replace(first, topic="war")])
        tx.news.add_tag_uses([first, again, TagUse("storm", "k3", at(9), at(9))])
    with store.reading() as tx:
        assert tx.news.tag_uses("storm", at(0), at(8)) == [first, other, again]
        assert tx.news.tag_uses(None, at(5), at(8)) == [first, other, elsewhere, again]
        assert tx.news.tag_uses("sale", at(6), at(6)) == [elsewhere]
        assert tx.news.tag_uses("sale", at(6.01), at(9)) == []
