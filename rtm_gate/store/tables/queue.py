"""The queue. The nouns say what the columns mean: rtm_gate/model/queue.py. `due` is when it is published, or since when it could have been."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table

from rtm_gate.store.tables import METADATA
from rtm_gate.store.types import Instant, Words

WAITING = Table(
    "waiting",
    METADATA,
    Column("id", Words, primary_key=True),
    Column("content", Words, nullable=False),
    Column("reader", Words, nullable=False),
    Column("publish", Instant),
    Column("due", Instant, nullable=False),
    Column("added", Instant, nullable=False),
    Column("state", Words, nullable=False),
    Column("handed", Instant),
    Column("claimed_by", Words),
    Column("claimed_at", Instant),
    Column("reported", Words, nullable=False),
    Column("word", Words),
    Column("judged", Instant),
    Column("checked", Instant),
    Column("valid_until", Instant),
    Column("news", BigInteger),
    Column("policy", Words),
    Column("halts", BigInteger),
    Column("signs", BigInteger),
    Column("inputs", Words),
    Column("turns", Instant),
    Column("draft", Words, nullable=False),
    Column("analysis", Words, nullable=False),
    Column("verdict", Words),
    Index(None, "due", "id"),
    Index("ix_waiting_state", "state", "word", "news", "policy", "halts", "valid_until"),
)
