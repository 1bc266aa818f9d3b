"""`rtm-gate policy test`, as people, programs and build servers read it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from rtm_gate.cli.policy.results_text import WIDTH
from tests.cli.conftest import Run, rss

POLICY = """policy "Acme" { language 1  owner "o@example.com"  audience US, CA  roles manager }
rule joining_a_tragedy "Joining a tragedy" {
  when any situation where topic is tragedy and severity at least major and touches words
  then no-go  because "b"  fix "f"
}
rule two_people_reactive "Two people for anything reactive" { when draft is reactive and draft.reviewers under 2  then hold  because "b" }
test "a pizza joke on a domestic-violence tag" {
  at 2014-09-09T02:00Z
  draft { platform x  kind reactive  text "#WhyIStayed You had pizza." }
  situation { topic tragedy  severity minor  touches words  title "Women share stories of domestic violence with #WhyIStayed" }
  expect no-go from joining_a_tragedy
}
test "<quiet> & \\u0007 \\"quoted\\"" { draft { text "Hello." }  expect go }
"""
CASES = {
    "as-expected": {"expect": "go"},
    "missed": {"expect": "no-go", "why": "It sells <umbrellas> & more."},
    "known": {"expect": "hold", "known": "Nobody reads pictures yet."},
}


@pytest.fixture
def project(tmp_path: Path, run: Run) -> Run:
    """A policy with a test that fails and one that does not, and cases of every sort."""
    (tmp_path / "acme.rtm").write_text(POLICY.replace("\\u0007", "\x07"))
    for name, meta in CASES.items():
        folder = tmp_path / "cases" / name
        (folder / "feeds").mkdir(parents=True)
        (folder / "feeds" / "wire.xml").write_text(rss("wire", "Library opens on Sundays"))
        (folder / "draft.json").write_text(json.dumps({"text": "Umbrellas.", "platform": "x", "kind": "planned"}))
        (folder / "case.json").write_text(json.dumps({"id": name, "now": "2026-03-10T18:00:00Z", **meta}))
    (tmp_path / "cases" / "broken").mkdir()
    (tmp_path / "cases" / "broken" / "case.json").write_text("{}")
    return run


def test_text_groups_the_failures_and_ends_with_the_totals(project: Run) -> None:
    ran = project("policy", "test", "acme.rtm", "--cases", "cases")
    assert ran.code == 1
    place, wanted, came, *why = ran.out.splitlines()[:6]
    assert re.fullmatch(r'✖ \S*acme\.rtm:7 "a pizza joke on a domestic-violence tag"', place)
    assert wanted == "    wanted  no-go from joining_a_tragedy"
    assert came == "    came    hold from two_people_reactive"
    assert " ".join(line.strip() for line in why[:2]) == (
        'joining_a_tragedy did not fire: `severity at least major`, but the situation "Women share stories of domestic violence with '
        '#WhyIStayed" has severity minor'
    )
    assert "✖ case missed\n    wanted  no-go\n    came    go\n    It sells <umbrellas> & more.\n" in ran.out
    assert "○ known case known\n    wanted  hold\n    came    go\n    Nobody reads pictures yet.\n" in ran.out
    assert "1 of 2 tests passed\n1 of 4 cases exactly as expected (go 1/1, hold 0/1, no-go 0/1, unknown 0/1); 1 known to come out\notherwise\n" in ran.out
    assert max(map(len, ran.out.splitlines())) <= WIDTH
    assert ran.err == ""


def test_json_keeps_the_summary_last(project: Run) -> None:
    told = project("policy", "test", "acme.rtm", "--cases", "cases", "--coverage", "--format", "json").json
    assert list(told) == ["tests", "cases", "coverage", "summary"]
    first, second = told["tests"]
    assert first["why"][0].startswith("joining_a_tragedy did not fire: `severity at least major`")
    assert first["problems"] == ["expected no-go from joining_a_tragedy, came hold from two_people_reactive"]
    assert (second["passed"], second["problems"], second["findings"]) == (True, [], [])
    assert told["summary"]["missed"] == ["broken", "known", "missed"]
    blocks = told["coverage"]["blocks"]
    assert (blocks["total"], blocks["reached"], blocks["percent"]) == (3, 1, 33.3)
    assert [row["block"] for row in blocks["missed"]] == ["joining_a_tragedy", "stale_news"]
    assert told["coverage"]["checks"] == 5


def test_coverage_names_what_nothing_reached(project: Run) -> None:
    ran = project("policy", "test", "acme.rtm", "--coverage")
    assert re.search(r"^  blocks +1 of 3 +33\.3%$", ran.out, re.MULTILINE)
    assert re.search(r"^    \S*acme\.rtm:2 joining_a_tragedy: Joining a tragedy$", ran.out, re.MULTILINE)
    assert ran.out.endswith("1 of 2 tests passed\n")
    assert max(map(len, ran.out.splitlines())) <= WIDTH


def test_junit_is_read_back(project: Run) -> None:
    ran = project("policy", "test", "acme.rtm", "--cases", "cases", "--coverage", "--format", "junit")
    assert ran.code == 1
    root = ET.fromstring(ran.out.encode())
    assert (root.tag, root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")) == ("testsuites", "6", "2", "1", "1")
    tests, cases = root.findall("testsuite")
    assert (tests.get("name"), cases.get("name")) == ("tests", "cases")
    properties = {row.get("name"): row.get("value") for row in tests.findall("properties/property")}
    assert properties["policy"] == "Acme"
    assert properties["coverage.blocks"] == "33.3"
    failing, quoted = tests.findall("testcase")
    (failure,) = failing.findall("failure")
    assert failure.get("message") == "expected no-go from joining_a_tragedy, came hold from two_people_reactive"
    assert "wanted  no-go from joining_a_tragedy\n" in (failure.text or "")
    assert "has severity minor" in (failure.text or "")
    assert failing.get("line") == "7"
    assert quoted.get("name") == '<quiet> & \ufffd "quoted"'
    assert list(quoted) == []
    outcomes = {case.get("name"): [(child.tag, child.get("message")) for child in case] for case in cases.findall("testcase")}
    assert outcomes["as-expected"] == []
    assert outcomes["missed"] == [("failure", "expected no-go, came go")]
    assert outcomes["known"] == [("skipped", "known: Nobody reads pictures yet. (expected hold, came go)")]
    assert outcomes["broken"] == [("error", "expected unknown, came broken")]


def test_junit_fits_the_common_schema(project: Run) -> None:
    """Attributes and children that Jenkins' reader knows, in its order; times with a point."""
    root = ET.fromstring(project("policy", "test", "acme.rtm", "--cases", "cases", "--format", "junit").out.encode())
    for suite in root:
        assert [child.tag for child in suite] == ["properties"] + ["testcase"] * int(suite.get("tests", ""))
        assert set(suite.attrib) == {"name", "tests", "failures", "errors", "skipped", "time"}
        for case in suite.findall("testcase"):
            assert {"name", "classname", "time"} <= set(case.attrib) <= {"name", "classname", "time", "file", "line"}
            assert {child.tag for child in case} <= {"failure", "error", "skipped"}
            assert re.fullmatch(r"\d+\.\d{3}", case.get("time", ""))
    assert all(float(suite.get("time", "")) > 0 for suite in root)


