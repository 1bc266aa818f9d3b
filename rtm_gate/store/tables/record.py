"""The record. The nouns say what the columns mean: rtm_gate/model/record.py. Triggers refuse every change but masking."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table

from rtm_gate.store.tables import METADATA
from rtm_gate.store.types import Instant, Words

ENTRY = Table(
    "entry",
    METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("said", Words, nullable=False),
    Column("told", Words),
    Column("salt", Words),
    Column("seal", Words, nullable=False),
    Column("previous", Words, nullable=False),
    Column("hash", Words, nullable=False),
    Index(None, "kind", "id"),
    Index(None, "subject", "id"),
)

BODY = Table(
    "body",
    METADATA,
    Column("digest", Words, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""What many rows share and would repeat: the files of a policy, the news of an hour. `digest` is the SHA-256 of the content, which is compressed."""
