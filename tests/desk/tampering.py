"""Ways to falsify a record behind the gate's back, by whoever may write to its database and knows how it is chained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, text, update

from rtm_gate.desk.ledger.chain import following, hash_of, sealed
from rtm_gate.model.record import Entry
from rtm_gate.store.address import Address
from rtm_gate.store.databases import connect
from rtm_gate.store.tables.record import ENTRY

Way = Callable[[Connection], object]


def tampered(address: str, way: Way) -> None:
    """The triggers are out of the way: whoever may write may also take them down."""
    database = connect(Address.of(address))
    with database.writing.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE entry DISABLE TRIGGER ALL"))
            connection.execute(text("ALTER TABLE body DISABLE TRIGGER ALL"))
        else:
            for name in ("entry_never_changes", "entry_never_goes", "entry_comes_last", "body_never_changes", "body_never_goes"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        way(connection)
    database.close()


def _row(connection: Connection, number: int) -> Entry:
    return Entry(*connection.execute(select(ENTRY).where(ENTRY.c.id == number)).one())


def _put(connection: Connection, entry: Entry) -> None:
    values = {column.name: getattr(entry, column.name) for column in ENTRY.c}
    connection.execute(update(ENTRY).where(ENTRY.c.id == entry.id).values(**values))


def _said(connection: Connection) -> None:
    connection.execute(update(ENTRY).where(ENTRY.c.id == 4).values(said='{"verdict":"go"}'))


def _told(connection: Connection) -> None:
    connection.execute(update(ENTRY).where(ENTRY.c.id == 4).values(told='{"text":"another text"}'))


def _taken_away(connection: Connection) -> None:
    """As masking does it, which the triggers let through: but nothing says who did it."""
    connection.execute(update(ENTRY).where(ENTRY.c.id == 4).values(told=None, salt=None))


def _moved(connection: Connection) -> None:
    connection.execute(update(ENTRY).where(ENTRY.c.id == 4).values(at=_row(connection, 4).at + timedelta(microseconds=1)))


def _another_subject(connection: Connection) -> None:
    connection.execute(update(ENTRY).where(ENTRY.c.id == 4).values(subject="d-5"))


def _another_kind(connection: Connection) -> None:
    connection.execute(update(ENTRY).where(ENTRY.c.id == 4).values(kind="signoff"))


def _dropped(connection: Connection) -> None:
    connection.execute(delete(ENTRY).where(ENTRY.c.id == 4))


def _dropped_and_closed_up(connection: Connection) -> None:
    """The rows behind it take its place, each by its number; their hashes stay."""
    connection.execute(delete(ENTRY).where(ENTRY.c.id == 4))
    for number in range(5, 9):
        connection.execute(update(ENTRY).where(ENTRY.c.id == number).values(id=number - 1))


def _cut_off(connection: Connection) -> None:
    connection.execute(delete(ENTRY).where(ENTRY.c.id >= 7))


def _emptied(connection: Connection) -> None:
    connection.execute(delete(ENTRY))


def _swapped(connection: Connection) -> None:
    one, other = _row(connection, 3), _row(connection, 4)
    _put(connection, replace(one, said=other.said, told=other.told, salt=other.salt, seal=other.seal, hash=other.hash))
    _put(connection, replace(other, said=one.said, told=one.told, salt=one.salt, seal=one.seal, hash=one.hash))


def _changed_with_its_hash(connection: Connection) -> None:
    row = replace(_row(connection, 4), said='{"verdict":"go"}')
    _put(connection, replace(row, hash=hash_of(row)))


def _told_anew_with_its_seal(connection: Connection) -> None:
    row = _row(connection, 4)
    told = '{"text":"another text"}'
    row = replace(row, told=told, seal=sealed(told, row.salt or ""))
    _put(connection, replace(row, hash=hash_of(row)))


def _inserted(connection: Connection) -> None:
    """Between two rows, the rest moved up by one."""
    for number in range(8, 3, -1):
        connection.execute(update(ENTRY).where(ENTRY.c.id == number).values(id=number + 1))
    made = following(_row(connection, 3), _row(connection, 3).at, "verdict", "d-x", "{}", None, "")
    connection.execute(insert(ENTRY).values(**{column.name: getattr(made, column.name) for column in ENTRY.c}))


def _added(connection: Connection) -> None:
    """Rightly chained, at the end, and never signed."""
    made = replace(following(_row(connection, 8), _row(connection, 8).at, "verdict", "d-x", "{}", None, ""), previous="f" * 64)
    connection.execute(insert(ENTRY).values(**{column.name: getattr(made, column.name) for column in ENTRY.c}))


def _written_anew(connection: Connection) -> None:
    """From one row on every row again, with hashes that fit: only what was signed outside the database tells."""
    last = _row(connection, 3)
    for number in range(4, 9):
        old = _row(connection, number)
        last = following(last, old.at, old.kind, old.subject, old.said.replace("no-go", "go"), old.told, old.salt or "")
        _put(connection, last)


WAYS: Mapping[str, tuple[Way, str]] = {
    "what a row says": (_said, "row 4 was changed"),
    "what a row tells": (_told, "what row 4 tells was changed"),
    "what a row tells, taken away": (_taken_away, "what row 4 told was taken away, and no row says by whom"),
    "when it was, by a microsecond": (_moved, "row 4 was changed"),
    "whom it is about": (_another_subject, "row 4 was changed"),
    "what sort of row it is": (_another_kind, "row 4 was changed"),
    "a row taken out": (_dropped, "row 4 is missing"),
    "a row taken out, the others moved up": (_dropped_and_closed_up, "row 4 does not follow from the one before it"),
    "the end cut off": (_cut_off, "the ledger ends with row 6"),
    "everything taken out": (_emptied, "the ledger ends with row 0"),
    "two rows swapped": (_swapped, "row 3 was changed"),
    "a row changed, and its hash": (_changed_with_its_hash, "row 5 does not follow from the one before it"),
    "a row told anew, with its seal and its hash": (_told_anew_with_its_seal, "row 5 does not follow from the one before it"),
    "a row put in": (_inserted, "row 5 does not follow from the one before it"),
    "a row added at the end that follows from nothing": (_added, "row 9 does not follow from the one before it"),
    "all rows written anew": (_written_anew, "row 8 is not the one that was signed"),
}
"""What was done -> how, and the beginning of a flaw that is found."""
