"""Brings a database to the newest schema. A database that has it already costs one look: Alembic is imported only to migrate."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from rtm_gate.store.address import Address
from rtm_gate.store.databases import Database
from rtm_gate.store.fault import StoreError

VERSION_TABLE = "rtm_gate_version"
"""Not Alembic's own name: another program's table of that name may lie in the same PostgreSQL database."""

KNOWN = tuple(sorted(file.stem.partition("_")[0] for file in (Path(__file__).parent / "migrations" / "versions").glob("[0-9]*.py")))
"""The schemas this program knows, oldest first: a migration's file is named by its revision."""


def bring_up(database: Database, address: Address) -> None:
    """To the newest schema, however many processes try it at the same time. StoreError when the database is newer than this program."""
    with database.reading.begin() as connection:
        if _newest(connection, address):
            return
    if address.file is not None:
        _to_write_ahead_log(database, address.file)
    with database.writing.begin() as connection:
        migrate(connection)  # nothing, if another process was faster


def _newest(connection: Connection, address: Address) -> bool:
    if not inspect(connection).has_table(VERSION_TABLE):
        return False
    version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    if version is not None and version not in KNOWN:
        raise StoreError(f"the store {address.shown} has schema {version}, and this rtm-gate knows none after {KNOWN[-1]}: it needs a newer rtm-gate")
    return version == KNOWN[-1]


def migrate(connection: Connection, revision: str = "head") -> None:
    """Up to a revision, within the transaction the connection is in."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "rtm_gate.store:migrations")
    command.upgrade(config, revision)


def _to_write_ahead_log(database: Database, file: Path) -> None:
    """With it readers and the writer do not wait for each other. It stays in the file."""
    with _alone(file.parent), closing(database.writing.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA journal_mode=WAL")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time: of two that change the journal of one file at once, SQLite turns one away without waiting."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
