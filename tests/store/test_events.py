"""Events: their members, and which of them a check has to know."""

from __future__ import annotations

import pytest

from rtm_gate.store.engine import Store
from rtm_gate.store.rows import EventRow
from tests.store.made import at, first_seen, kept


def event(id: str, first: float = 0, last: float = 0, until: float | None = None, telling: bool = True) -> EventRow:  # noqa: A002
    return EventRow(id, at(first), at(last), None if until is None else at(until), telling)


def test_events_are_put_replaced_and_dropped(store: Store) -> None:
    with store.writing() as tx:
        tx.news.put_events([event("e1"), event("e2", until=5), event("e3")])
        tx.news.put_events([event("e2", last=3), event("e2", last=4, telling=False)])
        tx.news.drop_events(["e3", "unknown"])
    with store.reading() as tx:
        assert tx.news.events(["e1", "e2", "e3"]) == {"e1": event("e1"), "e2": event("e2", last=4, telling=False)}


@pytest.mark.parametrize(
    ("row", "current"),
    [
        (event("e", last=-10), True),
        (event("e", last=-10.01), False),
        (event("e", last=-60, until=-9.99), True),
        (event("e", last=-60, until=-10), False),
        (event("e", last=5, telling=False), False),
        (event("e", last=-60, until=60, telling=False), False),
    ],
)
def test_an_event_is_current_while_it_is_told_of_or_its_alerts_ended_lately(store: Store, row: EventRow, current: bool) -> None:
    with store.writing() as tx:
        tx.news.add([kept("s1")])
        tx.news.place([("s1", "e")])
        tx.news.put_events([row])
    with store.reading() as tx:
        assert tx.news.members_of_current(since=at(-10)) == ({"e": [kept("s1")]} if current else {})


def test_members_come_as_they_are_now_and_in_order(store: Store) -> None:
    b1, a2, b3, alone = kept("s1", published=1), kept("s2", published=2), kept("s3", published=3), kept("s4")
    new = kept("s1", "b", published=4, seen=7)
    with store.writing() as tx:
        tx.news.add([b3, alone, a2, b1, new])
        tx.news.put_events([event("a"), event("b"), event("empty")])
        tx.news.place([("s1", "a"), ("s2", "a"), ("s3", "b"), ("s1", "b"), ("unknown", "a")])
    with store.reading() as tx:
        members = tx.news.members_of_current(since=at(0))
        assert list(members.items()) == [("a", [a2]), ("b", [b3, first_seen(new, 0)])]
        assert [event for event, _ in tx.news.stories()] == ["", "a", "b", "b"]


def test_a_new_version_stays_where_the_story_was_placed(store: Store) -> None:
    with store.writing() as tx:
        tx.news.add([kept("s1")])
        tx.news.place([("s1", "e")])
        tx.news.add([kept("s1", "b")])
        assert tx.news.stories() == [("e", kept("s1", "b"))]
