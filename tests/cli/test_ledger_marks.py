"""`rtm-gate ledger show --near-misses` and `rtm-gate ledger mark`: what nearly went out, and what was judged wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import update

from rtm_gate.store.tables.record import ENTRY
from tests.cli.conftest import Run, rss
from tests.desk.tampering import tampered

POLICY = """policy "Own" { language 1 owner "o@example.com" audience US roles manager, legal otherwise go }

rule mourning "Silence" {
  when    any situation where topic is tragedy and severity at least major and touches region
  then    no-go
  because "People died."
  fix     "Wait."
}
"""
DRAFT = {"id": "d-1", "text": "Our linen shirts are back.", "platform": "x", "kind": "planned", "author": {"id": "sam"}, "regions": ["US-CO"]}
BEFORE, AFTER = "2026-03-10T15:00:00Z", "2026-03-10T18:00:00Z"
BLOCK = """test "d-1: A word of comfort." {
  at     2026-03-10T18:00Z
  draft  { platform x  kind planned  text "Our linen shirts are back."  regions US-CO  author sam }
  news   { 2 hours ago "Gunman kills six at a mall in Denver, police say" from "wire"
           2 hours ago "Six dead in Denver mall shooting" from "daily" }
  expect hold
}
"""
MARK = ("--as", "ann", "--now", "2026-03-11T09:00:00Z", "--reason", "A word of comfort.")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, run: Run, shooting: list[str]) -> Path:
    """A go before the news and a no-go after it: rows 2 and 3, behind the policy."""
    (tmp_path / "quiet.xml").write_text(rss("quiet", "Council approves bike lanes", published="Tue, 10 Mar 2026 15:00:00 GMT"))
    (tmp_path / "own.rtm").write_text(POLICY)
    (tmp_path / "people.toml").write_text('people = [{ id = "ann", roles = ["manager"] }]\n')
    (tmp_path / "rtm-gate.toml").write_text('policy = "own.rtm"\nfeeds = ["quiet.xml"]\npeople = "people.toml"\nrecord = true\n')
    (tmp_path / "draft.json").write_text(json.dumps(DRAFT))
    assert run("check", "draft.json", "--feed", "quiet.xml", "--now", BEFORE).code == 0
    assert run("check", "draft.json", *shooting, "--now", AFTER).code == 20
    return tmp_path


# ---- near misses ----------------------------------------------------------------------------------------------------------


def test_near_misses_a_line_each(run: Run) -> None:
    assert run("ledger", "mark", "2", "--should", "hold", *MARK).code == 0
    shown = run("ledger", "show", "--near-misses")
    assert (shown.code, shown.out.splitlines()) == (
        0,
        [
            "2026-03-11T09:00:00Z  d-1  marked  go, and should have been hold: row 2 is marked",
            "2026-03-10T18:00:00Z  d-1  turned  mourning  no-go 3 hours after it was a go",
            "2 near misses in 2 verdicts",
            "by rule: mourning 1",
            "by template: none",
        ],
    )
    told = run("ledger", "show", "--near-misses", "--format", "json", "--since", AFTER, "--draft", "d-1").json
    assert (told["verdicts"], [miss["row"] for miss in told["misses"]], told["by_kind"]) == (1, [4, 3], {"marked": 1, "turned": 1})
    assert run("ledger", "show", "--near-misses", "--draft", "d-2").out == "0 near misses in 0 verdicts\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", AFTER), "--since goes with --near-misses"),
        (("--near-misses", "--kind", "halt", "--last", "3"), "--kind does not go with --near-misses\nerror: --last does not go with --near-misses"),
    ],
)
def test_what_cannot_be_meant(run: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = run("ledger", "show", *arguments)
    assert (ran.code, ran.err) == (2, f"error: {said}\n")


def test_near_misses_of_a_record_that_was_changed(run: Run, project: Path) -> None:
    tampered(str(project / "rtm-gate.db"), lambda connection: connection.execute(update(ENTRY).where(ENTRY.c.id == 2).values(said='{"verdict":"hold"}')))
    ran = run("ledger", "show", "--near-misses")
    assert (ran.code, ran.out, ran.err) == (30, "", "error: row 2 of the record, a verdict, was changed\n")


# ---- mark -----------------------------------------------------------------------------------------------------------------


def test_a_mark_prints_a_test_ready_to_paste(run: Run, project: Path) -> None:
    ran = run("ledger", "mark", "3", "--should", "hold", *MARK)
    assert (ran.code, ran.err, ran.out) == (0, "", BLOCK)
    assert run("ledger", "show", "--last", "1").out == "4  2026-03-11T09:00:00Z  marked     d-1  row 3 was no-go, should have been hold\n"
    (project / "pasted.rtm").write_text(f"{POLICY}\n{ran.out}")
    assert run("policy", "check", "pasted.rtm", "--strict").code == 0
    (project / "block.rtm").write_text(ran.out)
    assert run("policy", "fmt", "block.rtm", "--check").code == 0
    assert run("policy", "test", "pasted.rtm").code == 1
    assert run("ledger", "verify").code == 0


def test_a_dry_run_writes_no_row(run: Run, project: Path) -> None:
    told = run("ledger", "mark", "3", "--should", "hold", *MARK, "--dry-run", "--format", "json", "--case", "cases").json
    case = str(Path("cases") / "d-1-row-3")
    assert told == {"row": None, "marks": 3, "draft": "d-1", "was": "no-go", "should": "hold", "block": BLOCK, "reproduces": True, "case": case, "warnings": []}
    assert run("policy", "test", "own.rtm", "--cases", "cases", "--format", "json").json["summary"]["missed"] == ["d-1-row-3"]
    assert run("ledger", "show", "--kind", "marked").out == "nothing of this kind is recorded here\n"
    assert run("ledger", "mark", "3", "--should", "hold", *MARK, "--dry-run", "--case", "cases").err == f"error: {case} is there already\n"
    assert run("ledger", "mark", "3", "--should", "hold", *MARK, "--format", "json").json["row"] == 4
    assert run("ledger", "mark", "3", "--should", "hold", *MARK, "--dry-run").out == BLOCK


def test_what_no_test_can_say_is_a_warning(run: Run, project: Path, shooting: list[str]) -> None:
    (project / "draft.json").write_text(json.dumps(DRAFT | {"facts": [{"text": "It is linen."}], "text": "Our linen\nshirts"}))
    assert run("check", "draft.json", *shooting, "--now", AFTER).code == 20
    ran = run("ledger", "mark", "4", "--should", "go", *MARK)
    assert ran.err.splitlines() == [
        "warning: no test can say which facts it states: `facts` is left out",
        "warning: a text of a policy stands on one line, in plain sight: in `text` line breaks are blanks",
    ]


def test_all_that_is_wrong_with_a_mark_at_once(run: Run) -> None:
    ran = run("ledger", "mark", "3", "--should", "no-go", "--as", "eve", "--reason", " ")
    assert (ran.code, ran.err.splitlines()) == (
        2,
        [
            "error: `eve` is none of the people in people.toml",
            "error: the reason is empty",
            "error: the verdict in row 3 was no-go already",
        ],
    )
    assert run("ledger", "mark", "1", "--should", "go", *MARK).err == "error: row 1 is no verdict, but a policy\n"
    assert run("ledger", "mark", str(2**63 - 1), "--should", "go", *MARK, "--format", "json").json == {"problems": [f"there is no row {2**63 - 1}"]}
    assert {run("ledger", "mark", number, "--should", "go", *MARK).code for number in ("0", "x", str(2**63))} == {2}
    assert run("ledger", "mask", "--draft", "d-1", "--as", "ann", "--reason", "sam asked").code == 0
    assert "what row 3 told was masked" in run("ledger", "mark", "3", "--should", "go", *MARK).err
    assert run("ledger", "show", "--kind", "marked").out == "nothing of this kind is recorded here\n"