def test_a_policy_whose_tests_pass_says_so_in_a_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.rtm").write_text('policy "P" { language 1  audience US }\ntest "t" { draft { text "Hello." }  expect go }\n')
    ran = run("policy", "test", "p.rtm")
    assert (ran.code, ran.out, ran.err) == (0, "1 of 1 tests passed\n", "")


def test_a_mistake_in_a_test_is_shown_with_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.rtm").write_text('policy "P" { language 1  audience US }\ntest "t" { draft { text "Hello." }  situation { topic tragdy }  expect go }\n')
    ran = run("policy", "test", "p.rtm")
    assert ran.code == 1
    assert "did you mean `tragedy`?" in ran.err
    assert "p.rtm:2:" in ran.err


EXAMPLES = """policy "P" { language 1  audience US }
brand "Fernhill" { product "Pesticide Punk" }
topic residues "Residues" {
  terms           "pesticide"
  hashtags        "#CleanTea*"
  meant when near "laboratory"
  but not         "pesticide free"
  certainty       40%
  must match      "The laboratory found a pesticide.", "After the deadly crash, gossip is a pesticide.", "All is pesticide free."
  must match      "Good morning."
  must not match  "#CleanTeaNow", "The new Pesticide Punk is here.", "A laboratory, a pesticide."
}
rule r { when draft mentions residues  then warn }
"""


def test_a_topic_s_examples_are_tests_of_their_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "p.rtm").write_text(EXAMPLES)
    ran = run("policy", "test", "a/p.rtm")
    assert ran.code == 1
    *told, totals = ran.out.split("\n\n")
    rows = [line.split(" ", 1)[1] if line.startswith("✖") else " ".join(line.split()) for block in told for line in block.splitlines()]
    assert rows == [
        'a/p.rtm:9 "residues must match: After the deadly crash, gossip is a pesticide."',
        "wanted residues",
        "came no residues",
        '"pesticide" is residues with 40% certainty: 40% by itself; it counts from 50%',
        'it is read as something else: "deadly crash" as tragedy.crash',
        'a/p.rtm:9 "residues must match: All is pesticide free."',
        "wanted residues",
        "came no residues",
        '"pesticide" is harmless here: pesticide free',
        'a/p.rtm:10 "residues must match: Good morning."',
        "wanted residues",
        "came no residues",
        "none of its terms and hashtags stands in it",
        'a/p.rtm:11 "residues must not match: #CleanTeaNow"',
        "wanted no residues",
        "came residues",
        "#CleanTeaNow is a hashtag of residues",
        'a/p.rtm:11 "residues must not match: A laboratory, a pesticide."',
        "wanted no residues",
        "came residues",
        '"pesticide" is residues with 65% certainty: 40% by itself, +25% for cue "laboratory"',
    ]
    assert totals == "2 of 7 tests passed\n"
    assert max(map(len, ran.out.splitlines())) <= WIDTH


def test_programs_are_told_of_them_like_of_any_test(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "p.rtm").write_text(EXAMPLES)
    told = run("policy", "test", "a/p.rtm", "--format", "json").json
    assert (told["summary"]["tests"], told["summary"]["passed"]) == (7, 2)
    failed = [row for row in told["tests"] if not row["passed"]]
    assert failed[2] == {
        "name": "residues must match: Good morning.",
        "at": "a/p.rtm:10",
        "passed": False,
        "verdict": None,
        "findings": [],
        "problems": ["expected residues, came no residues"],
        "why": ["none of its terms and hashtags stands in it"],
    }
    ran = run("policy", "test", "a/p.rtm", "--format", "junit")
    root = ET.fromstring(ran.out.encode())
    assert (ran.code, root.get("tests"), root.get("failures"), root.get("errors")) == (1, "7", "5", "0")
    rows = {case.get("name"): (case.get("line"), [child.get("message") for child in case.findall("failure")]) for case in root.iter("testcase")}
    assert rows["residues must match: Good morning."] == ("10", ["expected residues, came no residues"])
    assert rows["residues must match: The laboratory found a pesticide."] == ("9", [])
