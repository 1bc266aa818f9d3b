"""Feeds, polls, stories and their versions, events, snapshots, changes made by hand, uses of tags."""

import sqlalchemy as sa
from alembic import op

from rtm_gate.store.types import Instant, Serial, Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("id", Serial, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("situation", Words, nullable=False),
        sa.Column("action", Words, nullable=False),
        sa.Column("person", Words, nullable=False),
        sa.Column("reason", Words, nullable=False),
        sa.Column("until", Instant),
        sa.Column("title", Words, nullable=False),
        sa.Column("topic", Words, nullable=False),
        sa.Column("severity", Words),
        sa.Column("regions", Words, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("id", Words, nullable=False),
        sa.Column("first", Instant, nullable=False),
        sa.Column("last", Instant, nullable=False),
        sa.Column("until", Instant),
        sa.Column("telling", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_last", "event", ["last"])
    op.create_index("ix_event_until", "event", ["until"])

    op.create_table(
        "feed",
        sa.Column("feed", Words, nullable=False),
        sa.Column("address", Words, nullable=False),
        sa.Column("etag", Words, nullable=False),
        sa.Column("modified", Words, nullable=False),
        sa.Column("digest", Words, nullable=False),
        sa.Column("tried", Instant),
        sa.Column("read", Instant),
        sa.Column("changed", Instant),
        sa.Column("due", Instant),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("unchanged", sa.BigInteger(), nullable=False),
        sa.Column("problem", Words, nullable=False),
        sa.Column("notice", Words, nullable=False),
        sa.Column("moved", Words, nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("new", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("feed", name="pk_feed"),
    )
    op.create_table(
        "poll",
        sa.Column("id", Serial, nullable=False),
        sa.Column("feed", Words, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("problem", Words, nullable=False),
        sa.Column("notice", Words, nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("new", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_poll"),
    )
    op.create_index("ix_poll_at", "poll", ["at"])
    op.create_index("ix_poll_feed_at", "poll", ["feed", "at"])

    op.create_table(
        "snapshot",
        sa.Column("id", Serial, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("digest", Words, nullable=False),
        sa.Column("stories", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_snapshot"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "story",
        sa.Column("id", Words, nullable=False),
        sa.Column("feed", Words, nullable=False),
        sa.Column("source", Words, nullable=False),
        sa.Column("entry", Words, nullable=False),
        sa.Column("content", Words, nullable=False),
        sa.Column("seen", Instant, nullable=False),
        sa.Column("published", Instant, nullable=False),
        sa.Column("alert", sa.Boolean(), nullable=False),
        sa.Column("event", Words, nullable=False),
        sa.Column("reading", Words, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
    )
    op.create_index("ix_story_event", "story", ["event"])
    op.create_index("ix_story_published", "story", ["published"])

    op.create_table(
        "tag_use",
        sa.Column("tag", Words, nullable=False),
        sa.Column("key", Words, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("published", Instant, nullable=False),
        sa.Column("topic", Words, nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tag", "key", name="pk_tag_use"),
    )
    op.create_index("ix_tag_use_at", "tag_use", ["at"])

    op.create_table(
        "version",
        sa.Column("id", Serial, nullable=False),
        sa.Column("story", Words, nullable=False),
        sa.Column("feed", Words, nullable=False),
        sa.Column("content", Words, nullable=False),
        sa.Column("seen", Instant, nullable=False),
        sa.Column("published", Instant, nullable=False),
        sa.Column("reading", Words, nullable=False),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name="fk_version_story", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.UniqueConstraint("story", "content", name="uq_version_story_content"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_version_published", "version", ["published"])
    op.create_index("ix_version_seen", "version", ["seen"])
