"""Recorded cases that say what a hold or no-go has to rest on, and blocks that no test would miss, as `rtm-gate policy test` tells them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from rtm_gate.cli.policy.results_text import WIDTH
from tests.cli.conftest import Run

POLICY = """policy "Acme" { language 1  owner "o@example.com"  audience US  roles manager }
tier manager { needs 1 manager }
rule queued "Nothing from a queue" { when draft.queued  then hold  because "b" }
rule sponsored "Nothing that is paid for" { when draft.sponsored  then no-go  because "b" }
rule statement "Statements" { when draft is statement  then hold  because "b" }
rule small "Small" { when draft is reply  then hold  because "b" }
switch off small because "We have a night desk."
checklist ready "Before we react" {
  applies when draft is reactive
  ask facts "Have we read it?" should be yes
  with 0 open go
  with 1 open hold for manager
  because "b"
}
"""
PLANNED = {"text": "Umbrellas.", "platform": "x", "kind": "planned", "queued": True}
REACTIVE = {"text": "Umbrellas.", "platform": "x", "kind": "reactive", "trigger": {"detected_at": "2026-03-10T17:00:00Z"}}
NAMED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a-named": (PLANNED, {"expect": "hold", "finding": "queued"}),
    "b-any-of": (PLANNED, {"expect": "hold", "finding": ["statement", "queued"]}),
    "c-question": (REACTIVE, {"expect": "hold", "finding": "ready.facts"}),
    "d-none": (PLANNED, {"expect": "hold", "finding": None}),
}
UNNAMED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "e-other": (PLANNED, {"expect": "hold", "finding": "statement", "why": "It speaks for the company."}),
    "f-wrong-word": (PLANNED, {"expect": "no-go", "finding": "sponsored"}),
    "g-known": (PLANNED, {"expect": "hold", "finding": "sponsored", "known": "Nobody is paid yet."}),
    "h-typo": (PLANNED, {"expect": "hold", "finding": ["queued", "sponsred"], "known": "A typo is no excuse."}),
    "i-off": (PLANNED, {"expect": "hold", "finding": "small"}),
    "j-number": (PLANNED, {"expect": "hold", "finding": [3]}),
}


def judged(run: Run, folder: Path, cases: dict[str, tuple[dict[str, Any], dict[str, Any]]], *options: str) -> Any:
    (folder / "acme.rtm").write_text(POLICY)
    for name, (draft, meta) in cases.items():
        (folder / "cases" / name).mkdir(parents=True)
        (folder / "cases" / name / "draft.json").write_text(json.dumps(draft))
        (folder / "cases" / name / "case.json").write_text(json.dumps({"id": name, "now": "2026-03-10T18:00:00Z", **meta}))
    return run("policy", "test", "acme.rtm", "--cases", "cases", *options)


def test_a_case_is_named_when_one_of_its_names_decides(run: Run, tmp_path: Path) -> None:
    ran = judged(run, tmp_path, NAMED, "--format", "json")
    assert ran.code == 0
    assert [(row["id"], row.get("finding"), row.get("named")) for row in ran.json["cases"]] == [
        ("a-named", ["queued"], True),
        ("b-any-of", ["statement", "queued"], True),
        ("c-question", ["ready.facts"], True),
        ("d-none", None, None),
    ]
    assert "finding" not in ran.json["cases"][3]
    assert ran.json["summary"]["named"] == {"cases": 3, "named": 3, "missed": []}


def test_the_right_word_from_another_block_fails(run: Run, tmp_path: Path) -> None:
    ran = judged(run, tmp_path, NAMED | UNNAMED, "--format", "json")
    assert ran.code == 1
    rows = {row["id"]: row for row in ran.json["cases"]}
    assert {name: (rows[name]["exact"], rows[name].get("named")) for name in UNNAMED} == {
        "e-other": (True, False),
        "f-wrong-word": (False, None),
        "g-known": (True, False),
        "h-typo": (True, True),
        "i-off": (True, False),
        "j-number": (False, None),
    }
    assert rows["h-typo"]["problem"] == "`finding` names what is no block of the policy: `sponsred`; did you mean `sponsored`?"
    assert rows["i-off"]["problem"] == "`finding` names only what is switched off: `small` (We have a night desk.)"
    assert rows["j-number"]["headline"].endswith("`finding` in case.json is no name of a block, and no list of such names")
    assert ran.json["summary"]["named"] == {"cases": 8, "named": 4, "missed": ["e-other", "f-wrong-word", "g-known", "i-off"]}
    assert ran.json["summary"]["exact"] == 8


@pytest.mark.parametrize(("name", "code"), [("e-other", 1), ("g-known", 0), ("h-typo", 1), ("i-off", 1)])
def test_known_excuses_another_block_but_no_name_that_is_none(run: Run, tmp_path: Path, name: str, code: int) -> None:
    assert judged(run, tmp_path, {name: UNNAMED[name]}).code == code


def test_text_says_from_what_it_should_have_come_and_why_it_did_not(run: Run, tmp_path: Path) -> None:
    ran = judged(run, tmp_path, NAMED | UNNAMED)
    assert (
        "✖ case e-other\n    wanted  hold from statement\n    came    hold from queued\n"
        "    statement did not fire: `draft.kind is statement`, but the draft has kind planned\n    It speaks for the company.\n"
    ) in ran.out
    assert "○ known case g-known\n    wanted  hold from sponsored\n    came    hold from queued\n" in ran.out
    assert "✖ case h-typo\n    wanted  hold from queued or sponsred\n" in ran.out
    totals = " ".join(ran.out.split("\n\n")[-1].split())
    assert totals.endswith("8 of 10 cases exactly as expected (hold 8/9, no-go 0/1); the finding named in 4 of 8; 1 known to come out otherwise")
    assert max(map(len, ran.out.splitlines())) <= WIDTH


def test_junit_fails_what_is_not_named(run: Run, tmp_path: Path) -> None:
    root = ET.fromstring(judged(run, tmp_path, NAMED | UNNAMED, "--format", "junit").out.encode())
    cases = root.findall("testsuite")[1]
    assert (cases.get("failures"), cases.get("errors"), cases.get("skipped")) == ("4", "1", "1")
    assert [row.get("value") for row in cases.findall("properties/property") if row.get("name") == "named"] == ["4 of 8"]
    outcomes = {case.get("name"): [(child.tag, child.get("message")) for child in case] for case in cases.findall("testcase")}
    assert outcomes["a-named"] == []
    assert outcomes["e-other"] == [("failure", "expected hold from statement, came hold from queued")]
    assert outcomes["g-known"] == [("skipped", "known: Nobody is paid yet. (expected hold from sponsored, came hold from queued)")]


BOTH = {**PLANNED, "kind": "statement"}


@pytest.mark.parametrize(
    ("finding", "unmissed"),
    [(None, ["queued", "sponsored", "statement", "ready"]), ("statement", ["queued", "sponsored", "ready"])],
)
def test_a_case_misses_what_it_names_even_where_another_block_says_the_same(run: Run, tmp_path: Path, finding: str | None, unmissed: list[str]) -> None:
    ran = judged(run, tmp_path, {"both": (BOTH, {"expect": "hold", "finding": finding})}, "--coverage", "--format", "json")
    told = ran.json["coverage"]["unmissed"]
    assert [row["block"] for row in told["blocks"]] == unmissed
    assert (told["total"], told["count"]) == (4, len(unmissed))


def test_text_lists_what_no_test_would_miss(run: Run, tmp_path: Path) -> None:
    ran = judged(run, tmp_path, {"both": (BOTH, {"expect": "hold", "finding": "queued"})}, "--coverage")
    assert ran.code == 0
    assert re.search(r"^  needed +1 of 4 +25\.0%$", ran.out, re.MULTILINE)
    listed = ran.out.split("  Blocks that no test would miss: without them every test and case still comes out right\n")[1].split("\n\n")[0]
    assert [line.split()[1] for line in listed.splitlines()] == ["sponsored:", "statement:", "ready:"]
    assert max(map(len, ran.out.splitlines())) <= WIDTH
