"""What people post under a tag, read now: their posts fetched, read apart and forgotten; only hashes and topics stay."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rtm_gate.model.feeds import Feed, TagContext, TagUse
from rtm_gate.model.news import SourceHealth
from rtm_gate.news.fetching import Access, Fetched, fetch_all
from rtm_gate.news.reading.apart import Parsers, Reading
from rtm_gate.news.stories.classify import Reader
from rtm_gate.news.tags import READ_WITHIN, context_of, uses_of
from rtm_gate.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class TagReading:
    """What was read of a tag. Of a place, `entries` are the posts it lists and `new` those that count as uses; `problem` says what went wrong."""

    context: TagContext
    places: tuple[SourceHealth, ...]
    uses: tuple[TagUse, ...]


def look_at_tag(tag: str, feeds: Sequence[Feed], read: Reader, access: Access, now: datetime) -> TagReading:
    """Reads these feeds once, as at `now`, and keeps nothing. Never raises for a feed: its fault is its place's `problem`."""
    fetched = fetch_all([feed.address for feed in feeds], access)
    readings = asyncio.run(_apart(feeds, fetched, now))
    uses = uses_of((story for _, stories in readings for story in stories), tag, read, now)
    places = tuple(
        replace(health, name=feed.name, url=feed.address, new=len(uses_of(stories, tag, read, now)))
        for feed, (health, stories) in zip(feeds, readings, strict=True)
    )
    return TagReading(context_of(tag, uses, now), places, uses)


def read_tag(store: Store, tag: str, feeds: Sequence[Feed], read: Reader, access: Access, now: datetime) -> TagReading:
    """The same, kept. The `context` is of all that was read within the last hour, as a check sees it. Raises StoreError."""
    reading = look_at_tag(tag, feeds, read, access, now)
    with store.writing() as tx:
        tx.news.add_tag_uses(reading.uses)
        kept = tx.news.tag_uses(reading.context.tag, now - READ_WITHIN, now)
    return replace(reading, context=context_of(tag, kept, now))


def contexts_at(tx: Transaction, now: datetime) -> tuple[TagContext, ...]:
    """Of each tag read within the hour before `now`, in the order of their names."""
    uses = tx.news.tag_uses(None, now - READ_WITHIN, now)
    by_tag: dict[str, list[TagUse]] = {}
    for use in uses:
        by_tag.setdefault(use.tag, []).append(use)
    return tuple(context_of(tag, by_tag[tag], now) for tag in sorted(by_tag))


async def _apart(feeds: Sequence[Feed], fetched: Sequence[Fetched], now: datetime) -> list[Reading]:
    async with Parsers() as parsers:
        return list(await asyncio.gather(*(_one(parsers, feed, got, now) for feed, got in zip(feeds, fetched, strict=True))))


async def _one(parsers: Parsers, feed: Feed, got: Fetched, now: datetime) -> Reading:
    if got.problem:
        return SourceHealth(feed.name, feed.address, None, 0, 0, got.problem), ()
    return await parsers.read(got.data, feed.address, feed.name, now, now)
