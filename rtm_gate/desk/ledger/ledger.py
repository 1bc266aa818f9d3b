"""The ledger of a store: what is written, and what can be asked of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from rtm_gate.desk.ledger.chain import canonical, following
from rtm_gate.desk.ledger.heads import Heads
from rtm_gate.model.record import Entry, Kind
from rtm_gate.store import Store, StoreError, Transaction

SALT_BYTES = 16
Row = tuple[Kind, str, Mapping[str, Any], Mapping[str, Any] | None]


class Ledger:
    """Rows are added at the end, one writer at a time, and the head is signed after each. StoreError, and HeadError."""

    def __init__(self, store: Store, heads: Heads) -> None:
        self._store, self.heads = store, heads

    def add(self, at: datetime, kind: Kind, subject: str, said: Mapping[str, Any], told: Mapping[str, Any] | None = None) -> Entry:
        """One row. `said` stays for ever; `told` holds what may be masked: texts and people."""
        return self.write(at, [(kind, subject, said, told)])[0]

    def write(self, at: datetime, rows: Iterable[Row], bodies: Iterable[bytes] = ()) -> list[Entry]:
        """Several rows, each with its kind, subject, what it says and what it tells, and the bodies they name: all of it, or nothing."""
        with self.writing(at) as transaction:
            for body in bodies:
                transaction.record.keep(body)
            return [added(transaction, at, *row) for row in rows]

    @contextmanager
    def writing(self, at: datetime) -> Iterator[Transaction]:
        """Rows that belong together, and what they are decided by: what is `added` within comes all or not at all. The head is signed after the last."""
        with self._store.writing() as transaction:
            before = transaction.record.last()
            yield transaction
            last = transaction.record.last()
        if last is not None and last != before:
            self.heads.keep(self.heads.sign(last, at))

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One state of the store, for whoever compares the record with what else is in it."""
        with self._store.reading() as transaction:
            yield transaction

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
        """What rows share, by its digest. ChangedError for one that was changed."""
        with self._store.reading() as transaction:
            return transaction.record.body(digest)

    def bodies(self) -> list[str]:
        """The digests of all that rows share, sorted."""
        with self._store.reading() as transaction:
            return transaction.record.bodies()

    def telling(self, subject: str | None = None, before: datetime | None = None) -> Iterator[list[int]]:
        """The numbers of the rows that tell anything, page by page; of none that come after it was asked: masking writes rows that tell."""
        after = 0
        with self._store.reading() as transaction:
            last = transaction.record.last()
        while last is not None:
            with self._store.reading() as transaction:
                found = transaction.record.telling(after, subject=subject, before=before)
            if page := [id_ for id_ in found if id_ <= last.id]:
                yield page
            if len(page) < len(found) or not found:
                return
            after = found[-1]

    def mask(self, ids: Iterable[int], at: datetime, person: str, reason: str) -> int:
        """Takes away what these rows tell, and writes down who did it and why, in one step; how many rows told anything."""
        wanted = sorted(set(ids))
        with self.writing(at) as transaction:
            masked = transaction.record.mask(wanted)
            if masked:
                added(transaction, at, "mask", "", {"rows": wanted, "masked": masked, "reason": reason}, {"person": person})
        return masked

    def close(self) -> None:
        """Closes the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def added(transaction: Transaction, at: datetime, kind: Kind, subject: str, said: Mapping[str, Any], told: Mapping[str, Any] | None = None) -> Entry:
    """The row that was added within a transaction that may write other things as well."""
    words = None if told is None else canonical(told)
    entry = following(transaction.record.last(), at, kind, subject, canonical(said), words, secrets.token_hex(SALT_BYTES))
    transaction.record.add(entry)
    return entry
