"""Snapshots, changes made by hand, and what is dropped for its age."""

from __future__ import annotations

from rtm_gate.model.feeds import FeedState, Poll, TagUse
from rtm_gate.model.news import Change
from rtm_gate.store.engine import Store
from rtm_gate.store.rows import EventRow, Forgotten, Snapshot
from tests.store.made import at, first_seen, kept

OPENED = Change(at(2), "x1", "open", "ana", "seen on television", at(60), "Fire at the harbour", "disaster.fire", "major", ("US-NY", "CA"))
CLOSED = Change(at(1), "x2", "close", "ben", "it was a drill")


def test_a_later_snapshot_has_a_larger_number(store: Store) -> None:
    with store.writing() as tx:
        assert tx.news.snapshot() is None
        tx.news.add_snapshot(at(1), "d1", 10)
        assert tx.news.snapshot() == Snapshot(1, at(1), "d1", 10)
        tx.news.add_snapshot(at(0), "d2", 11)
        assert tx.news.snapshot() == Snapshot(2, at(0), "d2", 11)


def test_changes_are_told_as_of_a_moment(store: Store) -> None:
    with store.writing() as tx:
        tx.news.add_change(OPENED)
        tx.news.add_change(CLOSED)
    with store.reading() as tx:
        assert tx.news.changes() == [CLOSED, OPENED]
        assert tx.news.changes(at(1)) == [CLOSED]
        assert tx.news.changes(at(0)) == []


def test_what_is_old_is_forgotten_and_nothing_else(store: Store) -> None:
    corrected = kept("corrected", "b", published=-50, seen=5)
    late, early = kept("late", published=-50, seen=0), kept("early", published=0, seen=-50)
    rows = [kept("old", published=-50, seen=-40), kept("old", "b", published=-50, seen=-30), kept("corrected", published=-50, seen=-40), corrected, late, early]
    state = FeedState("wire", "feeds/wire.xml", tried=at(-50))
    with store.writing() as tx:
        tx.news.add(rows)
        tx.news.place([("old", "gone"), ("late", "stays")])
        tx.news.put_events([EventRow("gone", at(-50), at(9), at(99), True), EventRow("stays", at(-50), at(-50), None, True)])
        tx.news.save(state)
        for minute in (-1, 0):
            tx.news.add_poll(Poll("wire", at(minute)))
            tx.news.add_tag_uses([TagUse("storm", f"k{minute}", at(minute), at(-50))])
        tx.news.add_change(CLOSED)
        for minute in (-3, -2):
            tx.news.add_snapshot(at(minute), "d", 1)
    with store.writing() as tx:
        assert tx.news.forget(at(0)) == Forgotten(stories=1, events=1, polls=1, tag_uses=1, snapshots=1)
        assert tx.news.forget(at(0)) == Forgotten(0, 0, 0, 0, 0)
    with store.reading() as tx:
        assert [row for _, row in tx.news.stories()] == [first_seen(corrected, -40), late, early]
        assert tx.news.versions(at(99)) == [kept("corrected", published=-50, seen=-40), corrected, late, early]
        assert tx.news.contents(["old"]) == {}
        assert list(tx.news.events(["gone", "stays"])) == ["stays"]
        assert tx.news.polls() == [Poll("wire", at(0))]
        assert [use.key for use in tx.news.tag_uses("storm", at(-99), at(99))] == ["k0"]
        assert tx.news.states() == {"wire": state}
        assert tx.news.changes() == [CLOSED]
        assert tx.news.snapshot() == Snapshot(2, at(-2), "d", 1)


def test_a_number_is_never_given_twice(store: Store) -> None:
    with store.writing() as tx:
        tx.news.add_snapshot(at(0), "d1", 1)
        tx.news.add_snapshot(at(9), "d2", 1)
        tx.news.forget(at(5))
        tx.news.add_snapshot(at(9), "d3", 1)
        assert tx.news.snapshot() == Snapshot(3, at(9), "d3", 1)
