"""Stories and their versions: what is new is kept once, and what was known at a moment can be asked later."""

from __future__ import annotations

from rtm_gate.store.engine import Store
from tests.store.made import at, first_seen, kept


def test_a_story_is_kept_with_its_versions(store: Store) -> None:
    first, other, second = kept("s1"), kept("s2"), kept("s1", "b", published=1, seen=5, feed="agency")
    with store.writing() as tx:
        tx.news.add([first, other])
        tx.news.add([second])
    with store.reading() as tx:
        assert tx.news.contents(["s1", "s2", "none"]) == {"s1": {"a", "b"}, "s2": {"a"}}
        assert tx.news.stories() == [("", other), ("", first_seen(second, 0))]
        assert tx.news.versions(at(10)) == [first, other, second]
        assert tx.news.count() == 2


def test_adding_twice_changes_nothing(store: Store) -> None:
    rows = [kept("s1"), kept("s1", "b", seen=1), kept("s2", seen=2)]
    with store.writing() as tx:
        tx.news.add(rows)
        tx.news.place([("s1", "e1")])
        before = tx.news.stories(), tx.news.versions(at(99))
    with store.writing() as tx:
        tx.news.add([first_seen(row, 50) for row in rows])
        tx.news.add([first_seen(row, 60) for row in reversed(rows)])
        assert (tx.news.stories(), tx.news.versions(at(99))) == before


def test_one_addition_may_hold_several_versions_of_a_story(store: Store) -> None:
    rows = [kept("s1", "a", seen=1), kept("s1", "b", seen=2), kept("s1", "a", seen=3), kept("s1", "c", seen=4), kept("s1", "c", seen=5)]
    with store.writing() as tx:
        tx.news.add(rows)
        assert tx.news.stories() == [("", first_seen(rows[3], 1))]
        assert tx.news.versions(at(9)) == [rows[0], rows[1], rows[3]]


def test_what_was_known_at_a_moment(store: Store) -> None:
    old, new, early = kept("s1", seen=10), kept("s1", "b", seen=20), kept("s2", published=-100, seen=15)
    with store.writing() as tx:
        tx.news.add([old, new, early])
    with store.reading() as tx:
        assert tx.news.versions(at(9.99)) == []
        assert tx.news.versions(at(10)) == [old]
        assert tx.news.versions(at(19.99)) == [early, old]
        assert tx.news.versions(at(20)) == [early, old, new]
        assert tx.news.versions(at(20), since=at(0)) == [old, new]


def test_stories_come_by_time_source_and_id_in_the_order_of_code_points(store: Store) -> None:
    """Not in that of the server's language: a snapshot has to be the same wherever it is taken."""
    sources = ["a", "B", "ä", "Z", "a b", "a-b", "\U0001f30a", "\uffee", "_"]
    rows = [kept(f"{number}{source}", source=source, published=number % 2) for number, source in enumerate(sources)]
    rows += [kept(name, source="B") for name in ("x", "X", "é")]
    with store.writing() as tx:
        tx.news.add(rows)
    with store.reading() as tx:
        given = [row.read.story.id for row in sorted(rows, key=lambda row: (row.read.story.published, row.read.story.source, row.read.story.id))]
        assert [row.read.story.id for _, row in tx.news.stories()] == given
        assert [row.read.story.id for row in tx.news.versions(at(0))] == given


def test_stories_of_a_time(store: Store) -> None:
    with store.writing() as tx:
        tx.news.add([kept(f"s{minute}", published=minute) for minute in range(5)])
        assert [row.read.story.id for _, row in tx.news.stories(since=at(1), until=at(3))] == ["s1", "s2"]


def test_many_at_once(store: Store) -> None:
    """More than one statement can name."""
    names = [f"s{number:05}" for number in range(2100)]
    with store.writing() as tx:
        tx.news.add(kept(name) for name in names)
        tx.news.add(kept(name, "b") for name in names)
        tx.news.place((name, "e") for name in names)
    with store.reading() as tx:
        assert tx.news.contents(names) == {name: {"a", "b"} for name in names}
        assert [(event, row.read.story.id) for event, row in tx.news.stories()] == [("e", name) for name in names]
