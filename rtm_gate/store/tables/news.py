"""What the gate keeps of the news. The nouns say what the columns mean: rtm_gate/model/feeds.py and rtm_gate/model/news.py."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, UniqueConstraint

from rtm_gate.store.tables import METADATA
from rtm_gate.store.types import Instant, Serial, Words

FEED = Table(
    "feed",
    METADATA,
    Column("feed", Words, primary_key=True),
    Column("address", Words, nullable=False),
    Column("etag", Words, nullable=False),
    Column("modified", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Column("tried", Instant),
    Column("read", Instant),
    Column("changed", Instant),
    Column("due", Instant),
    Column("failures", BigInteger, nullable=False),
    Column("unchanged", BigInteger, nullable=False),
    Column("problem", Words, nullable=False),
    Column("notice", Words, nullable=False),
    Column("moved", Words, nullable=False),
    Column("entries", BigInteger, nullable=False),
    Column("new", BigInteger, nullable=False),
)

POLL = Table(
    "poll",
    METADATA,
    Column("id", Serial, primary_key=True),
    Column("feed", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("problem", Words, nullable=False),
    Column("notice", Words, nullable=False),
    Column("entries", BigInteger, nullable=False),
    Column("new", BigInteger, nullable=False),
    Index(None, "feed", "at"),
    Index(None, "at"),
)

STORY = Table(
    "story",
    METADATA,
    Column("id", Words, primary_key=True),
    Column("feed", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("entry", Words, nullable=False),
    Column("content", Words, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("published", Instant, nullable=False),
    Column("alert", Boolean, nullable=False),
    Column("event", Words, nullable=False),
    Column("reading", Words, nullable=False),
    Index(None, "published"),
    Index(None, "event"),
)
"""Each story as it was read last; `seen` is when it was seen first. `event` is empty until it is placed."""

VERSION = Table(
    "version",
    METADATA,
    Column("id", Serial, primary_key=True),
    Column("story", Words, ForeignKey("story.id", ondelete="CASCADE"), nullable=False),
    Column("feed", Words, nullable=False),
    Column("content", Words, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("published", Instant, nullable=False),
    Column("reading", Words, nullable=False),
    UniqueConstraint("story", "content"),
    Index(None, "seen"),
    Index(None, "published"),
    sqlite_autoincrement=True,
)
"""Everything a story ever said, and when that was first seen: the news as it was known at any moment."""

EVENT = Table(
    "event",
    METADATA,
    Column("id", Words, primary_key=True),
    Column("first", Instant, nullable=False),
    Column("last", Instant, nullable=False),
    Column("until", Instant),
    Column("telling", Boolean, nullable=False),
    Index(None, "last"),
    Index(None, "until"),
)

SNAPSHOT = Table(
    "snapshot",
    METADATA,
    Column("id", Serial, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("digest", Words, nullable=False),
    Column("stories", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

CHANGE = Table(
    "change",
    METADATA,
    Column("id", Serial, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("situation", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("until", Instant),
    Column("title", Words, nullable=False),
    Column("topic", Words, nullable=False),
    Column("severity", Words),
    Column("regions", Words, nullable=False),
    sqlite_autoincrement=True,
)

TAG_USE = Table(
    "tag_use",
    METADATA,
    Column("tag", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("at", Instant, primary_key=True),
    Column("published", Instant, nullable=False),
    Column("topic", Words, nullable=False),
    Column("sensitive", Boolean, nullable=False),
    Index(None, "at"),
)
