"""The queue of drafts that wait. What is long stands last in a row: a look at what is short does not read it."""

import sqlalchemy as sa
from alembic import op

from rtm_gate.store.types import Instant, Words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "waiting",
        sa.Column("id", Words, nullable=False),
        sa.Column("content", Words, nullable=False),
        sa.Column("reader", Words, nullable=False),
        sa.Column("publish", Instant),
        sa.Column("due", Instant, nullable=False),
        sa.Column("added", Instant, nullable=False),
        sa.Column("state", Words, nullable=False),
        sa.Column("handed", Instant),
        sa.Column("claimed_by", Words),
        sa.Column("claimed_at", Instant),
        sa.Column("reported", Words, nullable=False),
        sa.Column("word", Words),
        sa.Column("judged", Instant),
        sa.Column("checked", Instant),
        sa.Column("valid_until", Instant),
        sa.Column("news", sa.BigInteger()),
        sa.Column("policy", Words),
        sa.Column("halts", sa.BigInteger()),
        sa.Column("signs", sa.BigInteger()),
        sa.Column("inputs", Words),
        sa.Column("turns", Instant),
        sa.Column("draft", Words, nullable=False),
        sa.Column("analysis", Words, nullable=False),
        sa.Column("verdict", Words),
        sa.PrimaryKeyConstraint("id", name="pk_waiting"),
    )
    op.create_index("ix_waiting_due_id", "waiting", ["due", "id"])
    # All that is asked to find out which answers are too old: the rows themselves are then not read.
    op.create_index("ix_waiting_state", "waiting", ["state", "word", "news", "policy", "halts", "valid_until"])
