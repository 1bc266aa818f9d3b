"""What people and programs send by mistake: a sentence and exit code 2, never a guess, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import NOW, Run

PLAIN: dict[str, Any] = {"text": "Our linen shirts are back.", "platform": "x", "kind": "planned"}


def checked(run: Run, content: str) -> Any:
    return run("check", "-", "--no-feeds", "--now", NOW, "--format", "json", stdin=content)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"text": "Hello.", "text": "Bye.", "platform": "x", "kind": "planned"}', "`text` stands twice"),
        ('{"text": "Hello.", "platform": "x", "kind": "planned", "similar_posts": NaN}', "NaN is not a number"),
        ('{"text": "Hello.", "platform": "x", "kind": "planned", "similar_posts": ' + "9" * 5000 + "}", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        (json.dumps(PLAIN | {"similar_posts": 10**20}), "similar_posts:"),
        (json.dumps(PLAIN | {"shelf_life_hours": 1e300}), "shelf_life_hours:"),
        (json.dumps(PLAIN | {"scheduled_at": "0001-01-01T00:00:00+05:00"}), "between the years"),
        (json.dumps(PLAIN | {"scheduled_at": "9999-12-31T23:59:59Z"}), "between the years"),
        (json.dumps(PLAIN | {"regions": ["UK"]}), "did you mean GB"),
        (json.dumps(PLAIN | {"regions": ["EN"]}), "no country"),
        (json.dumps(PLAIN | {"text": ["", " "]}), "text: is empty"),
        (json.dumps(PLAIN | {"id": "\ud800"}), "id: holds a broken character"),
        (json.dumps(PLAIN | {"media": [{"alt": "\udfff"}]}), "media[0].alt: holds a broken character"),
        (json.dumps(PLAIN | {"text": "a" * 100_001}), "at most 100,000"),
    ],
)
def test_a_draft_that_cannot_be_judged(run: Run, content: str, problem: str) -> None:
    ran = checked(run, content)
    assert ran.code == 2
    assert any(problem in line for line in ran.json["problems"]), ran.json


def test_a_part_of_a_country_nobody_knows_stands_for_the_country(run: Run, shooting: list[str]) -> None:
    draft = json.dumps(PLAIN | {"regions": ["US-NYC"]})
    ran = run("check", "-", *shooting, "--now", NOW, "--format", "json", stdin=draft)
    assert ran.code == 10
    assert "judged as all of US" in ran.json["warnings"][0]


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--text", "Hello.", "--no-feeds", "--now", "yesterday"),
        ("check", "--text", "Hello.", "--no-feeds", "--now", "0001-01-01T00:00:00Z"),
        ("check", "--text", "Hello.", "--story", "999999999999 days ago: x"),
        ("check", "--text", "Hello.", "--no-feeds", "--story", "1 hour ago: x"),
        ("check", "--text", "Hello.", "--feed", "empty"),
        ("check", "--text", "Hello.", "--no-feeds", "--now", "2026-03-10T12:00:00Z", "--fetched-at", "2026-03-10T12:00:01Z"),
        ("check", "nowhere.json", "--no-feeds"),
        ("check", "empty", "--no-feeds"),
        ("check", "--no-feeds"),
        ("screen", "drafts.jsonl", "--no-feeds", "-o", "nowhere/out.jsonl"),
        ("policy", "test", "own.rtm", "--cases", "empty"),
    ],
)
def test_a_call_that_cannot_be_meant(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "drafts.jsonl").write_text(json.dumps(PLAIN))
    (tmp_path / "own.rtm").write_text('policy "Own" { language 1 owner "o@example.com" }\n')
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.err


def test_lines_end_at_line_feeds_only(run: Run, tmp_path: Path) -> None:
    rows = [json.dumps(PLAIN | {"text": "One\u2028two."}, ensure_ascii=False).encode(), b"\xff\xfe", json.dumps(PLAIN).encode()]
    (tmp_path / "drafts.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\n".join(rows))
    ran = run("screen", "drafts.jsonl", "--no-feeds", "--now", NOW)
    assert [json.loads(line).get("verdict") for line in ran.out.split("\n") if line] == ["go", None, "go"]


@pytest.mark.parametrize("arguments", [("analyze", "--text", "Hello."), ("situations", "list", "--no-feeds")])
def test_a_broken_policy_is_never_silent(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "bad.rtm").write_text('rule r "R" { when draft.platfrom is x then no-go }\n')
    ran = run(*arguments, "--policy", "bad.rtm")
    assert ran.code == 30
    assert "bad.rtm" in ran.err


def test_a_broken_case_is_named(run: Run, tmp_path: Path) -> None:
    for name, case in (
        ("list", "[]"),
        ("word", '{"now": "2026-01-05T12:00:00Z", "expect": "maybe"}'),
        ("none", '{"now": "2026-01-05T12:00:00Z", "expect": "go"}'),
    ):
        (tmp_path / "cases" / name).mkdir(parents=True)
        (tmp_path / "cases" / name / "case.json").write_text(case)
    (tmp_path / "own.rtm").write_text('policy "Own" { language 1 owner "o@example.com" }\n')
    ran = run("policy", "test", "own.rtm", "--cases", "cases", "--format", "json")
    assert ran.code == 1
    assert [row["verdict"] for row in ran.json["cases"]] == ["broken"] * 3
