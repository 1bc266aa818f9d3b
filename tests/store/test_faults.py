"""Every fault of the store is one sentence that says which store and what is wrong with it, and never a password."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import pytest
from sqlalchemy import text

from rtm_gate.model.feeds import Poll
from rtm_gate.store import databases, schema
from rtm_gate.store.address import Address
from rtm_gate.store.engine import Store
from rtm_gate.store.fault import StoreError
from tests.databases import Server
from tests.store.made import at, kept


def refusal(address: str | Path) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(address)
    said = str(caught.value)
    assert "\n" not in said
    return said


def said_by(work: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as caught:
        work()
    assert "\n" not in str(caught.value)
    return str(caught.value)


# ---- addresses ----------------------------------------------------------------------------------------------------------


def test_a_file_may_be_named_in_three_ways(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "gate.db"
    with Store.open(file) as store, store.writing() as tx:
        tx.news.add([kept("s1")])
    for address in (str(file), f"sqlite:///{file}", file):
        with Store.open(address) as store, store.reading() as tx:
            assert tx.news.count() == 1


def test_an_address_without_a_driver_means_psycopg(postgresql: Server) -> None:
    address = postgresql.new()
    assert address.startswith("postgresql://")
    for same in (address, address.replace("postgresql://", "postgresql+psycopg://")):
        Store.open(same).close()
    postgresql.drop(address)


@pytest.mark.parametrize(
    "address", ["mysql://ana:pa55word@db/gate", "sqlite://", "sqlite:///", "sqlite://gate.db", "postgresql+asyncpg://ana:pa55word@db/gate"]
)
def test_an_address_of_another_kind_is_refused_unseen(address: str) -> None:
    assert refusal(address) == ("the store's address is a file, `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/DATABASE`; what is given is none of them")


@pytest.mark.parametrize("address", ["postgresql://ana:pa55@word@db.example/gate", "postgresql://ana:pa55word@db.example:port/gate"])
def test_an_address_that_cannot_be_read_is_not_shown(address: str) -> None:
    said = refusal(address)
    assert "cannot be read" in said
    assert not any(part in said for part in ("pa55", "word@", "db.example"))


# ---- opening ------------------------------------------------------------------------------------------------------------


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Buy milk. " * 500)
    assert refusal(file) == f"the store {file} cannot be used: file is not a database"
    assert file.read_text() == "Buy milk. " * 500


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"the store {tmp_path} cannot be used: unable to open database file"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    file = tmp_path / "taken" / "below" / "gate.db"
    assert refusal(file) == f"the store {file} cannot be opened: Not a directory"


@pytest.mark.parametrize("name", ["a\0b.db", "\ud800.db", "a" * 300 + ".db"])
def test_a_name_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    refusal(tmp_path / name).encode()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Tried by somebody without rights: root may write anywhere."""
    folder = Path(tempfile.mkdtemp())
    Store.open(tmp_path / "warm.db").close()  # everything is imported that root alone may be able to read
    folder.chmod(0o555)
    context = get_context("fork")
    answers = context.SimpleQueue()
    child = context.Process(target=open_as_nobody, args=(folder / "gate.db", answers))
    child.start()
    child.join()
    shutil.rmtree(folder)
    assert answers.get() == f"the store {folder / 'gate.db'} cannot be used: unable to open database file"


def open_as_nobody(file: Path, answers: SimpleQueue[str]) -> None:
    if os.geteuid() == 0:
        os.setuid(65534)
    answers.put(refusal(file))


@pytest.mark.parametrize("query", ["", "?password=pa55word", "?sslpassword=pa55word"])
def test_a_server_that_does_not_answer(query: str) -> None:
    with socket.socket() as taken:  # bound, and not listening
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        said = refusal(f"postgresql://ana:pa55word@127.0.0.1:{port}/gate{query}")
    assert said.startswith(f"the store postgresql://ana@127.0.0.1:{port}/gate cannot be used: ")
    assert "Connection refused" in said
    assert "pa55word" not in said


def test_a_database_that_is_not_there(postgresql: Server) -> None:
    assert 'database "nowhere" does not exist' in refusal(postgresql.template.format("nowhere"))


def test_without_the_driver_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    said = refusal("postgresql://ana:pa55word@127.0.0.1/gate")
    assert said == "the store postgresql://ana@127.0.0.1/gate needs the package psycopg: pip install 'rtm-gate[postgresql]'"


def test_a_store_of_a_newer_program(store_address: str) -> None:
    Store.open(store_address).close()
    by_hand(store_address, f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'")
    said = refusal(store_address)
    assert said.endswith(f"has schema 9999, and this rtm-gate knows none after {schema.KNOWN[-1]}: it needs a newer rtm-gate")


def by_hand(address: str, statement: str) -> None:
    with closing(databases.connect(Address.of(address))) as database, database.writing.begin() as connection:
        connection.execute(text(statement))


# ---- reading and writing ------------------------------------------------------------------------------------------------


def test_a_reader_cannot_write(store: Store) -> None:
    def write() -> None:
        with store.reading() as tx:
            tx.news.add([kept("s1")])

    assert "read" in said_by(write)  # "a readonly database", "a read-only transaction"
    with store.writing() as tx:
        assert tx.news.count() == 0
        tx.news.add([kept("s1")])


def test_a_moment_without_a_zone_is_not_kept(store: Store) -> None:
    def write() -> None:
        with store.writing() as tx:
            tx.news.add_poll(Poll("a", datetime(2026, 11, 17)))

    assert said_by(write).endswith("a moment without a time zone cannot be kept")


def test_a_writer_that_does_not_end_is_not_waited_for_for_ever(store_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "WAIT", 1)
    with Store.open(store_address) as first, Store.open(store_address) as second, first.writing() as tx:
        tx.news.add([kept("s1")])
        assert said_by(lambda: second.writing().__enter__()).endswith("another program is writing to it and does not come to an end")
    with Store.open(store_address) as store, store.reading() as tx:
        assert tx.news.count() == 1


def test_a_reading_that_was_spoilt(store: Store, store_address: str) -> None:
    with store.writing() as tx:
        tx.news.add([kept("s1")])
    by_hand(store_address, "UPDATE story SET reading = '{'")
    with store.reading() as tx:
        assert said_by(tx.news.stories) == "a story in the store cannot be read: it was kept by another rtm-gate, or the store is damaged"
        assert tx.news.versions(at(0)) == [kept("s1")]


def test_a_damaged_file(tmp_path: Path) -> None:
    file = tmp_path / "gate.db"
    with Store.open(file) as store, store.writing() as tx:
        tx.news.add(kept(f"s{number}") for number in range(300))
    with file.open("r+b") as raw:
        raw.seek(8192)
        raw.write(b"\xff" * (file.stat().st_size - 8192))

    def read() -> None:
        with Store.open(file) as store, store.reading() as tx:
            tx.news.stories()

    assert said_by(read) == f"the store {file} cannot be used: database disk image is malformed"


def test_a_server_that_goes_away(postgresql: Server) -> None:
    address = postgresql.new()
    with Store.open(address) as store:
        postgresql.drop(address)

        def read() -> None:
            with store.reading() as tx:
                tx.news.count()

        assert "does not exist" in said_by(read)
