"""A saved feed taken as if it had been polled at a time of the caller's choice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rtm_gate.model.feeds import Feed, FeedState
from rtm_gate.news.fetching import fetch
from rtm_gate.news.polling.desk import Desk
from rtm_gate.news.polling.poll import Polled, failed, known_of, told_by
from rtm_gate.news.polling.record import record
from rtm_gate.news.polling.schedule import due
from rtm_gate.news.reading.feed import read_feed


def saved(feed: Feed, file: str, at: datetime, state: FeedState | None, stale_after: int) -> Polled:
    """What a poll of `feed` at `at` would have brought, had its answer been this file. Never raises: a fault is the state's `problem`."""
    known = known_of(feed, state)
    # Before it is read: what is written meanwhile is read the next time.
    modified = signature(file) if file == feed.address else ""
    fetched = fetch(file)
    if fetched.problem:
        return failed(feed, known, fetched.problem, at, stale_after)
    health, stories = read_feed(fetched.data, file, at, at)
    if health.problem and not stories:
        return failed(feed, known, health.problem, at, stale_after)
    digest = hashlib.sha256(fetched.data).hexdigest()
    after = replace(known, tried=at, read=at, digest=digest, etag="", modified=modified, failures=0, unchanged=0, problem=health.problem)
    after = replace(after, due=due(feed, after, at, stale_after=stale_after))
    return Polled(feed, at, after, told_by(feed, stories), entries=health.entries)


def signature(file: str) -> str:
    """Size and time of a file: while they stay, so do its words. Empty where there is no file."""
    path = Path(unquote(urlsplit(file).path) if file.startswith("file:") else file)
    with suppress(OSError, ValueError):
        found = path.stat()
        return f"{found.st_mtime_ns} {found.st_size}"
    return ""


def ingest(desk: Desk, feeds: Iterable[Feed], files: Iterable[Path], source: str, at: datetime) -> list[FeedState]:
    """The states after each file, taken one after the other as polls of the feed `source` at `at`. Raises StoreError."""
    feed = next((feed for feed in feeds if feed.name == source), Feed(source, ""))
    states = []
    for file in files:
        with desk.store.reading() as tx:
            known = tx.news.states().get(source)
        states += record(desk.store, [saved(feed, str(file), at, known, desk.stale_after)], desk.read)
    return states
