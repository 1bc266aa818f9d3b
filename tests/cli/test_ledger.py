"""`rtm-gate ledger`: the record of a project looked at, verified, taken along and masked."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from rtm_gate.cli.ledger.mask import WHICH
from rtm_gate.desk.ledger import Heads
from rtm_gate.gate import open_project
from rtm_gate.gate.record import ledger_in, open_ledger
from rtm_gate.store import Store
from rtm_gate.store.tables.record import BODY
from tests.cli.conftest import Run
from tests.desk.tampering import WAYS, tampered

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
MASK = ("--as", "ann", "--reason", "asked for by sam", "--now", "2026-03-11T12:00:00Z")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "people.toml").write_text('people = [{ id = "ann", roles = ["manager"] }]\n')
    (tmp_path / "rtm-gate.toml").write_text('people = "people.toml"\n')
    return tmp_path


@pytest.fixture
def recorded(project: Path) -> Path:
    """Eight rows, of which the even ones tell something, and two bodies."""
    with Store.open(project / "rtm-gate.db") as store:
        ledger = ledger_in(open_project(project), store)
        for n in range(1, 9):
            said = {"verdict": "no-go" if n % 3 else "go", "rules": ["joining_a_grave_event", "no_ferries"] if n % 3 else []}
            told = {"text": f"text {n}", "author": "sam"} if n % 2 == 0 else None
            ledger.add(NOON + timedelta(minutes=n), "verdict", f"d-{n}", said, told)
        with store.writing() as transaction:
            transaction.record.keep(b"policy")
            transaction.record.keep(b"news")
    return project


# ---- opening ------------------------------------------------------------------------------------------------------------


def test_there_is_a_ledger_where_there_is_a_store(project: Path, run: Run) -> None:
    assert open_ledger(open_project()) is None
    assert not (project / "rtm-gate.db").exists()
    Store.open(project / "rtm-gate.db").close()
    ledger = open_ledger(open_project())
    assert ledger is not None
    with ledger:
        assert ledger.count() == 0
        assert ledger.heads.head_file == Path("ledger.head")


def test_a_policy_alone_has_no_record(tmp_path: Path) -> None:
    from rtm_gate import resources

    alone = open_project(policy=resources.path("policies", "standard.rtm"))
    assert open_ledger(alone) is None
    with Store.open(tmp_path / "gate.db") as store, pytest.raises(ValueError, match="only a project keeps a record"):
        ledger_in(alone, store)


VERBS = [("show",), ("verify",), ("export",), ("mask", "--draft", "d", *MASK)]


@pytest.mark.parametrize("verb", [*VERBS, ("head",)], ids=lambda verb: verb[0])
def test_outside_a_project(run: Run, verb: tuple[str, ...]) -> None:
    ran = run("ledger", *verb)
    assert (ran.code, "no project" in ran.err) == (2, True)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
def test_without_a_store(run: Run, project: Path, verb: tuple[str, ...]) -> None:
    ran = run("ledger", *verb)
    assert (ran.code, "nothing is recorded here" in ran.err) == (2, True)
    assert not (project / "rtm-gate.db").exists()


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
def test_a_store_that_is_none(run: Run, project: Path, verb: tuple[str, ...]) -> None:
    (project / "rtm-gate.db").write_text("no database")
    ran = run("ledger", *verb)
    assert ran.code == 30
    assert ran.err.startswith("error: the store rtm-gate.db cannot be")


# ---- show ---------------------------------------------------------------------------------------------------------------


def test_show_says_a_row_a_line(run: Run, recorded: Path) -> None:
    lines = run("ledger", "show").out.splitlines()
    assert lines[0] == "1  2026-03-10T12:01:00Z  verdict    d-1  no-go: joining_a_grave_event, no_ferries"
    assert lines[2] == "3  2026-03-10T12:03:00Z  verdict    d-3  go"
    assert len(lines) == 8
    assert run("ledger", "show", "--last", "2").out.splitlines() == lines[-2:]
    assert run("ledger", "show", "--draft", "d-3").out.splitlines() == [lines[2]]
    assert run("ledger", "show", "--kind", "policy").out == "nothing of this kind is recorded here\n"
    assert run("ledger", "show", "--last", "0").code == 2


def test_show_as_json(run: Run, recorded: Path) -> None:
    rows = run("ledger", "show", "--format", "json", "--last", "3").json
    assert [row["id"] for row in rows] == [6, 7, 8]
    assert rows[0]["told"] == {"text": "text 6", "author": "sam"}


@pytest.mark.parametrize(
    ("kind", "said", "shown"),
    [
        ("verdict", {"verdict": "hold", "findings": [{"rule": "a", "effect": "hold"}, {"rule": "b", "effect": "warn"}]}, "hold: a"),
        ("verdict", {"verdict": "hold", "findings": [{"rule": "a", "effect": "hold", "status": "lifted"}, 7], "rules": 7}, "hold"),
        ("verdict", {"verdict": "hold", "rules": [["a", "hold", "active"], ["b", "warn", "active"], ["c", "hold", "lifted"], []]}, "hold: a"),
        ("verdict", {"verdict": 7}, '{"verdict":7}'),
        ("policy", {"name": "Fernhill"}, "Fernhill"),
        (
            "situation",
            {"done": "changed", "by": "news", "state": "active", "topic": "disaster.quake", "severity": "major", "regions": ["JP", "KR"]},
            "active: disaster.quake, major, JP KR",
        ),
        ("situation", {"state": "false_alarm", "topic": "war", "severity": None, "regions": [], "worldwide": True}, "false alarm: war, worldwide"),
        (
            "situation",
            {"done": "extended", "by": "hand", "state": "active", "topic": "war", "severity": "extreme", "regions": 7, "until": "2026-03-12T00:00:00Z"},
            "extended by hand, active: war, extreme, until 2026-03-12T00:00:00Z",
        ),
        ("situation", {"done": "over", "state": "over"}, "over"),
        ("situation", {"state": "a\nb\x1b", "by": "hand", "topic": 7}, "None by hand, a b\ufffd"),
        ("situation", {"action": "close", "reason": "all are\nsafe \x1b[2J\u202e"}, "close · all are safe \ufffd[2J\ufffd"),
        ("signoff", {"x": "y" * 200}, f'{{"x":"{"y" * 93}…'),
        ("halt", {}, ""),
    ],
)
def test_show_never_shows_what_could_move_a_cursor(run: Run, recorded: Path, kind: str, said: dict[str, object], shown: str) -> None:
    ledger = open_ledger(open_project())
    assert ledger is not None
    with ledger:
        ledger.add(NOON, kind, "d\x1b-9\n10", said)  # type: ignore[arg-type]
    (line,) = run("ledger", "show", "--last", "1").out.splitlines()
    assert line == f"9  2026-03-10T12:00:00Z  {kind:<9}  d\ufffd-9 10  {shown}"


# ---- verify -------------------------------------------------------------------------------------------------------------


def test_a_whole_record(run: Run, recorded: Path) -> None:
    ran = run("ledger", "verify")
    key = json.loads((recorded / "ledger.head").read_text())["key"]
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "8 rows, the last of 2026-03-10T12:08:00Z; 2 shared bodies: whole",
        "ledger.head: row 8 was the last on 2026-03-10T12:08:00+00:00",
        f"  key {key}",
    ]


@pytest.mark.parametrize("name", WAYS)
def test_every_flaw_is_said(run: Run, recorded: Path, name: str) -> None:
    way, said = WAYS[name]
    tampered(str(recorded / "rtm-gate.db"), way)
    ran, told = run("ledger", "verify"), run("ledger", "verify", "--format", "json")
    assert (ran.code, told.code, told.json["whole"]) == (1, 1, False)
    flaws = [flaw["said"] for flaw in told.json["flaws"]]
    assert any(flaw.startswith(said) for flaw in flaws)
    assert [line.removeprefix("✖ ") for line in ran.out.splitlines() if line.startswith("✖ ")] == flaws


def test_a_changed_body_is_a_flaw(run: Run, recorded: Path) -> None:
    tampered(str(recorded / "rtm-gate.db"), lambda connection: connection.execute(update(BODY).values(content=b"x")))
    ran = run("ledger", "verify", "--format", "json")
    assert (ran.code, ran.json["bodies"], len(ran.json["flaws"])) == (1, 2, 2)


def test_a_body_that_was_taken_out_is_a_flaw_and_an_export_has_none(run: Run, recorded: Path) -> None:
    digest = hashlib.sha256(b"news").hexdigest()
    ledger = open_ledger(open_project())
    assert ledger is not None
    with ledger:
        ledger.add(NOON, "verdict", "d-9", {"verdict": "go", "news": digest})
    assert run("ledger", "verify").code == 0
    tampered(str(recorded / "rtm-gate.db"), lambda connection: connection.execute(delete(BODY).where(BODY.c.digest == digest)))
    ran = run("ledger", "verify", "--format", "json")
    assert (ran.code, ran.json["bodies"]) == (1, 1)
    assert ran.json["flaws"] == [{"row": 9, "said": f"row 9 names what is kept as {digest[:12]}…, and it is missing"}]
    assert run("ledger", "export", "-o", "all.jsonl").code == 0
    ran = run("ledger", "verify", "--export", "all.jsonl", "--format", "json")
    assert (ran.code, ran.json["bodies"], ran.json["flaws"]) == (0, None, [])


def test_without_a_head_it_warns(run: Run, recorded: Path) -> None:
    (recorded / "ledger.head").unlink()
    ran = run("ledger", "verify")
    assert (ran.code, "warning: there is no head" in ran.err) == (0, True)
    assert run("ledger", "verify", "--format", "json").json["warnings"]


def test_a_head_kept_elsewhere_tells_of_a_record_written_anew(run: Run, recorded: Path) -> None:
    (recorded / "kept").write_text(run("ledger", "head").out)
    for name in ("rtm-gate.db", "ledger.head", "ledger.key"):
        shutil.move(recorded / name, recorded / f"old-{name}")
    with Store.open(recorded / "rtm-gate.db") as store:
        for n in range(9):
            ledger_in(open_project(), store).add(NOON, "verdict", f"d-{n}", {"verdict": "go"})
    assert run("ledger", "verify").code == 0
    ran = run("ledger", "verify", "--against", "kept")
    assert (ran.code, "✖ row 8 is not the one that was signed on 2026-03-10T12:08:00+00:00" in ran.out) == (1, True)
    assert run("ledger", "verify", "--against", "-", "--format", "json").code == 2


def test_rows_after_the_head_are_said(run: Run, recorded: Path) -> None:
    head = run("ledger", "head").out
    assert run("ledger", "mask", "--draft", "d-4", *MASK).code == 0
    (recorded / "kept").write_text(head)
    ran = run("ledger", "verify", "--against", "kept")
    assert (ran.code, "kept: row 8 was the last on 2026-03-10T12:08:00+00:00; 1 row came later" in ran.out) == (0, True)


@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000, "\x00"])
def test_a_head_that_is_none(run: Run, recorded: Path, text: str) -> None:
    (recorded / "kept").write_text(text)
    ran = run("ledger", "verify", "--against", "kept", "--against", "nowhere")
    assert ran.code == 2
    (recorded / "ledger.head").write_text(text)
    for verb in ("verify", "head"):
        ran = run("ledger", verb)
        assert (ran.code, ran.err) == (30, "error: ledger.head is no head of a ledger\n")


def test_a_head_is_printed_as_it_lies(run: Run, recorded: Path) -> None:
    assert run("ledger", "head").out == (recorded / "ledger.head").read_text()
    (recorded / "ledger.head").unlink()
    ran = run("ledger", "head")
    assert (ran.code, ran.err) == (2, "error: there is no head: nothing was recorded from this folder yet\n")


# ---- export -------------------------------------------------------------------------------------------------------------


def test_a_pipe_is_written_to_and_stays_one(run: Run, recorded: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert run("ledger", "export", "-o", tmp_path / "pipe", "--after", "5").code == 0
    assert os.read(reader, 1_000_000).decode() == run("ledger", "export", "--after", "5").out
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


def test_an_export_verifies_without_a_project(run: Run, recorded: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("ledger", "mask", "--draft", "d-4", *MASK).code == 0
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "head").write_text(run("ledger", "head").out)
    assert run("ledger", "export", "-o", elsewhere / "all.jsonl").code == 0
    assert run("ledger", "export", "-o", elsewhere / "bare.jsonl", "--no-told").code == 0
    assert run("ledger", "export", "-o", elsewhere / "end.jsonl", "--after", "6").code == 0
    assert (elsewhere / "all.jsonl").stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in elsewhere.iterdir()) == ["all.jsonl", "bare.jsonl", "end.jsonl", "head"]
    monkeypatch.chdir(elsewhere)
    for name, rows, warnings in (("all", 9, 0), ("bare", 9, 0), ("end", 3, 1)):
        ran = run("ledger", "verify", "--export", f"{name}.jsonl", "--against", "head", "--format", "json")
        assert (ran.code, ran.json["rows"], len(ran.json["warnings"])) == (0, rows, warnings), ran.json
    changed = (elsewhere / "all.jsonl").read_text().replace("d-7", "d-8")
    (elsewhere / "all.jsonl").write_text(changed[: changed.index('{"id": 9')])
    ran = run("ledger", "verify", "--export", "all.jsonl", "--against", "head")
    assert ran.code == 1
    assert "✖ row 7 was changed" in ran.out
    assert "its end was cut off" in ran.out


def test_lines_on_standard_output(run: Run, recorded: Path) -> None:
    rows = [json.loads(line) for line in run("ledger", "export", "--after", "5").out.splitlines()]
    assert [(row["id"], row["said"]["verdict"], row["told"]) for row in rows] == [
        (6, "go", {"text": "text 6", "author": "sam"}), (7, "no-go", None), (8, "no-go", {"text": "text 8", "author": "sam"}),
    ]  # fmt: skip
    table = list(csv.DictReader(io.StringIO(run("ledger", "export", "--as", "csv").out, newline="")))
    assert [row["id"] for row in table] == [str(n) for n in range(1, 9)]


def test_an_export_that_fails_leaves_what_was_there(run: Run, recorded: Path) -> None:
    ran = run("ledger", "export", "-o", "nowhere/out.jsonl")
    assert (ran.code, "cannot be written" in ran.err) == (2, True)
    (recorded / "out.jsonl").write_text("old")
    content = bytearray((recorded / "rtm-gate.db").read_bytes())
    place = content.index(b"text 8")
    content[place - 2000 : place + 200] = b"\xff" * 2200
    (recorded / "rtm-gate.db").write_bytes(content)
    ran = run("ledger", "export", "-o", "out.jsonl")
    assert ran.code == 30, ran.err
    assert (recorded / "out.jsonl").read_text() == "old"
    assert not list(recorded.glob(".out*"))


@pytest.mark.parametrize("text", ["no json\n", '{"id": 1}\n', "\n"])
def test_an_export_that_is_none(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "all.jsonl").write_text(text)
    ran = run("ledger", "verify", "--export", "all.jsonl")
    assert (ran.code, ran.err) == (2, "error: all.jsonl: line 1 is no row of a ledger\n")
    assert run("ledger", "verify", "--export", "nowhere.jsonl").code == 2


# ---- mask ---------------------------------------------------------------------------------------------------------------


def test_masking_takes_away_what_a_draft_s_rows_tell(run: Run, recorded: Path) -> None:
    ran = run("ledger", "mask", "--draft", "d-4", *MASK)
    assert (ran.code, ran.out) == (0, "1 row masked.\n")
    lines = run("ledger", "show").out.splitlines()
    assert lines[3].endswith("d-4  no-go: joining_a_grave_event, no_ferries  masked")
    assert lines[8] == "9  2026-03-11T12:00:00Z  mask       1 row masked: asked for by sam"
    assert "text 4" not in run("ledger", "export").out
    assert run("ledger", "verify").code == 0
    ran = run("ledger", "mask", "--draft", "d-4", *MASK)
    assert (ran.code, "nothing that was recorded about `d-4` tells anything" in ran.err) == (2, True)


def test_masking_everything_before_a_time(run: Run, recorded: Path) -> None:
    assert run("ledger", "mask", "--before", "2026-03-10T12:06:00Z", *MASK).out == "2 rows masked.\n"
    rows = run("ledger", "show", "--format", "json").json
    assert [row["id"] for row in rows if row["masked"]] == [2, 4]
    assert rows[8]["told"] == {"person": "ann"}
    assert run("ledger", "mask", "--before", "2026-03-10T12:06:00Z", *MASK).code == 2
    assert run("ledger", "verify").code == 0


def test_what_is_older_than_the_project_keeps_it(run: Run, recorded: Path) -> None:
    ran = run("ledger", "mask", "--expired", "--as", "ann")
    assert (ran.code, "keep_told" in ran.err) == (2, True)
    with (recorded / "rtm-gate.toml").open("a") as file:
        file.write('keep_told = "30 days"\n')
    assert run("ledger", "mask", "--expired", "--as", "ann", "--now", "2026-04-09T12:06:00Z").out == "2 rows masked.\n"
    assert run("ledger", "mask", "--expired", "--as", "ann", "--now", "2026-04-09T12:06:00Z").out == "0 rows masked.\n"
    assert "2 rows masked: kept for 30 days" in run("ledger", "show").out
    assert run("ledger", "verify").code == 0


def test_everything_wrong_with_a_mask_at_once(run: Run, recorded: Path) -> None:
    ran = run("ledger", "mask")
    assert ran.code == 2
    assert ran.err.splitlines() == [f"error: {WHICH}", "error: --as is required", "error: --reason is required"]
    ran = run("ledger", "mask", "--draft", "d-4", "--before", "2026-03-10T12:06:00Z", "--as", "bob", "--reason", "why not")
    assert ran.err.splitlines() == [f"error: {WHICH}", "error: `bob` is none of the people in people.toml"]
    assert not Heads(recorded).last() or run("ledger", "show").out.count("mask") == 0
