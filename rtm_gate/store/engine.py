"""The store: opened, migrated, read and written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from rtm_gate.store import schema
from rtm_gate.store.address import Address
from rtm_gate.store.databases import Database, connect
from rtm_gate.store.fault import StoreError, faults
from rtm_gate.store.news import NewsShelf
from rtm_gate.store.queue import QueueShelf
from rtm_gate.store.record import RecordShelf


@dataclass(frozen=True, slots=True)
class Transaction:
    """What is read or written together, a shelf for each subject."""

    news: NewsShelf
    record: RecordShelf
    queue: QueueShelf

    @classmethod
    def on(cls, connection: Connection) -> Transaction:
        return cls(NewsShelf(connection), RecordShelf(connection), QueueShelf(connection))


class Store:
    """One database of one gate. Any number of threads and processes may use it at the same time."""

    def __init__(self, address: Address, database: Database) -> None:
        self._address = address
        self._database = database

    @classmethod
    def open(cls, address: str | Path) -> Store:
        """The store at a path (its folder is made), `sqlite:///PATH` or `postgresql://…`, brought to the newest schema. StoreError."""
        place = Address.of(address)
        try:
            with faults(place.shown, place.secrets):
                return cls(place, _opened(place))
        except (OSError, ValueError, sqlite3.Error) as fault:  # ValueError: a name that no file can have
            raise StoreError(f"the store {place.shown} cannot be opened: {getattr(fault, 'strerror', None) or fault}") from fault

    @property
    def shown(self) -> str:
        """Where it is, without any password."""
        return self._address.shown

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """All or nothing, one writer at a time over all processes. An exception within undoes everything. StoreError."""
        with faults(self._address.shown, self._address.secrets), self._database.writing.begin() as connection:
            yield Transaction.on(connection)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One state of the store, whatever is written meanwhile. Nothing can be written here. StoreError."""
        with faults(self._address.shown, self._address.secrets), self._database.reading.begin() as connection:
            yield Transaction.on(connection)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _opened(place: Address) -> Database:
    if place.file is not None:
        place.file.parent.mkdir(parents=True, exist_ok=True)
    database = connect(place)
    try:
        schema.bring_up(database, place)
    except BaseException:
        database.close()
        raise
    return database
