"""The news of a project: its store when there is one, its files as they lie until then."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rtm_gate import news as newsroom
from rtm_gate.gate.people import strangers
from rtm_gate.gate.project import Project
from rtm_gate.gate.record import ledger_in
from rtm_gate.model.feeds import Feed, FeedState
from rtm_gate.model.news import Change, News, Situation
from rtm_gate.news import Reader
from rtm_gate.news.fetching import Access
from rtm_gate.news.sources import tag_addresses

if TYPE_CHECKING:
    from rtm_gate.news.newsroom import Newsroom
    from rtm_gate.news.polling import Desk, TagReading
    from rtm_gate.store import Store

# Late, wherever a store is asked: database and client of the web take longer to import than a check takes.
log = logging.getLogger("rtm_gate")


class ProjectNews:
    """Opens the store when it is first needed; `close` closes it. A check never makes a store, nor does it ask a server for anything."""

    def __init__(self, project: Project, read: Reader, stale_after: int) -> None:
        self._project, self._read, self._stale_after = project, read, stale_after
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._newsroom: Newsroom | None = None

    def at(self, now: datetime, fetched_at: datetime, *, everything: bool = False) -> News:
        """What is known at `now`; `everything`: also what no check asks about. Before there is a store, files count as read at `fetched_at`.

        A store that fails is the `fault` of the answer.
        """
        if self.is_kept():
            return self._kept(now, everything)
        files = [feed for feed in self._project.feeds if not feed.on_web]
        told = newsroom.gather([feed.address for feed in files], now=now, fetched_at=fetched_at, read=self._read, stale_after=self._stale_after)
        unread = [newsroom.health_of(feed, None, now, self._stale_after) for feed in self._project.feeds if feed.on_web]
        return replace(told, sources=(*told.sources, *unread))

    def desk(self) -> Desk:
        """Everything needed to take in news; makes the store. Raises StoreError."""
        from rtm_gate.news.polling import Desk

        access = Access(self._project.configuration.private)
        return Desk(self.store(), self._read, access, self._stale_after, timedelta(days=self._project.configuration.keep_news))

    def states(self) -> dict[str, FeedState]:
        """How reading each feed stands; empty before there is a store. Raises StoreError."""
        if not self.is_kept():
            return {}
        with self.store().reading() as tx:
            return tx.news.states()

    def store(self) -> Store:
        """Raises StoreError; ValueError outside a project."""
        address = self._project.store
        if address is None:
            raise ValueError("only a project keeps news: make one with `rtm-gate init`")
        from rtm_gate.store import Store

        with self._lock:
            if self._store is None:
                self._store = Store.open(address)
            return self._store

    def epoch(self, now: datetime) -> int:
        """The number of the state the news is in; makes the store. Raises StoreError."""
        return self._room().epoch(now, self._stale_after)

    def called(self, beginning: str, now: datetime) -> str:
        """The id of the one situation at `now` whose id begins so. Raises ValueError, and StoreError."""
        return situation_called(beginning, self._room().news(now, self._stale_after, everything=True)).id

    def strangers(self, person: str) -> list[str]:
        """Why this person may decide nothing here, in sentences: the project's directory, where it has one, does not know them."""
        return strangers(self._project.people, person)

    def decide(self, change: Change) -> None:
        """Keeps what a person decided, and its row of the record with it. Raises ValueError where they may decide nothing here; StoreError.

        HeadError where it counts, but its row could not be signed.
        """
        if problems := self.strangers(change.person):
            raise ValueError("; ".join(problems))
        from rtm_gate.desk.situations import add_decision
        from rtm_gate.news.newsroom import decide

        room = self._room()
        with ledger_in(self._project, self.store()).writing(change.at) as tx:
            decide(tx, change)
            add_decision(tx, change, room.called(tx, change.situation, change.at, self._stale_after))

    def tag(self, tag: str, now: datetime, files: Sequence[str] = ()) -> TagReading:
        """What people post under `tag`, read in `files` (paths or addresses), else where the catalog says posts are listed, as at `now`.

        A project keeps it for its checks; a policy alone keeps nothing. Raises StoreError.
        """
        from rtm_gate.news.polling import look_at_tag, read_tag

        templates = (template for template in self._project.catalog.tags if template.kind == "posts")
        feeds = [Feed(file, file) for file in files] or tag_addresses(tag, templates)
        access = Access(self._project.configuration.private, by_hand=bool(files))
        if self._project.store is None:
            return look_at_tag(tag, feeds, self._read, access, now)
        return read_tag(self.store(), tag, feeds, self._read, access, now)

    def close(self) -> None:
        with self._lock:
            if self._store is not None:
                self._store.close()
            self._store = self._newsroom = None

    def is_kept(self) -> bool:
        """Whether there is a store."""
        return self._project.has_store()

    def is_told(self) -> bool:
        """Whether anything says what is happening: feeds, or a store with news in it. One that fails is asked for news, and says so then."""
        if self._project.feeds or not self.is_kept():
            return bool(self._project.feeds)
        from rtm_gate.store import StoreError

        try:
            with self.store().reading() as tx:
                return tx.news.snapshot() is not None
        except StoreError:
            return True

    def _kept(self, now: datetime, everything: bool) -> News:
        from rtm_gate.store import StoreError

        try:
            return self._room().news(now, self._stale_after, everything=everything)
        except StoreError as error:
            log.exception("the store failed")
            return News(True, (), (), "", fault=str(error), failed="store")

    def _room(self) -> Newsroom:
        from rtm_gate.news.newsroom import Newsroom

        store = self.store()
        with self._lock:
            if self._newsroom is None:
                self._newsroom = Newsroom(store, self._project.feeds, self._read)
            return self._newsroom


def named(feeds: Sequence[Feed], names: Sequence[str]) -> list[Feed]:
    """The feeds called so; all where no name is given. Raises ValueError that lists every name nobody has."""
    by_name = {feed.name: feed for feed in feeds}
    if unknown := [name for name in names if name not in by_name]:
        raise ValueError(f"no feed of this project is called {', '.join(unknown)}; `rtm-gate feeds list` names them")
    return [by_name[name] for name in dict.fromkeys(names)] if names else list(feeds)


def situation_called(beginning: str, news: News) -> Situation:
    """The one situation whose id begins so. Raises ValueError with a sentence where there is none, or more than one."""
    found = [one for one in news.situations if one.id.startswith(beginning)]
    if not found:
        raise ValueError(f"there is no situation `{beginning}`; `rtm-gate situations list --all` names them")
    if len(found) > 1:
        raise ValueError(f"{len(found)} situations begin with `{beginning}`: {', '.join(one.id for one in found[:5])}")
    return found[0]
