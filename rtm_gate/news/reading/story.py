"""A story with its hashes, whatever it was read from."""

from __future__ import annotations

from dataclasses import astuple
from datetime import datetime

from rtm_gate.model.news import Alert, Story
from rtm_gate.news.text import long_hash, short_hash, site

FIRST_FEEDS = 1995


def sane(date: datetime | None) -> datetime | None:
    """A date before there were feeds is a fault of the publisher's system: no date at all."""
    return date if date is not None and date.year >= FIRST_FEEDS else None


def make_story(
    *,
    source: str,
    entry: str,
    title: str,
    summary: str,
    url: str,
    published: datetime | None,
    updated: datetime | None,
    fetched: datetime,
    categories: tuple[str, ...] = (),
    alert: Alert | None = None,
    official: bool = False,
    outlet: str = "",
    part: int = 1,
) -> Story:
    """A story with its hashes. Without a date it is as new as the fetch. `part` counts the stories of one entry, where it tells several."""
    said = repr(astuple(alert)) if alert else ""
    return Story(
        id=id_of(source, site(url), entry, part),
        source=source,
        entry=entry,
        content=long_hash(title, summary, said),
        title=title,
        summary=summary,
        url=url,
        published=published or fetched,
        updated=max(filter(None, (published, updated)), default=fetched),
        official=official or alert is not None,
        dated=published is not None,
        categories=categories,
        alert=alert,
        outlet=outlet,
    )


def id_of(source: str, where: str, entry: str, part: int = 1) -> str:
    """The id of a story: of who told it, the site of its link, and its place in the feed."""
    return short_hash(source, where, entry, *([str(part)] if part > 1 else []))


def latest(stories: list[Story]) -> tuple[Story, ...]:
    """Each story once: of those with one id the later in time, of equals the one that comes later."""
    found: dict[str, Story] = {}
    for story in stories:
        known = found.get(story.id)
        if known is None or (story.updated, story.published) >= (known.updated, known.published):
            found[story.id] = story
    return tuple(found.values())
