"""The news of a project: what its store keeps of its feeds, as situations at a moment."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rtm_gate.model.feeds import Feed, FeedState, LastPolls
from rtm_gate.model.news import Change, Kept, News, ReadStory, Situation, SourceHealth
from rtm_gate.news.health import health_of
from rtm_gate.news.polling.ingest import saved, signature
from rtm_gate.news.polling.poll import Polled
from rtm_gate.news.polling.record import mark, record
from rtm_gate.news.polling.tags import contexts_at
from rtm_gate.news.situations import by_hand, situations_at, situations_of
from rtm_gate.news.situations.changes import lasts_until
from rtm_gate.news.situations.hand import names_of
from rtm_gate.news.situations.life import FORGOTTEN
from rtm_gate.news.snapshot import identity, snapshot_of
from rtm_gate.news.stories.classify import Reader, classify
from rtm_gate.news.text import short_hash
from rtm_gate.news.times import first_after
from rtm_gate.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made of one epoch of the news: it holds from `since` to before `until` (None: for ever)."""

    epoch: int
    digest: str
    events: Mapping[str, Sequence[ReadStory]]
    situations: tuple[Situation, ...]
    since: datetime
    until: datetime | None


class Newsroom:
    """Reads one store for one list of feeds. Thread safe. What it made of the news is kept until the news, or the hour, changes it."""

    def __init__(self, store: Store, feeds: Sequence[Feed], read: Reader) -> None:
        self._store, self._feeds, self._read = store, tuple(feeds), read
        self._files = tuple(feed for feed in feeds if not feed.on_web)
        self._lock = threading.Lock()
        self._made: _Made | None = None

    def news(self, now: datetime, stale_after: int, *, everything: bool = False) -> News:
        """What was known at `now`; `stale_after` in seconds; `everything`: also what no check asks about. Raises StoreError.

        Feeds that are files cost nothing to read: they are as fresh as the question, and what changed in them is taken in first.
        Tags read within the last hour come along; the snapshot does not name them: it is of the stories, and the same inputs have the same of both.
        """
        self._take_in_files(now, stale_after)
        with self._store.reading() as tx:
            last = tx.news.last_poll_at()
            if last is not None and now < last:
                return self._as_of(tx, now, stale_after)
            made = self._make(tx, now, _all_events(tx, now)) if everything else self._current(tx, now)
            sources = tuple(self._sources(tx.news.states(), now, stale_after))
            return News(True, made.situations, sources, made.digest, tags=contexts_at(tx, now))

    def epoch(self, now: datetime, stale_after: int) -> int:
        """The number of the state the news is in: a later one is larger. What changed in files is taken in first. Raises StoreError."""
        self._take_in_files(now, stale_after)
        with self._store.reading() as tx:
            return _epoch(tx)

    def called(self, tx: Transaction, name: str, now: datetime, stale_after: int) -> Situation | None:
        """The situation that has or had this id, as it is at `now` for whoever is writing; None where no check asks about it."""
        last = tx.news.last_poll_at()
        past = last is not None and now < last
        situations = self._as_of(tx, now, stale_after).situations if past else self._make(tx, now, _events(tx, now)).situations
        return next((situation for situation in situations if name in names_of(situation)), None)

    def _current(self, tx: Transaction, now: datetime) -> _Made:
        with self._lock:
            made = self._made
            if made is None or made.epoch != _epoch(tx) or now < made.since:
                made = self._make(tx, now, _events(tx, now))
            elif made.until is not None and made.until <= now:
                made = self._make(tx, now, made.events)
            self._made = made
            return made

    def _make(self, tx: Transaction, now: datetime, events: Mapping[str, Sequence[ReadStory]]) -> _Made:
        changes = tx.news.changes()
        reads = [read for members in events.values() for read in members]
        situations = by_hand(situations_at(events, now), changes, now, reads, self._read)
        until = first_after(now, (*(situation.turns for situation in situations), *(change.at for change in changes)))
        snapshot = tx.news.snapshot()
        return _Made(_epoch(tx), snapshot.digest if snapshot else snapshot_of(()), events, situations, now, until)

    def _take_in_files(self, now: datetime, stale_after: int) -> None:
        if not self._files:
            return
        with self._store.reading() as tx:
            last, states = tx.news.last_poll_at(), tx.news.states()
        if last is not None and now < last:
            return
        changed = [feed for feed in self._files if not _as_it_lies(feed, states.get(feed.name))]
        found = [saved(feed, feed.address, now, states.get(feed.name), stale_after) for feed in changed]
        # A file that fails as it did before is told once: a check must not write each time it is asked.
        if told := [one for one in found if not _known_to_fail(one, states.get(one.feed.name))]:
            record(self._store, told, self._read)

    def _as_of(self, tx: Transaction, now: datetime, stale_after: int) -> News:
        """The world as it was known before the last poll: put together anew from what had been seen by then."""
        files = [saved(feed, feed.address, now, None, stale_after) for feed in self._files]
        names = {feed.name for feed in self._files}
        seen = sorted(tx.news.versions(now), key=lambda kept: kept.seen)
        told = [kept.read for kept in seen if kept.feed not in names]
        told += [classify(story, self._read, now) for one in files for story in one.stories]
        reads = tuple({read.story.id: read for read in told}.values())
        changes = tx.news.changes(now)
        situations = by_hand(situations_of(reads, now), changes, now, reads, self._read)
        addresses = {feed.name: feed.address for feed in self._feeds}
        states = {name: _state_then(polls, addresses.get(name, "")) for name, polls in tx.news.latest_polls(now).items()}
        states |= {one.feed.name: one.state for one in files}
        digest = snapshot_of((identity(read.story) for read in reads), changes)
        return News(True, situations, tuple(self._sources(states, now, stale_after)), digest, tags=contexts_at(tx, now))

    def _sources(self, states: Mapping[str, FeedState], now: datetime, stale_after: int) -> Iterable[SourceHealth]:
        """The feeds of the project, and what was taken in under other names as long as it is fresh, or alone."""
        listed = {feed.name for feed in self._feeds}
        for feed in sorted(self._feeds, key=lambda feed: feed.name):
            state = states.get(feed.name)
            if state is not None and feed in self._files and state.tried == state.read and _as_it_lies(feed, state):
                state = replace(state, tried=now, read=now)
            yield health_of(feed, state, now, stale_after)
        for name, state in states.items():
            if name not in listed:
                health = health_of(Feed(name, state.address), state, now, stale_after)
                if health.healthy or not listed:
                    yield health


