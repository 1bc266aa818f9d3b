"""A text that uses a tag is kept each time it is read: what was read an hour ago says nothing of now, and what was known then stays known."""

import sqlalchemy as sa
from alembic import op

from rtm_gate.store.types import Instant, Words

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # Nothing was ever written to the table in its first form.
    op.drop_table("tag_use")
    op.create_table(
        "tag_use",
        sa.Column("tag", Words, nullable=False),
        sa.Column("key", Words, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("published", Instant, nullable=False),
        sa.Column("topic", Words, nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tag", "key", "at", name="pk_tag_use"),
    )
    op.create_index("ix_tag_use_at", "tag_use", ["at"])
