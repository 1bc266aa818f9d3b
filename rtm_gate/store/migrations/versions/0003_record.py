"""The record, and the triggers that keep it: rows are added at its end, and never changed or taken away; what is told in one may be masked."""

import sqlalchemy as sa
from alembic import op

from rtm_gate.store.types import Instant, Words

revision = "0003"
down_revision = "0002"

_KEPT = ("id", "at", "kind", "subject", "said", "seal", "previous", "hash")
_UNCHANGED = " AND ".join(f"NEW.{column} = OLD.{column}" for column in _KEPT)
_MASKED = f"({_UNCHANGED} AND NEW.told IS NULL AND NEW.salt IS NULL)"
_NEXT = "NEW.id = (SELECT COALESCE(MAX(id), 0) + 1 FROM entry)"
_REFUSED = {
    "entry_never_changes": ("entry", "UPDATE", _MASKED, "the record is never changed: what it tells may be masked, and nothing else"),
    "entry_never_goes": ("entry", "DELETE", "", "nothing is taken out of the record"),
    "entry_comes_last": ("entry", "INSERT", _NEXT, "a row of the record comes after the last one"),
    "body_never_changes": ("body", "UPDATE", "", "the record is never changed"),
    "body_never_goes": ("body", "DELETE", "", "nothing is taken out of the record"),
}
"""Trigger -> the table, what is tried, when it is let through (empty: never), and what is said otherwise."""


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("kind", Words, nullable=False),
        sa.Column("subject", Words, nullable=False),
        sa.Column("said", Words, nullable=False),
        sa.Column("told", Words),
        sa.Column("salt", Words),
        sa.Column("seal", Words, nullable=False),
        sa.Column("previous", Words, nullable=False),
        sa.Column("hash", Words, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
    )
    op.create_index("ix_entry_kind_id", "entry", ["kind", "id"])
    op.create_index("ix_entry_subject_id", "entry", ["subject", "id"])
    op.create_table(
        "body",
        sa.Column("digest", Words, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_body"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _postgresql()
    else:
        _sqlite()


def _sqlite() -> None:
    for name, (table, tried, unless, said) in _REFUSED.items():
        when = f" WHEN NOT ({unless})" if unless else ""
        op.execute(f"CREATE TRIGGER {name} BEFORE {tried} ON {table}{when} BEGIN SELECT RAISE(ABORT, '{said}'); END")


def _postgresql() -> None:
    for name, (table, tried, unless, said) in _REFUSED.items():
        row = "OLD" if tried == "DELETE" else "NEW"
        test = f"IF {unless} THEN RETURN NEW; END IF; " if unless else ""
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {test}RAISE EXCEPTION '{said}'; RETURN {row}; END $$")
        op.execute(f"CREATE TRIGGER {name} BEFORE {tried} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    for table in ("entry", "body"):
        op.execute(f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_never_goes()")
