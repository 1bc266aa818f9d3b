"""SQLite and PostgreSQL: how each is reached, and how each keeps writers apart and readers undisturbed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from rtm_gate.store.address import Address
from rtm_gate.store.fault import StoreError

WAIT = 30
"""Seconds to wait for another writer."""
_CONNECT = 10
_WRITER = 0x72746D5F67617465  # "rtm_gate": the lock that all writers of one PostgreSQL database share


@dataclass(frozen=True)
class Database:
    """Two doors to one database. What begins at `reading` sees one state throughout; what begins at `writing` is the only writer."""

    reading: Engine
    writing: Engine

    def close(self) -> None:
        self.reading.dispose()


def connect(address: Address) -> Database:
    """The database at an address; nothing is opened before it is used. SQLAlchemyError or StoreError."""
    return _postgresql(address) if address.file is None else _sqlite(address)


def _sqlite(address: Address) -> Database:
    engine = create_engine(address.url, hide_parameters=True)
    reading, writing = engine.execution_options(), engine.execution_options()

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, and not by Python's module when it sees fit
        for pragma in (f"busy_timeout={WAIT * 1000}", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(reading, "begin")
    def begin_reading(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN")

    @event.listens_for(writing, "begin")
    def begin_writing(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return Database(reading, writing)


def _postgresql(address: Address) -> Database:
    try:
        import psycopg  # noqa: F401  (SQLAlchemy imports it, but says so less plainly when it is missing)
    except ImportError as missing:
        raise StoreError(f"the store {address.shown} needs the package psycopg: pip install 'rtm-gate[postgresql]'") from missing
    url = address.url.set(query={"connect_timeout": str(_CONNECT), "application_name": "rtm-gate", **address.url.query})
    # A server may have been started anew since a connection was last used: each is tried before it is lent.
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    # Not a stricter level: there, what a writer sees would be fixed when it begins to wait for the lock.
    writing = engine.execution_options(isolation_level="READ COMMITTED")

    @event.listens_for(writing, "begin")
    def begin_writing(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")

    return Database(reading, writing)
