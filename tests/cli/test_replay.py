"""`rtm-gate ledger replay` and `rtm-gate policy diff`: what another policy would have said, in text and as JSON."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, update

from rtm_gate import Gate
from rtm_gate.desk.ledger import Ledger
from rtm_gate.desk.ledger.export import to_jsonl
from rtm_gate.gate import open_project
from rtm_gate.gate.gate import NO_NEWS
from rtm_gate.gate.record import open_ledger
from rtm_gate.store.tables.record import ENTRY
from tests.cli.conftest import Run
from tests.desk.tampering import tampered
from tests.gate.replays import LAYOUT, NOW, POLICY, QUIETER, WITHOUT, make

REPLAY = ("ledger", "replay", "--workers", "1", "--policy")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("replay") / "acme")


@pytest.fixture
def project(recorded: Path, tmp_path: Path) -> Path:
    """A copy of it in the folder the command runs in."""
    shutil.copytree(recorded, tmp_path, dirs_exist_ok=True)
    for name, text in (("same.rtm", LAYOUT), ("quieter.rtm", QUIETER), ("without.rtm", WITHOUT), ("bad.rtm", "policy {")):
        (tmp_path / name).write_text(text)
    return tmp_path


def ledger_of(folder: Path) -> Ledger:
    found = open_ledger(open_project(folder))
    assert found is not None
    return found


def export(folder: Path, file: Path) -> Path:
    with ledger_of(folder) as ledger:
        file.write_text("".join(to_jsonl(ledger.rows())))
    return file


def test_nothing_changes(run: Run, project: Path) -> None:
    ran = run(*REPLAY, "same.rtm")
    assert (ran.code, ran.out.splitlines()[1:]) == (0, ["nothing changes"])
    assert ran.out.startswith("18 of 18 verdicts judged again by Acme (sha256:")


def test_what_changes_is_a_table_with_rules_and_samples(run: Run, project: Path) -> None:
    ran = run(*REPLAY, "without.rtm", "--last", "6")
    assert ran.code == 1
    assert "was \\ is        go    hold   no-go" in ran.out
    assert "decides no longer 1" in ran.out
    assert "-no_killer" in ran.out
    assert "d-2  Killer savings on every sofa." in ran.out
    told = run(*REPLAY, "without.rtm", "--last", "6", "--format", "json")
    assert (told.code, told.json["verdicts"], told.json["changed"]) == (1, 6, 1)
    (change,) = told.json["changes"]
    assert (change["old"], change["count"], change["decide_no_longer"]) == ("no-go", 1, ["no_killer"])
    assert change["samples"][0]["old"].startswith("No-go") or "No killer" in change["samples"][0]["old"]


def test_since_counts_from_when_it_was_written(run: Run, project: Path) -> None:
    assert run(*REPLAY, "without.rtm", "--since", "2199-01-01T00:00:00Z").out.startswith("0 of 0 verdicts")
    assert run(*REPLAY, "without.rtm", "--since", "2020-01-01T00:00:00Z", "--format", "json").json["verdicts"] == 18


def test_workers_and_dask_print_the_same_bytes(run: Run, project: Path) -> None:
    call = ("ledger", "replay", "--policy", "quieter.rtm", "--format", "json")
    alone = run(*call, "--workers", "1", "-o", "one.jsonl")
    assert alone.code == 1
    for number, more in enumerate((("--workers", "2"), ("--workers", "2", "--dask", "local"))):
        ran = run(*call, *more, "-o", f"more-{number}.jsonl")
        assert (ran.code, ran.out) == (alone.code, alone.out)
        assert (project / f"more-{number}.jsonl").read_bytes() == (project / "one.jsonl").read_bytes()


def test_it_goes_on_where_it_stood(run: Run, project: Path) -> None:
    first = run(*REPLAY, "quieter.rtm", "-o", "out.jsonl")
    whole = (project / "out.jsonl").read_bytes()
    (project / "out.jsonl").write_bytes(whole[: len(whole) // 2])
    again = run(*REPLAY, "quieter.rtm", "-o", "out.jsonl")
    assert (again.code, again.out) == (first.code, first.out)
    assert "judged before; going on behind" in again.err
    assert (project / "out.jsonl").read_bytes() == whole
    other = run(*REPLAY, "without.rtm", "-o", "out.jsonl")
    assert (other.code, "name another file" in other.err) == (2, True)
    assert (project / "out.jsonl").read_bytes() == whole


def test_one_that_was_killed_goes_on(run: Run, project: Path) -> None:
    call = ("ledger", "replay", "--policy", "quieter.rtm", "--workers", "2", "-o", "out.jsonl")
    running = subprocess.Popen([sys.executable, "-c", "from rtm_gate.cli import main; main()", *call], cwd=project)
    while not (project / "out.jsonl").exists() or (project / "out.jsonl").stat().st_size == 0:
        assert running.poll() is None
        time.sleep(0.001)
    running.kill()
    running.wait()
    whole = run(*REPLAY, "quieter.rtm", "-o", "whole.jsonl")
    again = run(*call)
    assert (again.code, again.out) == (whole.code, whole.out)
    assert "judged before; going on behind" in again.err
    assert (project / "out.jsonl").read_bytes() == (project / "whole.jsonl").read_bytes()


def test_masked_rows_are_counted_and_named(run: Run, project: Path) -> None:
    ledger = ledger_of(project)
    ids = [row.id for row in ledger.rows(kind="verdict")]
    ledger.mask(ids[:2], datetime(2026, 3, 11, tzinfo=UTC), "kim", "asked for")
    ran = run(*REPLAY, "same.rtm")
    assert (ran.code, "16 of 18 verdicts" in ran.out) == (0, True)
    assert "not judged again, masked: 2\n  row 2 (d-1), row 3 (d-2)\n" in ran.out
    ledger.mask(ids, datetime(2026, 3, 11, tzinfo=UTC), "kim", "asked for")
    ledger.close()
    assert run(*REPLAY, "same.rtm").code == 30


@pytest.mark.parametrize(
    ("call", "code", "said"),
    [
        (("ledger", "replay", "--policy", "bad.rtm"), 2, "bad.rtm does not load"),
        (("ledger", "replay", "--policy", "nowhere.rtm"), 2, "does not exist"),
        (("ledger", "replay"), 2, "Missing option '--policy'"),
        (("policy", "diff", "acme.rtm", "bad.rtm"), 2, "bad.rtm does not load"),
        (("policy", "diff", "acme.rtm", "without.rtm", "--against", "empty"), 2, "empty: this folder is no project"),
        (("policy", "diff", "acme.rtm", "without.rtm", "--against", "acme.rtm"), 2, "acme.rtm: line 1 is no row of a ledger"),
        (("ledger", "replay", "--policy", "without.rtm", "--export", "acme.rtm"), 2, "acme.rtm: line 1 is no row of a ledger"),
        (("ledger", "replay", "--policy", "without.rtm", "--export", "silent.jsonl"), 2, "silent.jsonl: the rows come without what they tell"),
        (("ledger", "replay", "--policy", "without.rtm", "-o", "empty/none/out.jsonl"), 2, "cannot be written"),
        (("ledger", "replay", "--policy", "without.rtm", "--workers", "0"), 2, "--workers"),
    ],
)
def test_a_call_that_makes_no_sense(run: Run, project: Path, call: tuple[str, ...], code: int, said: str) -> None:
    (project / "empty").mkdir()
    with ledger_of(project) as ledger:
        (project / "silent.jsonl").write_text("".join(to_jsonl(ledger.rows(), told=False)))
    ran = run(*call)
    assert (ran.code, said in ran.err) == (code, True), ran.err


def test_a_row_that_was_changed_is_refused(run: Run, project: Path) -> None:
    """The others are judged, and no exit code says that all is well."""

    def change(connection: Connection) -> None:
        connection.execute(update(ENTRY).where(ENTRY.c.id == 3).values(said=func.replace(ENTRY.c.said, '"no-go"', '"go"')))

    tampered(str(project / "rtm-gate.db"), change)
    for more in ((), ("--export", export(project, project / "rows.jsonl"))):
        ran = run(*REPLAY, "same.rtm", *more)
        assert (ran.code, ran.out.splitlines()[1:]) == (30, ["nothing changes", "", "not judged again, changed since it was written: 1", "  row 3 (d-2)"])
        assert ran.err == "error: 1 row of the record was changed since written, and not judged again: `rtm-gate ledger verify` says more\n"


def test_where_no_verdict_is_recorded(run: Run, project: Path) -> None:
    (project / "other").mkdir()
    (project / "other" / "rtm-gate.toml").write_text("")
    assert run("policy", "diff", "acme.rtm", "without.rtm", "--against", "other").err.startswith("error: other: nothing is recorded here")
    with Gate.open(project / "other") as gate:
        gate.halts.halt(scopes=["all"], reason="a leak", person="ann", now=NOW)
    ran = run("policy", "diff", "acme.rtm", "without.rtm", "--against", "other")
    assert (ran.code, ran.err) == (2, "error: no verdict is recorded here: `rtm-gate check` records each, unless rtm-gate.toml says `record = false`\n")


def test_where_there_is_no_project(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.rtm").write_text(POLICY)
    ran = run(*REPLAY, "a.rtm")
    assert (ran.code, "this folder is no project" in ran.err) == (2, True)


# ---- policy diff ----------------------------------------------------------------------------------------------------------


def test_layout_is_no_difference(run: Run, project: Path) -> None:
    for more in ((), ("--against", ".")):
        ran = run("policy", "diff", "acme.rtm", "same.rtm", *more)
        assert (ran.code, ran.out, ran.err) == (0, "", "")
    told = run("policy", "diff", "acme.rtm", "same.rtm", "--format", "json")
    assert (told.code, told.json["same"], told.json["differences"]) == (0, True, [])


def test_differences_are_named(run: Run, project: Path) -> None:
    changed = QUIETER.replace("needs 1 manager", "needs 2 manager").replace('"killer savings" ', '"killer savings", "killer deals" ')
    changed = changed.replace("rule no_killer", "rule no_killers") + 'test "a" { draft { text "Hello." } expect go }\n'
    (project / "changed.rtm").write_text(changed)
    ran = run("policy", "diff", "acme.rtm", "changed.rtm")
    assert (ran.code, ran.out.splitlines()) == (
        1,
        [
            "~ setting quiet  21600 → 7200",
            "- block no_killer",
            "+ block no_killers",
            "~ block silence",
            "~ topic killer",
            "~ tier manager",
            "+ test a",
        ],
    )
    told = run("policy", "diff", "acme.rtm", "changed.rtm", "--format", "json").json["differences"]
    assert told[0] == {"sort": "setting", "name": "quiet", "how": "changed", "old": "21600", "new": "7200"}


def test_a_block_that_is_switched_off_says_why(run: Run, project: Path) -> None:
    (project / "off.rtm").write_text('include "pack.rtm"\n' + POLICY[: POLICY.index("rule no_killer")] + 'switch off no_killer because "We dare."\n')
    (project / "on.rtm").write_text('include "pack.rtm"\n' + POLICY[: POLICY.index("rule no_killer")])
    (project / "pack.rtm").write_text(POLICY[POLICY.index("rule no_killer") :])
    ran = run("policy", "diff", "on.rtm", "off.rtm")
    assert (ran.code, ran.out) == (1, "- block no_killer  switched off: We dare.\n")


def test_against_a_project_and_against_an_export(run: Run, project: Path) -> None:
    """The rows' own policy is neither: both judge. The news of an export lies in the project here."""
    call = ("policy", "diff", "without.rtm", "quieter.rtm", "--workers", "1", "--format", "json", "--against")
    here = run(*call, project)
    assert here.code == 1
    assert here.json["against"]["rules"][0]["rule"] in ("no_killer", "silence")
    rows = export(project, project / "rows.jsonl")
    assert run(*call, rows).json == here.json
    again = ("ledger", "replay", "--policy", "quieter.rtm", "--workers", "1", "--format", "json")
    assert run(*again, "--export", rows).out == run(*again).out
    text = run("policy", "diff", "without.rtm", "quieter.rtm", "--against", ".", "--workers", "1")
    assert text.code == 1
    assert "~ setting quiet  21600 → 7200" in text.out
    assert "+ block no_killer" in text.out
    assert "held against Acme (sha256:" in text.out


def test_an_export_without_its_news_judges_nothing(run: Run, project: Path) -> None:
    """Its news lies in the store of the project it comes from, and here is another one."""
    file = export(project, project / "rows.jsonl")
    (project / "rtm-gate.db").unlink()
    (project / "ledger.head").unlink()
    with Gate.open(project) as gate:
        gate.check({"text": "Hello.", "platform": "x", "kind": "planned"}, NO_NEWS, NOW)
    ran = run("policy", "diff", "acme.rtm", "without.rtm", "--against", file)
    assert (ran.code, "not judged again, the news it was judged against is missing: 18" in ran.out) == (30, True)
