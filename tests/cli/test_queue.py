"""`rtm-gate queue`: from taking in to withdrawing, as a person and as a program sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Run, rss

LATER = "2026-03-10T18:02:00Z"
AFTER = "2026-03-10T18:04:00Z"
PLAN = {"owner": "kim", "minutes": 15}
SHIRTS = {"id": "d-1", "text": "Our linen shirts are back in stock.", "platform": "x", "kind": "planned", "regions": ["US"], "opt_out": PLAN}
STALE = "the news has changed since; rtm-gate queue sweep judges it again"


@pytest.fixture(autouse=True)
def project(tmp_path: Path) -> None:
    tell(tmp_path, "Council approves bike lanes", "Library opens on Sundays")
    (tmp_path / "people.toml").write_text('people = [{ id = "ann", roles = ["manager"] }]\n')
    (tmp_path / "rtm-gate.toml").write_text('feeds = ["wire.xml", "daily.xml"]\npeople = "people.toml"\n')
    (tmp_path / "d.json").write_text(json.dumps(SHIRTS))


def tell(folder: Path, *titles: str) -> None:
    for name, title in zip(("wire", "daily"), titles, strict=True):
        (folder / f"{name}.xml").write_text(rss(name, title))


def test_from_taking_in_to_withdrawing(run: Run, tmp_path: Path) -> None:
    ran = run("queue", "add", "d.json", "--now", NOW)
    assert (ran.code, ran.out) == (0, "✔ GO    d-1  added  Nothing objects.\n")
    assert run("queue", "answer", "d-1", "--now", NOW).code == 0
    assert run("queue", "handed", "d-1", "--now", NOW).code == 0
    tell(tmp_path, "Gunman kills six at a mall in Denver, police say", "Six dead in Denver mall shooting")
    asked = run("queue", "answer", "d-1", "--now", LATER, "--format", "json")
    assert (asked.code, asked.json["verdict"], asked.json["because"], asked.json["valid_until"]) == (10, "hold", STALE, None)
    swept = run("queue", "sweep", "--now", LATER)
    assert swept.code == 0
    assert "was go" in swept.out
    assert "already handed over; withdraw it there: kim, 15 minutes" in swept.out
    assert "1 changed; 1 judged again, 0 stayed as they were; " in swept.out
    again = run("queue", "sweep", "--now", AFTER, "--format", "json").json
    assert (again["judged"], again["kept"], again["changed"]) == (0, 1, [])
    assert run("queue", "answer", "d-1", "--now", AFTER).code == 10
    gone = run("queue", "withdraw", "d-1", "--as", "ann", "--reason", "the shooting", "--now", AFTER)
    assert (gone.code, gone.out) == (0, "d-1 is withdrawn; it was handed over already, delete it there: kim, 15 minutes\n")
    assert [row["state"] for row in run("queue", "list", "--format", "json").json] == ["withdrawn"]
    assert run("queue", "list", "--state", "waiting").out == "no draft is waiting\n"


def test_workers_in_processes_of_their_own(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps(SHIRTS | {"id": f"d-{n}"}) for n in range(5)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    assert len(run("queue", "add", "many.jsonl", "--now", NOW, "--format", "json").json) == 5
    tell(tmp_path, "Gunman kills six at a mall in Denver, police say", "Six dead in Denver mall shooting")
    swept = run("queue", "sweep", "--workers", "2", "--now", LATER, "--format", "json").json
    assert (swept["judged"], sorted(change["id"] for change in swept["changed"])) == (5, [f"d-{n}" for n in range(5)])


def test_drafts_come_from_standard_input_one_or_many(run: Run) -> None:
    other = SHIRTS | {"id": "d-2"}
    assert run("queue", "add", "-", "--now", NOW, stdin=json.dumps(SHIRTS, indent=2)).code == 0
    ran = run("queue", "add", "-", "--now", NOW, "--format", "json", stdin=f"{json.dumps(SHIRTS)}\n{json.dumps(other)}\n")
    assert [(row["id"], row["how"]) for row in ran.json] == [("d-1", "same"), ("d-2", "added")]


def test_a_hand_over_without_a_go_is_warned_of(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(json.dumps(SHIRTS | {"kind": "reactive"}))
    assert run("queue", "add", "d.json", "--now", NOW).code == 0
    assert "warning: the answer about `d-1` is hold" in run("queue", "handed", "d-1", "--published", "--now", NOW).err


@pytest.mark.parametrize(
    ("call", "problems"),
    [
        (("answer", "none"), ["there is no draft `none` in the queue; `rtm-gate queue list` names them"]),
        (("handed", "none"), ["there is no draft `none` in the queue"]),
        (("withdraw", "none", "--as", "bob", "--reason", "why"), ["`bob` is none of the people in people.toml"]),
        (("withdraw", "none"), ["the person's name is empty", "the reason is empty"]),
        (("add", "none.json"), ["none.json: No such file or directory"]),
        (("add", "bad.jsonl"), ["bad.jsonl:1: is not JSON", "bad.jsonl:2: platform: is required", "bad.jsonl:2: kind: is required"]),
        (("add", "empty.jsonl"), ["empty.jsonl: holds no draft"]),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_done(run: Run, tmp_path: Path, call: tuple[str, ...], problems: list[str]) -> None:
    (tmp_path / "bad.jsonl").write_text(f'{{"text": \n{{"text": "x"}}\n\n{json.dumps(SHIRTS)}\n')
    (tmp_path / "empty.jsonl").write_text("\n")
    ran = run("queue", *call)
    said = ran.err.strip().splitlines()
    assert (ran.code, len(said)) == (2, len(problems)), said
    for problem, line in zip(problems, said, strict=True):
        assert problem in line
    assert run("queue", "list").out == "no draft waits\n"


def test_a_folder_that_is_no_project_has_no_queue(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rtm-gate.toml").unlink()
    ran = run("queue", "list")
    assert (ran.code, "this folder is no project" in ran.err) == (2, True)
