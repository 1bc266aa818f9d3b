"""`rtm-gate situations open|extend|close`: who decides says who and why, and the gate obeys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Run, rss

LATER = "2026-03-10T18:05:00Z"
SALE = ("check", "--text", "Our linen shirts are back in stock.", "--format", "json")
OPEN = ("situations", "open", "Ferry sinks off Dover", "--topic", "tragedy.accident", "--region", "GB")
BY = ("--as", "ann", "--reason", "the coastguard called", "--now", NOW)


@pytest.fixture(autouse=True)
def project(tmp_path: Path) -> None:
    (tmp_path / "quiet.xml").write_text(rss("quiet", "Council approves bike lanes"))
    (tmp_path / "people.toml").write_text('people = [{ id = "ann", roles = ["manager"] }]\n')
    (tmp_path / "rtm-gate.toml").write_text('feeds = ["quiet.xml"]\npeople = "people.toml"\n')


def listed(run: Run, at: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = run("situations", "list", "--now", at, "--format", "json").json
    return found


def test_from_opening_to_closing(run: Run) -> None:
    assert run(*SALE, "--now", NOW).code == 0
    ran = run(*OPEN, *BY)
    assert ran.code == 0
    assert "opened by ann: the coastguard called" in ran.out
    (one,) = listed(run, NOW)
    assert (one["title"], one["topic"], one["state"], one["reason"]) == (
        "Ferry sinks off Dover", "tragedy.accident", "active", "opened by ann: the coastguard called",
    )  # fmt: skip
    shown = run("situations", "show", one["id"][:6], "--now", NOW)
    assert (shown.code, "the coastguard called" in shown.out) == (0, True)
    held = run(*SALE, "--now", NOW)
    assert held.code == 10
    assert "the coastguard called" in held.out or "Ferry sinks" in held.out
    assert run("situations", "extend", one["id"][:6], "--as", "ann", "--reason", "still searching", "--until", "2026-03-12T18:00:00Z", "--now", NOW).code == 0
    assert listed(run, "2026-03-12T17:00:00Z")[0]["state"] == "active"
    closed = run("situations", "close", one["id"], "--as", "ann", "--reason", "all are safe", "--now", LATER)
    assert (closed.code, "closed by ann: all are safe" in closed.out) == (0, True)
    assert run(*SALE, "--now", LATER).code == 0


def test_what_will_be_opened_is_not_open_yet(run: Run) -> None:
    assert run(*OPEN, "--as", "ann", "--reason", "drill ends", "--now", LATER).code == 0
    assert run(*SALE, "--now", NOW).code == 0
    assert run(*SALE, "--now", LATER).code == 10


@pytest.mark.parametrize(
    ("call", "problems"),
    [
        (
            ("open", " ", "--topic", "tragedy.ferry", "--region", "UK"),
            ["the person's name is empty", "the reason is empty", "the title is empty", "there is no topic `tragedy.ferry`", "there is no region `UK`"],
        ),
        (("open", "Ferry sinks", "--topic", "film", "--as", "bob", "--reason", "why"), ["never sensitive", "`bob` is none of the people in people.toml"]),
        (("extend", "feed"), ["there is no situation `feed`", "the person's name is empty", "the reason is empty"]),
        (("close", "feed", "--as", "bob"), ["there is no situation `feed`", "the reason is empty", "`bob` is none of the people in people.toml"]),
        (("open", "Ferry sinks", "--topic", "war", "--as", "ann", "--reason", "x", "--until", "2026-03-10T17:00:00Z"), ["until is not after"]),
    ],
)
def test_all_that_is_wrong_is_said_at_once(run: Run, call: tuple[str, ...], problems: list[str]) -> None:
    ran = run("situations", *call, "--now", NOW)
    assert ran.code == 2
    said = ran.err.strip().splitlines()
    assert len(said) == len(problems), said
    for problem in problems:
        assert any(problem in line for line in said), problem
    assert listed(run, NOW) == []


def test_people_that_cannot_be_read_let_nobody_decide(run: Run, tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text("people = 3\n")
    ran = run(*OPEN, *BY)
    assert ran.code == 2
    assert "people.toml" in ran.err


def test_each_decision_is_a_row_of_the_record(run: Run, tmp_path: Path) -> None:
    assert run(*OPEN, *BY).code == 0
    (row,) = run("ledger", "show", "--format", "json").json
    assert (row["kind"], row["said"]["done"], row["said"]["topic"], row["said"]["regions"]) == ("situation", "opened", "tragedy.accident", ["GB"])
    assert row["told"] == {"person": "ann", "reason": "the coastguard called", "title": "Ferry sinks off Dover"}
    assert run("situations", "close", row["subject"], "--as", "ann", "--reason", "all are safe", "--now", LATER).code == 0
    lines = [line.partition(row["subject"])[2].strip() for line in run("ledger", "show").out.splitlines()]
    assert lines == ["opened by hand, active: tragedy.accident, major, GB, until 2026-03-11T18:00:00Z", "closed by hand, closed: tragedy.accident, major, GB"]
    assert run("ledger", "mask", "--draft", row["subject"], "--as", "ann", "--reason", "asked for", "--now", LATER).code == 0
    assert run("ledger", "verify").code == 0


def test_a_decision_whose_row_is_not_signed_counts_and_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ledger.key").write_text("no key")
    ran = run(*OPEN, *BY)
    assert (ran.code, ran.err.startswith("error: it is written and counts, but its row is not signed: ledger.key")) == (30, True)
    assert [one["title"] for one in listed(run, NOW)] == ["Ferry sinks off Dover"]
