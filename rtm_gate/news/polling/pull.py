"""Feeds asked together: each once (`pull`), or each whenever it is due (`watch`)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rtm_gate.model.feeds import Feed, FeedState
from rtm_gate.news.fetching.web import Fetcher
from rtm_gate.news.polling.desk import Desk
from rtm_gate.news.polling.ingest import saved
from rtm_gate.news.polling.poll import Polled, failed, known_of, poll
from rtm_gate.news.polling.record import forget, record
from rtm_gate.news.reading.apart import Parsers
from rtm_gate.store import Store

log = logging.getLogger("rtm_gate")
CLAIM = timedelta(minutes=1)
"""So long a feed belongs to the worker that began to ask for it; after that it is taken to have died."""
GATHERED = 1.0
"""Seconds within which polls that end are kept together: one by one they would lock the store as often."""
LONGEST_REST = 5.0
"""Seconds after which a watching worker looks again whether a feed is due: others may have changed that."""


def clock() -> datetime:
    return datetime.now(UTC)


Said = Callable[[FeedState], None]
Resting = Callable[[datetime | None], None]


def pull(desk: Desk, feeds: Sequence[Feed], said: Said = lambda state: None) -> list[FeedState]:
    """Asks each feed once, now, whenever it is due; answers in their order. `said` hears of each as it is kept. Raises StoreError."""
    found = asyncio.run(_once(desk, feeds, said))
    forget(desk, clock())
    return [found[feed.name] for feed in feeds]


def watch(desk: Desk, feeds: Sequence[Feed], said: Said, resting: Resting, until: datetime | None = None) -> None:
    """Asks each feed whenever it is due, for ever or `until`. `resting` hears when the next one is due. Raises StoreError.

    Several may watch one store: each feed is asked by one of them at a time.
    """
    asyncio.run(_on_and_on(desk, feeds, said, resting, until))


async def _once(desk: Desk, feeds: Sequence[Feed], said: Said) -> dict[str, FeedState]:
    async with Parsers() as parsers:
        return await _Polling(desk, parsers).once(feeds, said)


async def _on_and_on(desk: Desk, feeds: Sequence[Feed], said: Said, resting: Resting, until: datetime | None) -> None:
    async with Parsers() as parsers:
        await _Polling(desk, parsers).on_and_on(feeds, said, resting, until)


class _Polling:
    def __init__(self, desk: Desk, parsers: Parsers) -> None:
        self._desk, self._parsers = desk, parsers

    async def once(self, feeds: Sequence[Feed], said: Said) -> dict[str, FeedState]:
        kept: dict[str, FeedState] = {}
        async for batch in self._batches(feeds):
            for state in await asyncio.to_thread(record, self._desk.store, batch, self._desk.read):
                kept[state.feed] = state
                said(state)
        return kept

    async def on_and_on(self, feeds: Sequence[Feed], said: Said, resting: Resting, until: datetime | None) -> None:
        while until is None or clock() < until:
            mine = await asyncio.to_thread(_claim, self._desk.store, feeds, clock())
            if mine:
                await self.once(mine, said)
                await asyncio.to_thread(forget, self._desk, clock())
            due = await asyncio.to_thread(_next, self._desk.store, feeds)
            resting(due)
            wake = min(moment for moment in (due, until, clock() + timedelta(seconds=LONGEST_REST)) if moment is not None)
            await asyncio.sleep(max(0.0, (wake - clock()).total_seconds()))

    async def _batches(self, feeds: Sequence[Feed]) -> AsyncIterator[list[Polled]]:
        """The polls as they end, those of about one second together."""
        with self._desk.store.reading() as tx:
            states = tx.news.states()
        fetcher = Fetcher(self._desk.access, deadline=self._desk.deadline)
        waiting = {asyncio.create_task(self._polled(feed, states.get(feed.name), fetcher)) for feed in feeds}
        while waiting:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if waiting:
                more, waiting = await asyncio.wait(waiting, timeout=GATHERED)
                done |= more
            yield sorted((task.result() for task in done), key=lambda one: one.feed.name)

    async def _polled(self, feed: Feed, state: FeedState | None, fetcher: Fetcher) -> Polled:
        """One feed's fault must not end the others' polls."""
        try:
            if not feed.on_web:
                return await asyncio.to_thread(saved, feed, feed.address, clock(), state, self._desk.stale_after)
            return await poll(feed, state, fetcher, self._parsers, clock(), self._desk.stale_after)
        except Exception as error:
            log.exception("asking for %s failed", feed.name)
            return failed(feed, known_of(feed, state), f"asking for it failed inside the gate: {type(error).__name__}", clock(), self._desk.stale_after)


def _claim(store: Store, feeds: Sequence[Feed], now: datetime) -> list[Feed]:
    """Those that are due and that no other worker asks for at the moment."""
    with store.writing() as tx:
        states = tx.news.states()
        mine = [feed for feed in feeds if _is_due(states.get(feed.name), feed, now)]
        for feed in mine:
            tx.news.save(replace(known_of(feed, states.get(feed.name)), due=now + CLAIM))
    return mine


def _is_due(state: FeedState | None, feed: Feed, now: datetime) -> bool:
    return state is None or state.due is None or state.due <= now or state.address != feed.address


def _next(store: Store, feeds: Sequence[Feed]) -> datetime | None:
    with store.reading() as tx:
        states = tx.news.states()
    return min((state.due for feed in feeds if (state := states.get(feed.name)) and state.due), default=None)
