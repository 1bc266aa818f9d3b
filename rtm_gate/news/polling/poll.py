"""One feed on the web, asked once: its bytes fetched and read, and how it stands after that."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rtm_gate.model.feeds import Feed, FeedState
from rtm_gate.model.news import Story
from rtm_gate.news.fetching import Fetched
from rtm_gate.news.fetching.web import Fetcher
from rtm_gate.news.polling.odd import asks_for_all
from rtm_gate.news.polling.schedule import due
from rtm_gate.news.reading.apart import Parsers
from rtm_gate.news.reading.story import id_of
from rtm_gate.news.text import site

CACHED = timedelta(hours=1)
"""So long an answer may lie in a cache on the way before its server is said to hide changes."""


@dataclass(frozen=True, slots=True)
class Polled:
    """`state` after the attempt, but for what its stories bring; `stories` are all that the feed holds now. `at` is UTC.

    `same`: the very bytes of the last time, or the server's word for it. `hidden_before`: what is older than this and new all the
    same was hidden by a server that said nothing had changed.
    """

    feed: Feed
    at: datetime
    state: FeedState
    stories: tuple[Story, ...] = ()
    same: bool = False
    entries: int = 0
    hidden_before: datetime | None = None


async def poll(feed: Feed, state: FeedState | None, fetcher: Fetcher, parsers: Parsers, now: datetime, stale_after: int) -> Polled:
    """Never raises: a fault is the state's `problem`. `stale_after` in seconds."""
    known = known_of(feed, state)
    conditions = {} if asks_for_all(known) else {"etag": known.etag, "modified": known.modified}
    fetched = await fetcher.fetch(feed.address, **conditions)
    if fetched.problem:
        return failed(feed, known, fetched.problem, now, stale_after, fetched.wait)
    if fetched.unchanged:
        return Polled(feed, now, _well(feed, known, fetched, known.digest, now, stale_after, unchanged=known.unchanged + 1), same=True, entries=known.entries)
    # These bytes are the server's word that it hides nothing.
    digest = hashlib.sha256(fetched.data).hexdigest()
    if digest == known.digest and known.read is not None and not known.problem:
        return Polled(feed, now, _well(feed, known, fetched, digest, now, stale_after), same=True, entries=known.entries)
    health, stories = await parsers.read(fetched.data, feed.address, feed.name, now, now)
    if health.problem and not stories:
        return failed(feed, known, health.problem, now, stale_after, fetched.wait)
    after = replace(_well(feed, known, fetched, digest, now, stale_after), problem=health.problem)
    if health.problem:
        # What was wrong stays wrong while nothing changes: it is asked for all of it until it can be read well.
        after = replace(after, etag="", modified="", digest="")
    hidden = known.read - CACHED if known.read and known.unchanged and not conditions else None
    return Polled(feed, now, after, told_by(feed, stories), entries=health.entries, hidden_before=hidden)


def known_of(feed: Feed, state: FeedState | None) -> FeedState:
    """What is kept of reading a feed, where it still lives at the same address; else nothing."""
    return state if state is not None and state.address == feed.address else FeedState(feed.name, feed.address)


def failed(feed: Feed, known: FeedState, problem: str, now: datetime, stale_after: int, wait: int | None = None) -> Polled:
    after = replace(known, tried=now, failures=known.failures + 1, problem=problem)
    return Polled(feed, now, replace(after, due=due(feed, after, now, stale_after=stale_after, wait=wait)))


def told_by(feed: Feed, stories: Iterable[Story]) -> tuple[Story, ...]:
    """The stories under the name their feed has in the catalog, official where that says so. A feed without one keeps its channel's title.

    An entry that tells several stories has as many parts, in their order.
    """
    told = tuple(replace(story, official=story.official or feed.trust == "official") for story in stories)
    if feed.name == feed.address:
        return told
    parts: Counter[tuple[str, str]] = Counter()
    named = []
    for story in told:
        entry = site(story.url), story.entry
        parts[entry] += 1
        named.append(replace(story, id=id_of(feed.name, *entry, parts[entry]), source=feed.name))
    return tuple(named)


def _well(feed: Feed, known: FeedState, fetched: Fetched, digest: str, now: datetime, stale_after: int, *, unchanged: int = 0) -> FeedState:
    after = replace(
        known,
        etag=fetched.etag,
        modified=fetched.modified,
        digest=digest,
        tried=now,
        read=now,
        failures=0,
        unchanged=unchanged,
        problem="",
        moved=fetched.moved,
    )
    return replace(after, due=due(feed, after, now, stale_after=stale_after, wait=fetched.wait, fresh_for=fetched.fresh_for))
