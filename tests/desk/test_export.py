"""Rows that leave the store: they come back the same, and can be verified without it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rtm_gate.desk.ledger import Beginning, Ledger, verified
from rtm_gate.desk.ledger.chain import canonical, following
from rtm_gate.desk.ledger.export import HEADER, ExportError, of_jsonl, to_csv, to_jsonl
from rtm_gate.model.record import Entry

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    for n in range(1, 7):
        ledger.add(NOW + timedelta(microseconds=n), "verdict", f"d-{n}", {"verdict": "go", "n": n}, {"text": f"=text {n}\n\u202e"})
    ledger.mask([2], NOW, "kim", "asked for")
    return ledger


def exported(ledger: Ledger, after: int = 0, told: bool = True) -> list[bytes]:
    return [line.encode() for line in to_jsonl(ledger.rows(after), told)]


def test_an_export_is_the_chain(filled: Ledger) -> None:
    lines = exported(filled)
    read = [entry for entry, _ in of_jsonl(lines)]
    assert read == list(filled.rows())
    head = filled.heads.last()
    assert head is not None
    assert list(verified(read, [head])) == []
    assert [flaw.said for flaw in verified(read[:-1], [head])] == [
        "what row 2 told was taken away, and no row says by whom",
        f"the ledger ends with row 6, and row 7 was signed on {head.at}: its end was cut off",
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b'"n": 4', b'"n": 5', "row 4 was changed"),
        (b"=text 4", b"=text 5", "what row 4 tells was changed"),
        (b'"d-4"', b'"d-5"', "row 4 was changed"),
        (b'"id": 4,', b'"id": 3,', "row 3 stands behind row 3"),
    ],
)
def test_a_changed_export_is_found(filled: Ledger, before: bytes, after: bytes, said: str) -> None:
    lines = [line.replace(before, after) if before in line else line for line in exported(filled)]
    assert said in [flaw.said for flaw in verified(entry for entry, _ in of_jsonl(lines))]


def test_without_what_it_tells_it_is_still_the_chain(filled: Ledger) -> None:
    lines = exported(filled, told=False)
    assert not any(b"text" in line or b'"salt"' in line for line in lines)
    read = list(of_jsonl(lines))
    assert not any(told for _, told in read)
    assert list(verified((entry for entry, _ in read), told=False)) == []


def test_a_part_of_it(filled: Ledger) -> None:
    read = [entry for entry, _ in of_jsonl(exported(filled, after=4))]
    assert [entry.id for entry in read] == [5, 6, 7]
    assert list(verified(read, beginning=Beginning(4, list(filled.rows())[3].hash), told=False)) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
TABLE = st.dictionaries(st.text(), JSON, max_size=3)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(subject=st.text(), said=TABLE, told=st.none() | TABLE)
def test_every_row_comes_back_the_same(subject: str, said: dict[str, object], told: dict[str, object] | None) -> None:
    entry = following(None, NOW, "verdict", subject, canonical(said), None if told is None else canonical(told), "5a")
    assert [row for row, _ in of_jsonl(line.encode() for line in to_jsonl([entry]))] == [entry]


@pytest.mark.parametrize("said", ['{"b":1,"a":2}', '{"a": 1}', '"words"', "no json", "[1]", '{"a":1,"a":2}', "{" * 50_000, '{"a":NaN}'])
def test_what_nobody_wrote_so_comes_back_as_it_lies(said: str) -> None:
    entry = replace(following(None, NOW, "verdict", "d", "{}", None, ""), said=said)
    assert [row for row, _ in of_jsonl(line.encode() for line in to_jsonl([entry]))] == [entry]


GOOD = json.loads(next(to_jsonl([following(None, NOW, "verdict", "d", "{}", "{}", "5a")])))


@pytest.mark.parametrize(
    "row",
    [
        [], None, 1, {}, GOOD | {"id": "1"}, GOOD | {"id": True}, GOOD | {"at": "now"}, GOOD | {"at": "2026-11-22T12:00:00"}, GOOD | {"said": 1},
        GOOD | {"told": []}, GOOD | {"salt": 1}, GOOD | {"subject": "\ud800"}, GOOD | {"hash": None}, GOOD | {"at": "0001-01-01T00:00:00+05:00"},
    ],
)  # fmt: skip
def test_a_line_that_is_no_row_is_said_so(row: object) -> None:
    with pytest.raises(ExportError, match="line 1 is no row of a ledger"):
        list(of_jsonl([json.dumps(row).encode()]))


@pytest.mark.parametrize("line", [b"", b"\n", b"{", b"\xff", b"[" * 100_000])
def test_a_line_that_is_no_json_is_said_so(line: bytes) -> None:
    with pytest.raises(ExportError, match="line 2 is no row of a ledger"):
        list(of_jsonl([json.dumps(GOOD).encode(), line]))


@pytest.mark.parametrize("begin", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1"])
def test_no_cell_is_a_formula(begin: str) -> None:
    entry = following(None, NOW, "verdict", f'{begin}, "x";=2\x1b[2J', "{}", None, "")
    header, row = csv.reader(io.StringIO("".join(to_csv([entry])), newline=""))
    assert tuple(header) == HEADER
    assert row[3].startswith("'")
    assert "\x1b" not in row[3]
    assert '"x";=2' in row[3]


def test_a_table_has_the_same_columns_always(filled: Ledger) -> None:
    rows = list(filled.rows())
    for told in (True, False):
        table = list(csv.DictReader(io.StringIO("".join(to_csv(rows, told)), newline="")))
        assert [row["hash"] for row in table] == [row.hash for row in rows]
        assert [row["masked"] for row in table] == ["no", "yes", *["no"] * 5]
        assert [bool(row["told"]) for row in table] == ([True, False, *[True] * 5] if told else [False] * 7)
        assert json.loads(table[0]["said"]) == {"verdict": "go", "n": 1}


def test_an_empty_ledger_has_a_header_only(ledger: Ledger) -> None:
    nothing: list[Entry] = []
    assert len(list(to_csv(nothing))) == 1
    assert exported(ledger) == []
