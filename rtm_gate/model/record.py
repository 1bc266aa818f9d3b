"""The record: what happened, row by row, each chained to the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["verdict", "policy", "situation", "signoff", "halt", "resume", "mask", "withdrawal", "marked"]

GENESIS = "0" * 64
"""What the first row follows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger.

    `id` counts from 1 without a gap. `subject` is whom or what it is about: a draft, a policy's digest, a situation. `said` and `told` are
    JSON; `told` may be masked, and `seal` is the SHA-256 of `salt` and `told`, so that what is masked can be missed by nobody and guessed by
    nobody. `hash` is over all of it but `told` and `salt`, and over `previous`, the hash of the row before.
    """

    id: int
    at: datetime
    kind: Kind
    subject: str
    said: str
    told: str | None
    salt: str | None
    seal: str
    previous: str
    hash: str

    @property
    def masked(self) -> bool:
        return self.told is None and self.seal != ""
