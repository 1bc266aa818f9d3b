"""The ledger of a store: what is written, and what can be asked of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from rtm_gate.desk.ledger.chain import canonical, following
from rtm_gate.desk.ledger.heads import Heads
from rtm_gate.model.record import Entry, Kind
from rtm_gate.store import Store, StoreError, Transaction

SALT_BYTES = 16


class Ledger:
    """Rows are added at the end, one writer at a time, and the head is signed after each. StoreError, and HeadError."""

    def __init__(self, store: Store, heads: Heads) -> None:
        self._store, self.heads = store, heads

    def add(self, at: datetime, kind: Kind, subject: str, said: Mapping[str, Any], told: Mapping[str, Any] | None = None) -> Entry:
        """One row. `said` stays for ever; `told` holds what may be masked: texts and people."""
        with self._store.writing() as transaction:
            entry = added(transaction, at, kind, subject, said, told)
        self.heads.keep(self.heads.sign(entry, at))
        return entry

    @contextmanager
    def writing(self, at: datetime) -> Iterator[Transaction]:
        """Rows that belong together, and what they are decided by: what is `added` within comes all or not at all. The head is signed after the last."""
        with self._store.writing() as transaction:
            yield transaction
            last = transaction.record.last()
        if last is not None:
            self.heads.keep(self.heads.sign(last, at))

    def switches(self) -> list[Entry]:
        """The rows that halt and resume, in order. They are asked for at every check, by their index, and the head is not verified.

        StoreError where rows are missing at the end that were signed here: a halt may have been among them.
        """
        head = self.heads.last()  # before the rows: what is written meanwhile comes after it
        with self._store.reading() as transaction:
            rows, last = transaction.record.of_kinds(("halt", "resume")), transaction.record.last()
        if head is not None and (last is None or last.id < head.id):
            ends = f"ends with row {last.id}" if last else "is empty"
            raise StoreError(f"the record {ends}, and row {head.id} was signed on {head.at}: a halt may be among what is missing")
        return rows

    def close(self) -> None:
        """Closes the store as well."""
        self._store.close()

    def rows(self, after: int = 0, kind: Kind | None = None, subject: str | None = None) -> Iterator[Entry]:
        """All rows behind `after`, page by page: each page is one state of the store, and rows that come meanwhile are met at the end."""
        while True:
            with self._store.reading() as transaction:
                page = transaction.record.entries(after, kind=kind, subject=subject)
            yield from page
            if not page:
                return
            after = page[-1].id

    def latest(self, limit: int, kind: Kind | None = None, subject: str | None = None) -> list[Entry]:
        with self._store.reading() as transaction:
            return transaction.record.latest(limit, kind, subject)

    def count(self) -> int:
        with self._store.reading() as transaction:
            return transaction.record.count()

    def body(self, digest: str) -> bytes | None:
        """What rows share, by its digest. StoreError for one that was changed."""
        with self._store.reading() as transaction:
            return transaction.record.body(digest)

    def mask(self, ids: Iterable[int], at: datetime, person: str, reason: str) -> int:
        """Takes away what these rows tell, and writes down who did it and why, in one step; how many rows told anything."""
        wanted = sorted(set(ids))
        with self._store.writing() as transaction:
            masked = transaction.record.mask(wanted)
            entry = added(transaction, at, "mask", "", {"rows": wanted, "masked": masked, "reason": reason}, {"person": person}) if masked else None
        if entry is not None:
            self.heads.keep(self.heads.sign(entry, at))
        return masked


def added(transaction: Transaction, at: datetime, kind: Kind, subject: str, said: Mapping[str, Any], told: Mapping[str, Any] | None = None) -> Entry:
    """The row that was added within a transaction that may write other things as well."""
    words = None if told is None else canonical(told)
    entry = following(transaction.record.last(), at, kind, subject, canonical(said), words, secrets.token_hex(SALT_BYTES))
    transaction.record.add(entry)
    return entry