def decide(tx: Transaction, change: Change) -> None:
    """Keeps what a person decided about a situation, as a new state of the news."""
    tx.news.add_change(change)
    mark(tx.news, change.at)


def _epoch(tx: Transaction) -> int:
    snapshot = tx.news.snapshot()
    return snapshot.id if snapshot else 0


def _events(tx: Transaction, now: datetime) -> dict[str, list[ReadStory]]:
    """Members, by event, of the events that may matter to a check at `now`, or that somebody keeps open."""
    since = now - FORGOTTEN
    found = tx.news.members_of_current(since)
    found |= tx.news.members(_extended(tx, now, found) - found.keys())
    alerts = [(kept.read.story, kept.read.story.alert) for members in found.values() for kept in members]
    oldest = min((story.published for story, alert in alerts if alert and alert.ends and alert.ends > since), default=since)
    if oldest < since:
        # What updates or cancels an old alert may be an event of its own, of which nothing else is heard any more.
        found |= tx.news.members({event for event, _ in tx.news.stories(oldest, since, alerts_only=True)} - found.keys())
    return {event: [kept.read for kept in members] for event, members in found.items()}


def _extended(tx: Transaction, now: datetime, found: Mapping[str, Sequence[Kept]]) -> set[str]:
    """The events that people keep open beyond the news of them, whatever they were called when that was decided."""
    called = {change.situation for change in tx.news.changes() if change.action == "extend" and now < lasts_until(change)}
    called -= found.keys()
    called -= {short_hash(kept.read.story.id) for members in found.values() for kept in members} if called else set()
    return {event for story, event in tx.news.homes() if event in called or short_hash(story) in called} if called else set()


def _all_events(tx: Transaction, now: datetime) -> dict[str, list[ReadStory]]:
    """Of everything that is kept: what was published long ago may have been edited since."""
    events = _events(tx, now)
    told: dict[str, list[ReadStory]] = {}
    for event, kept in tx.news.stories():
        if event not in events:
            told.setdefault(event, []).append(kept.read)
    return events | told


def _as_it_lies(feed: Feed, state: FeedState | None) -> bool:
    """Whether a file was read in the state in which it is now."""
    return state is not None and state.address == feed.address and state.modified == signature(feed.address) != ""


def _known_to_fail(one: Polled, state: FeedState | None) -> bool:
    return state is not None and state.address == one.feed.address and one.state.read != one.at and state.problem == one.state.problem


def _state_then(polls: LastPolls, address: str) -> FeedState:
    """How a feed stood after these polls. One that failed brought no entries; one that found fault with what it read did."""
    last = polls.last
    read = last if last.entries else polls.good
    state = FeedState(last.feed, address, tried=last.at, problem=last.problem, notice=last.notice)
    return state if read is None else replace(state, read=read.at, entries=read.entries, new=read.new if read is last else 0)
