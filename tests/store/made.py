"""Stories and the like, made for a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rtm_gate.model.news import Kept, ReadStory, Story

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """Minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def kept(id: str, content: str = "a", *, published: float = 0, seen: float = 0, source: str = "Wire", feed: str = "wire") -> Kept:  # noqa: A002
    story = Story(id, source, f"entry of {id}", content, f"Title {id} {content}", "", "https://news.example", at(published), at(published), official=False)
    read = ReadStory(story, "disaster.storm", "major", None, 3, ("US-NY",), False, (), ("storm",), (), frozenset({"storm", "coast", id}))
    return Kept(feed, at(seen), read)


def first_seen(row: Kept, minutes: float) -> Kept:
    return replace(row, seen=at(minutes))
