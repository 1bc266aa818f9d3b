"""The hash that names a state of the news: the same stories and changes give the same one, in whatever order they came."""

from __future__ import annotations

from collections.abc import Iterable

from rtm_gate.model.news import Change, Story
from rtm_gate.news.situations.changes import digest_of
from rtm_gate.news.text import long_hash

Identity = tuple[str, str, str]
"""Source, entry id and content hash of a story."""


def identity(story: Story) -> Identity:
    return story.source, story.entry, story.content


def snapshot_of(stories: Iterable[Identity], changes: Iterable[Change] = ()) -> str:
    """SHA-256 (hex) over the sorted stories, and over the changes that people made (rulings: definitions 3)."""
    told = long_hash(*(part for row in sorted(set(stories)) for part in row))
    decided = sorted({digest_of(change) for change in changes})
    return long_hash(told, *decided) if decided else told
