"""The ledger: what is written stays, and whoever changes it behind the gate's back is found out."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from rtm_gate.desk.ledger import Heads, Ledger, bodies_named, verified, verified_bodies
from rtm_gate.desk.ledger.heads import HeadError
from rtm_gate.model.record import Kind
from rtm_gate.store import Store, StoreError
from rtm_gate.store.tables.record import BODY

from .tampering import WAYS, tampered

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def fill(ledger: Ledger, rows: int = 8) -> None:
    for n in range(1, rows + 1):
        told = {"text": f"text {n}", "author": "sam"} if n % 2 == 0 else None
        ledger.add(NOW + timedelta(seconds=n), "verdict", f"d-{n}", {"verdict": "no-go" if n % 3 else "go", "n": n}, told)


def flaws(ledger: Ledger) -> list[str]:
    head = ledger.heads.last()
    return [flaw.said for flaw in verified(ledger.rows(), [head] if head else [])]


def body_flaws(ledger: Ledger) -> list[str]:
    named: dict[str, int] = {}
    for row in ledger.rows():
        for digest in bodies_named(row):
            named.setdefault(digest, row.id)
    return [flaw.said for flaw in verified_bodies(ledger, named=named)]


def test_rows_come_back_as_they_were_written(ledger: Ledger) -> None:
    fill(ledger)
    rows = list(ledger.rows())
    assert [row.id for row in rows] == list(range(1, 9))
    assert [json.loads(row.said)["n"] for row in rows] == list(range(1, 9))
    assert json.loads(rows[3].told or "") == {"text": "text 4", "author": "sam"}
    assert rows[0].told is None
    assert rows[0].seal == ""
    assert rows[0].at == NOW + timedelta(seconds=1)
    assert flaws(ledger) == []


def test_rows_of_one_subject_and_of_one_kind(ledger: Ledger) -> None:
    fill(ledger)
    ledger.add(NOW, "policy", "sha256:1", {"name": "Fernhill"})
    assert [row.id for row in ledger.rows(subject="d-3")] == [3]
    assert [row.id for row in ledger.rows(kind="policy")] == [9]
    assert [row.id for row in ledger.latest(2, kind="verdict")] == [7, 8]
    assert [row.id for row in ledger.rows(after=7)] == [8, 9]


@pytest.mark.parametrize(
    "statement", ["UPDATE entry SET said = '{}' WHERE id = 4", "DELETE FROM entry WHERE id = 8", "UPDATE entry SET told = 'x' WHERE id = 4"]
)
def test_the_database_refuses_changes(ledger: Ledger, store_address: str, statement: str) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    from rtm_gate.store.address import Address
    from rtm_gate.store.databases import connect

    fill(ledger)
    database = connect(Address.of(store_address))
    with pytest.raises(DBAPIError, match="record"), database.writing.begin() as connection:
        connection.execute(text(statement))
    database.close()
    assert flaws(ledger) == []


def test_a_row_that_is_not_the_next_is_refused(ledger: Ledger) -> None:
    fill(ledger)
    row = ledger.latest(1)[0]
    with pytest.raises(StoreError), ledger._store.writing() as transaction:
        transaction.record.add(row)


@pytest.mark.parametrize("name", WAYS)
def test_tampering_is_found(ledger: Ledger, store_address: str, name: str) -> None:
    fill(ledger)
    way, said = WAYS[name]
    tampered(store_address, way)
    assert any(flaw.startswith(said) for flaw in flaws(ledger)), flaws(ledger)


def test_what_is_masked_is_gone_and_the_chain_holds(ledger: Ledger) -> None:
    fill(ledger)
    assert ledger.mask([2, 3, 4], NOW, "kim", "asked for by the customer") == 2
    rows = list(ledger.rows())
    assert [row.masked for row in rows] == [False, True, False, True, *[False] * 5]
    assert [row.told for row in rows[1:4]] == [None, None, None]
    assert json.loads(rows[8].said) == {"rows": [2, 3, 4], "masked": 2, "reason": "asked for by the customer"}
    assert flaws(ledger) == []
    assert ledger.mask([2], NOW, "kim", "again") == 0
    assert ledger.count() == 9


def test_bodies_are_kept_once_and_whole(ledger: Ledger) -> None:
    with ledger._store.writing() as transaction:
        digest = transaction.record.keep(b"policy text" * 100)
        assert transaction.record.keep(b"policy text" * 100) == digest
    assert ledger.body(digest) == b"policy text" * 100
    assert ledger.body("0" * 64) is None


def test_a_forged_head_is_no_head(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    file = tmp_path / "ledger.head"
    head = json.loads(file.read_text())
    file.write_text(json.dumps(head | {"id": 3, "hash": list(ledger.rows())[2].hash}))
    assert flaws(ledger) == ["the head of row 3 is not signed by its key"]


def test_each_of_two_heads_of_one_row_counts(ledger: Ledger) -> None:
    fill(ledger)
    head = ledger.heads.last()
    assert head is not None
    other = ledger.heads.sign(replace(list(ledger.rows())[7], hash="f" * 64), NOW)
    for heads in ([head, other], [other, head]):
        assert [flaw.said for flaw in verified(ledger.rows(), heads)] == [f"row 8 is not the one that was signed on {other.at}"]


def test_a_body_that_was_changed_is_found(ledger: Ledger, store_address: str) -> None:
    from sqlalchemy import update

    with ledger._store.writing() as transaction:
        digests = [transaction.record.keep(f"policy {n}".encode()) for n in range(3)]
    assert list(verified_bodies(ledger)) == []
    tampered(store_address, lambda connection: connection.execute(update(BODY).where(BODY.c.digest == digests[1]).values(content=b"x")))
    assert [flaw.said for flaw in verified_bodies(ledger)] == [f"what the record keeps as {digests[1][:12]} was changed"]


@pytest.mark.parametrize(("kind", "key"), [("verdict", "news"), ("policy", "files"), ("situation", "news")])
def test_a_body_that_was_taken_out_is_missed_where_a_row_names_it(ledger: Ledger, store_address: str, kind: Kind, key: str) -> None:
    contents = [f"{key} {n}".encode() for n in range(3)]
    digests = [hashlib.sha256(content).hexdigest() for content in contents]
    ledger.write(NOW, [(kind, f"d-{n}", {key: digests[n % 3], "n": n}, None) for n in range(9)], contents)
    assert body_flaws(ledger) == []
    tampered(store_address, lambda connection: connection.execute(delete(BODY).where(BODY.c.digest == digests[1])))
    assert flaws(ledger) == []
    assert body_flaws(ledger) == [f"row 2 names what is kept as {digests[1][:12]}…, and it is missing"]


def test_of_many_missing_bodies_each_is_said_once_in_the_order_of_the_rows(ledger: Ledger, store_address: str) -> None:
    contents = [b"one", b"two", b"three"]
    one, two, three = (hashlib.sha256(content).hexdigest() for content in contents)
    ledger.write(NOW, [("policy", "p", {"files": three}, None), *(("verdict", "d", {"news": news}, None) for news in (one, two, one, two))], contents)
    tampered(store_address, lambda connection: connection.execute(delete(BODY)))
    said = [f"row {row} names what is kept as {digest[:12]}…, and it is missing" for row, digest in ((1, three), (2, one), (3, two))]
    assert body_flaws(ledger) == said


def test_a_row_that_names_no_body_misses_none(ledger: Ledger) -> None:
    digest = "1a" * 32
    quoted = json.dumps({"news": digest}, separators=(",", ":"))
    for said in ({"news": "an evening paper"}, {"news": None}, {"news": digest[1:]}, {"reason": quoted}, {"snapshot": digest}, {"old news": digest}):
        ledger.add(NOW, "verdict", "d", said, {"news": digest})
    assert body_flaws(ledger) == []


def test_rows_that_tell_anything(ledger: Ledger) -> None:
    fill(ledger)
    assert [id_ for page in ledger.telling() for id_ in page] == [2, 4, 6, 8]
    assert list(ledger.telling(subject="d-4")) == [[4]]
    assert list(ledger.telling(before=NOW + timedelta(seconds=6))) == [[2, 4]]
    assert list(ledger.telling(subject="nobody")) == []


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"at":1,"id":"x","hash":1,"key":1,"signature":1}', '{"at":"","id":0,"hash":"","key":"","signature":""}', "\x00", "[" * 100_000],
)
def test_a_head_that_cannot_be_read_is_said_so(tmp_path: Path, text: str) -> None:
    heads = Heads(tmp_path)
    heads.head_file.write_text(text)
    with pytest.raises(HeadError, match="is no head of a ledger"):
        heads.last()


def test_the_key_is_its_owner_s_alone(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 1)
    assert (tmp_path / "ledger.key").stat().st_mode & 0o777 == 0o600


def _write(address: str, folder: str, rows: int, name: str) -> None:
    with Store.open(address) as store:
        ledger = Ledger(store, Heads(Path(folder) / name))
        for n in range(rows):
            ledger.add(NOW, "verdict", f"{name}-{n}", {"n": n})


def test_several_processes_write_one_chain(store_address: str, tmp_path: Path) -> None:
    Store.open(store_address).close()
    for name in "abc":
        (tmp_path / name).mkdir()
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write, args=(store_address, str(tmp_path), 20, name)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with Store.open(store_address) as store:
        heads = [head for name in "abc" if (head := Heads(tmp_path / name).last())]
        ledger = Ledger(store, Heads(tmp_path / "a"))
        assert ledger.count() == 60
        assert list(verified(ledger.rows(), heads)) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
TABLE = st.dictionaries(st.text(), JSON, max_size=3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.text(max_size=20), TABLE, st.none() | TABLE), max_size=5))
def test_whatever_is_written_verifies(ledger: Ledger, rows: list[tuple[str, dict[str, object], dict[str, object] | None]]) -> None:
    before = ledger.count()
    for subject, said, told in rows:
        ledger.add(NOW, "verdict", subject, said, told)
    assert ledger.count() == before + len(rows)
    assert flaws(ledger) == []
