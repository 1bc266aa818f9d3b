"""Whoever takes in news may die at any moment: what was kept is whole, and asking again loses nothing and doubles nothing."""

from __future__ import annotations

import os
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import sleep

import pytest

from rtm_gate.model.feeds import Feed
from rtm_gate.news import Reader
from rtm_gate.news.newsroom import Newsroom
from rtm_gate.news.polling import Desk, ingest
from rtm_gate.store import Store
from tests.news.polling.conftest import desk_of
from tests.news.polling.served import rss

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DEATHS = 200 if os.environ.get("RTM_GATE_SOAK") else 25
TITLES = ("Bridge collapse in Ohio kills six", "Six dead in Ohio bridge collapse", "Floods in Kent kill 12", "Library opens", "Kent floods: 13 dead")


def feeds_of(folder: Path, number: int) -> dict[str, Path]:
    """Three feeds at one time: some entries new, some edited since, most of them known."""
    found = {}
    for feed in ("a", "b", "c"):
        entries = [(f"{n}", f"{TITLES[(n + ord(feed)) % 5]}{' again' if n == number else ''}", NOON + timedelta(minutes=n)) for n in range(number + 3)]
        found[feed] = folder / f"{feed}{number}.xml"
        found[feed].write_text(rss(feed, *entries))
    return found


def take(desk: Desk, rounds: list[dict[str, Path]]) -> None:
    for number, files in enumerate(rounds):
        for feed, file in files.items():
            ingest(desk, [Feed(feed, "")], [file], feed, NOON + timedelta(minutes=10 * (number + 1)))


def kept(store: Store, read: Reader) -> tuple[object, ...]:
    with store.reading() as tx:
        stories = tx.news.stories()
        versions = Counter((row.read.story.id, row.read.story.content) for row in tx.news.versions(NOON + timedelta(days=1)))
        states = {name: (state.read, state.entries, state.digest) for name, state in tx.news.states().items()}
    assert set(versions.values()) == {1}
    news = Newsroom(store, [], read).news(NOON + timedelta(hours=12), 1800, everything=True)
    return stories, sorted(versions), states, news.situations, news.snapshot


def test_a_death_at_any_moment(store_address: str, reader: Reader, tmp_path: Path) -> None:
    rounds = [feeds_of(tmp_path, number) for number in range(3)]
    with Store.open(tmp_path / "undisturbed.db") as store:
        take(desk_of(store, reader), rounds)
        undisturbed = kept(store, reader)
    with Store.open(store_address):
        pass
    chance = Random(5)
    died = 0
    for _ in range(DEATHS):
        child = os.fork()
        if child == 0:
            # No cleaning up of what was the parent's, whatever happens.
            try:
                with Store.open(store_address) as mine:
                    take(desk_of(mine, reader), rounds)
            finally:
                os._exit(0)
        sleep(chance.uniform(0.02, 0.3))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        died += os.WIFSIGNALED(status)
        with Store.open(store_address) as store, store.reading() as tx:
            # Each poll is there whole or not at all: a feed's state never tells of stories that are not kept.
            ids = Counter(row.feed for row in tx.news.versions(NOON + timedelta(days=1)))
            assert all(ids[name] >= state.entries for name, state in tx.news.states().items() if state.read)
            assert all(event for event, _ in tx.news.stories())
    assert died
    with Store.open(store_address) as store:
        take(desk_of(store, reader), rounds)
        assert kept(store, reader) == undisturbed


pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
