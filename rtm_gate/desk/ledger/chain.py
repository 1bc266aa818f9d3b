"""How one row follows from the one before it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from rtm_gate.model.record import GENESIS, Entry, Kind
from rtm_gate.store.types import storable

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
"""Made once: a million rows are verified with it."""


def canonical(value: Any) -> str:
    """JSON in one way only: keys sorted, no blanks, ASCII. What JSON cannot say raises TypeError or ValueError."""
    return _ENCODER.encode(value)


def sealed(told: str, salt: str) -> str:
    """What stands for `told` once it is masked. The salt keeps a short text from being guessed by trying."""
    return hashlib.sha256(f"{salt}\n{told}".encode()).hexdigest()


def hash_of(entry: Entry) -> str:
    """SHA-256 over all that is never masked, the hash of the row before among it."""
    said = hashlib.sha256(entry.said.encode()).hexdigest()
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(canonical([entry.id, at, entry.kind, entry.subject, said, entry.seal, entry.previous]).encode()).hexdigest()


def is_unchanged(entry: Entry) -> bool:
    """Whether all that is never masked is what was written."""
    return hash_of(entry) == entry.hash


def is_sealed(entry: Entry) -> bool:
    """Whether what the row tells is what was written; so is nothing, which may have been masked."""
    return entry.told is None or sealed(entry.told, entry.salt or "") == entry.seal


def following(last: Entry | None, at: datetime, kind: Kind, subject: str, said: str, told: str | None, salt: str) -> Entry:
    """The row that comes after `last`; None: the first one."""
    number, previous = (1, GENESIS) if last is None else (last.id + 1, last.hash)
    seal = "" if told is None else sealed(told, salt)
    entry = Entry(number, at, kind, storable(subject), said, told, None if told is None else salt, seal, previous, hash="")
    return replace(entry, hash=hash_of(entry))
