"""How reading the feeds stands, and each attempt at it."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import Row, delete, func, insert, or_, select

from rtm_gate.model.feeds import FeedState, LastPolls, Poll
from rtm_gate.store.shelf import Shelf
from rtm_gate.store.tables.news import FEED, POLL

_POLL = [POLL.c[field.name] for field in fields(Poll)]


class Feeds(Shelf):
    def states(self) -> dict[str, FeedState]:
        """By name, in the order of the names."""
        return {row.feed: FeedState(**row._mapping) for row in self._connection.execute(select(FEED).order_by(FEED.c.feed))}

    def save(self, state: FeedState) -> None:
        """In place of what was known of this feed."""
        self._connection.execute(delete(FEED).where(FEED.c.feed == state.feed))
        self._connection.execute(insert(FEED), asdict(state))

    def add_poll(self, poll: Poll) -> None:
        self._connection.execute(insert(POLL), asdict(poll))

    def polls(self, feed: str | None = None, before: datetime | None = None, limit: int | None = None) -> list[Poll]:
        """The newest first. `before` itself is not included."""
        asked = select(*_POLL).order_by(POLL.c.at.desc(), POLL.c.id.desc()).limit(limit)
        if feed is not None:
            asked = asked.where(POLL.c.feed == feed)
        if before is not None:
            asked = asked.where(POLL.c.at < before)
        return [_poll(row) for row in self._connection.execute(asked)]

    def latest_polls(self, at: datetime) -> dict[str, LastPolls]:
        """Of each feed that was tried at or before a moment: the last attempt by then that read it, be it with a fault, and the last of all."""
        good = {poll.feed: poll for poll in self._last_of_each(at, only_good=True)}
        return {poll.feed: LastPolls(good.get(poll.feed), poll) for poll in self._last_of_each(at, only_good=False)}

    def last_poll_at(self) -> datetime | None:
        return self._connection.execute(select(func.max(POLL.c.at))).scalar()

    def _last_of_each(self, at: datetime, *, only_good: bool) -> list[Poll]:
        # From one name to the next, and there to the last attempt, each by the index on (feed, at): polls are many, feeds are few.
        names = select(func.min(POLL.c.feed).label("feed")).cte("names", recursive=True)
        after = select(func.min(POLL.c.feed)).where(POLL.c.feed > names.c.feed).scalar_subquery()
        names = names.union_all(select(after).where(names.c.feed.is_not(None)))
        one = POLL.alias()
        tried = select(one.c.id).where(one.c.feed == names.c.feed, one.c.at <= at)
        if only_good:
            tried = tried.where(or_(one.c.problem == "", one.c.entries > 0))
        newest = tried.order_by(one.c.at.desc(), one.c.id.desc()).limit(1).scalar_subquery()
        return [_poll(row) for row in self._connection.execute(select(*_POLL).join_from(names, POLL, POLL.c.id == newest).order_by(POLL.c.feed))]


def _poll(row: Row[tuple[object, ...]]) -> Poll:
    return Poll(**row._mapping)
