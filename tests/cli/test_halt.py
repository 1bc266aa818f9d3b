"""`rtm-gate halt` and `resume`: who says stop is obeyed at the next check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Run, rss

LATER = "2026-03-10T18:05:00Z"
POLICY = """policy "Own" { language 1 owner "o@example.com" audience US roles manager, legal, pr otherwise go answers hold for 10 minutes }
tier both "Legal and PR" { needs 1 legal and 1 pr }
halt { by manager  spares safety  resume by both, at most 1 every 10 minutes }
"""
SALE = ("check", "--text", "Our linen shirts are back in stock.", "--now")
STOP = ("halt", "--as", "ann", "--reason", "a [leak]", "--now", NOW)
GO_ON = ("resume", "--as", "bob", "--as", "cid", "--reason", "it was a drill", "--now", LATER)


@pytest.fixture(autouse=True)
def project(tmp_path: Path) -> None:
    (tmp_path / "quiet.xml").write_text(rss("quiet", "Council approves bike lanes"))
    (tmp_path / "own.rtm").write_text(POLICY)
    (tmp_path / "people.toml").write_text('people = [{ id = "ann", roles = ["manager"] }, { id = "bob", roles = ["legal"] }, { id = "cid", roles = ["pr"] }]\n')
    (tmp_path / "rtm-gate.toml").write_text('policy = "own.rtm"\nfeeds = ["quiet.xml"]\npeople = "people.toml"\n')


def test_from_halt_to_resume(run: Run) -> None:
    assert run(*SALE, NOW).code == 0
    halted = run(*STOP)
    assert (halted.code, halted.err) == (0, "")
    assert "halted: everything by ann at 2026-03-10T18:00:00Z, until it is resumed, row 1: a [leak]" in halted.out
    held = run(*SALE, NOW)
    assert held.code == 10
    assert "Halted: a [leak]" in held.out
    assert "to a go" not in held.out
    asked = run(*SALE, NOW, "--no-feeds", "--format", "json").json
    assert [finding["rule"] for finding in asked["findings"]] == ["halt"]
    assert "own.rtm" in held.out
    resumed = run(*GO_ON, "--all")
    assert (resumed.code, "Nothing goes out by itself" in resumed.out) == (0, True)
    assert run(*SALE, LATER).code == 0
    assert run(*SALE, NOW).code == 10


def test_screen_asks_as_well(run: Run, tmp_path: Path) -> None:
    (tmp_path / "drafts.jsonl").write_text(
        '{"text": "Shirts.", "platform": "x", "kind": "planned"}\n{"text": "Shirts.", "platform": "sms", "kind": "planned"}\n'
    )
    assert run(*STOP, "--scope", "platform:sms").code == 0
    ran = run("screen", "drafts.jsonl", "--now", NOW)
    assert [line.count('"verdict":"hold"') for line in ran.out.splitlines()] == [0, 1]
    assert ran.code == 10


def test_scopes_as_json(run: Run) -> None:
    ran = run(*STOP, "--scope", "region:us-tx", "--scope", "platform:instgram", "--until", LATER, "--format", "json")
    assert ran.code == 0
    assert ran.json["halted"][0] == {
        "row": 1, "scope": "region:US-TX", "reason": "a [leak]", "person": "ann", "at": NOW, "until": LATER, "proven": True,
    }  # fmt: skip
    assert ran.json["warnings"] == ["`instgram` is not a platform the gate knows; it halts drafts that name it so"]
    assert run(*SALE, NOW).code == 10
    assert run(*SALE, LATER).code == 0
    ended = run("resume", "--as", "bob", "--as", "cid", "--reason", "x", "--now", NOW, "--scope", "REGION:us-tx", "--format", "json")
    assert [one["scope"] for one in ended.json["resumed"]] == ["region:US-TX"]


REFUSED: list[tuple[tuple[str, ...], list[str]]] = [
    (("halt",), ["the person's name is empty", "the reason is empty"]),
    (("halt", "--as", "bob", "--reason", "x"), ["`bob` may not halt: that takes manager"]),
    (("halt", "--as", "zoe", "--reason", "x", "--scope", "topic:cats"), ["there is no topic `cats`", "`zoe` is none of the project's people"]),
    (("halt", "--as", "ann", "--reason", "x", "--until", "2026-03-10T17:00:00Z"), ["is not in the future"]),
    (("resume", "--all", "--as", "bob", "--as", "cid", "--reason", "x"), ["nothing is halted"]),
    (("resume", "--as", "bob", "--reason", "x"), ["say --all, or which --scope, and not both"]),
    (("resume", "--as", "bob", "--reason", "x", "--all", "--scope", "all"), ["say --all, or which --scope, and not both"]),
]


@pytest.mark.parametrize(("call", "problems"), REFUSED)
def test_what_is_refused(run: Run, tmp_path: Path, call: tuple[str, ...], problems: list[str]) -> None:
    ran = run(*call, "--now", NOW)
    assert (ran.code, ran.out) == (2, "")
    said = ran.err.strip().splitlines()
    assert [problem for problem, line in zip(problems, said, strict=True) if problem not in line] == []
    assert run(*call, "--now", NOW, "--format", "json").json["problems"] == [line.removeprefix("error: ") for line in said]
    assert not (tmp_path / "rtm-gate.db").exists()


def test_too_few_and_too_often(run: Run) -> None:
    assert run(*STOP).code == 0
    few = run("resume", "--all", "--as", "bob", "--reason", "x", "--now", NOW)
    assert (few.code, few.err) == (2, "error: to resume takes Legal and PR (both): 1 pr missing\n")
    assert run(*GO_ON, "--all").code == 0
    assert run(*STOP).code == 0
    often = run(*GO_ON, "--all")
    assert (often.code, "at most 1 time every 10 minutes" in often.err) == (2, True)
    assert run(*SALE, LATER).code == 10


def test_faults_are_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ledger.key").mkdir()
    unsigned = run(*STOP)
    assert unsigned.code == 30
    assert "it is written and counts, but its row is not signed" in unsigned.err
    asked = run(*SALE, NOW)
    assert (asked.code, "Halted: " in asked.out) == (30, True)  # its verdict cannot be written down either
    (tmp_path / "rtm-gate.db").write_text("nonsense " * 1000)
    assert run(*STOP).code == 30
    assert run(*SALE, NOW).code == 30


def test_a_directory_that_cannot_be_read_lets_halt_and_not_resume(run: Run, tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text("people = 3\n")
    ran = run(*STOP)
    assert ran.code == 0
    assert "nothing proves the name: " in ran.out
    assert run(*GO_ON, "--all").code == 2


def test_outside_a_project_there_is_nothing_to_halt(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rtm-gate.toml").unlink()
    for call in (STOP, (*GO_ON, "--all")):
        ran = run(*call)
        assert (ran.code, "this folder is no project" in ran.err) == (2, True)


def test_the_doctor_names_each(run: Run) -> None:
    assert "nothing is halted" in run("doctor").out
    assert run("halt", "--as", "ann", "--reason", "a leak", "--scope", "account:acme", "--scope", "topic:war").code == 0
    rows = [row for row in run("doctor", "--format", "json").json["rows"] if row["probe"] == "halts"]
    assert [row["state"] for row in rows] == ["warning", "warning"]
    assert "ann halted topic war at " in rows[1]["sentence"]
