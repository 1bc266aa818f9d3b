"""Feeds to news: fetch, read, classify, merge. The only clock is the caller's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rtm_gate.model.news import News, ReadStory, SourceHealth, Story
from rtm_gate.news.fetching import BY_HAND, Access, Fetched, fetch_all
from rtm_gate.news.health import aged
from rtm_gate.news.reading.feed import read_feed
from rtm_gate.news.reading.story import make_story
from rtm_gate.news.situations.build import situations_of
from rtm_gate.news.snapshot import identity, snapshot_of
from rtm_gate.news.stories.classify import Reader, classify
from rtm_gate.news.stories.versions import current
from rtm_gate.news.stories.words import tokens_of
from rtm_gate.news.text import plain

OFFICIAL = frozenset({"nws", "national weather service", "usgs", "gdacs", "fema", "hi-ema", "met office", "meteoalarm", "noaa"})
"""Names that a hand-written headline may give as its source to count as official."""


def headline(text: str, source: str, published: datetime) -> Story:
    """A story that somebody wrote by hand: `--story`, and the `news` of a policy's test block."""
    title = plain(text)
    return make_story(
        source=source,
        entry=title,
        title=title,
        summary="",
        url="",
        published=published,
        updated=published,
        fetched=published,
        official=source.casefold() in OFFICIAL,
    )


def healthy(name: str, read: datetime) -> SourceHealth:
    """A source that the caller vouches for: headlines given by hand, the news of a policy's test block."""
    return SourceHealth(name, "", read, 0, 0)


def gather(
    feeds: Sequence[str],
    *,
    now: datetime,
    fetched_at: datetime,
    read: Reader,
    stories: Sequence[Story] = (),
    stale_after: int = 1800,
    access: Access = BY_HAND,
) -> News:
    """The news of these feeds (paths or addresses) and stories as of `now`. `read` analyses a text; `stale_after` is seconds.

    `access` says which private addresses may be read: by default those that `feeds` name themselves.
    Neither the order of `feeds` nor that of `stories` matters. Faults of a feed are in its health.
    """
    sources: list[SourceHealth] = []
    every: list[Story] = list(stories)
    wheres = sorted(set(feeds))
    for where, fetched in zip(wheres, fetch_all(wheres, access), strict=True):
        health, found = read_source(where, fetched, fetched_at, now)
        sources.append(aged(health, now, stale_after))
        every += found
    return News(
        given=True,
        situations=situations_of(read_stories(every, read, now), now),
        sources=tuple(sorted(sources, key=lambda source: (source.name, source.url))),
        snapshot=snapshot_of(identity(story) for story in every),
    )


def read_source(where: str, fetched: Fetched, fetched_at: datetime, now: datetime) -> tuple[SourceHealth, tuple[Story, ...]]:
    """One feed, read; or why it could not be fetched."""
    if fetched.problem:
        return SourceHealth(where.rstrip("/").rpartition("/")[2] or where, where, None, 0, 0, fetched.problem), ()
    return read_feed(fetched.data, where, fetched_at, now)


def read_stories(stories: Sequence[Story], read: Reader, now: datetime) -> tuple[ReadStory, ...]:
    """Each story once, in its latest version; the words of earlier versions still help to find its event."""
    versions: dict[str, list[Story]] = {}
    for story in stories:
        versions.setdefault(story.id, []).append(story)
    found = []
    for same in versions.values():
        classified = classify(current(same), read, now)
        tokens = classified.tokens.union(*(tokens_of(story.title) for story in same))
        found.append(replace(classified, tokens=tokens))
    return tuple(sorted(found, key=lambda row: (row.story.published, row.story.source, row.story.id)))
