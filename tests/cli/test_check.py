"""`rtm-gate check` as schedulers and people call it: exit codes, shapes, bad input, failing feeds."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import NOW, Run, rss

SALE = ("--text", "Our linen shirts are back in stock.", "--now", NOW)
KEYS = {
    "schema", "id", "verdict", "headline", "draft_id", "content_hash", "evaluated_at", "valid_until", "retry_after", "policy", "news",
    "findings", "suppressed", "not_evaluated", "approvals", "to_go", "timings_ms",
}  # fmt: skip


def test_a_quiet_day(run: Run, quiet: Path) -> None:
    ran = run("check", *SALE, "--feed", quiet, "--format", "json")
    assert (ran.code, ran.json["verdict"]) == (0, "go")
    assert set(ran.json) >= KEYS
    assert ran.json["schema"] == "rtm-gate/verdict/1"
    assert ran.json["content_hash"].startswith("sha256:")
    assert ran.json["news"]["sources"] == [{"name": "quiet", "age_seconds": 0, "healthy": True, "problem": ""}]


def test_a_hold_says_until_when(run: Run, shooting: list[str]) -> None:
    ran = run("check", *SALE, *shooting, "--format", "json")
    assert (ran.code, ran.json["verdict"]) == (10, "hold")
    assert ran.json["retry_after"] == "2026-03-11T16:00:00Z"
    finding = next(f for f in ran.json["findings"] if f["rule"] == "silence_where_it_happened")
    story = finding["evidence"][0]
    assert (story["kind"], story["topic"], story["regions"]) == ("situation", "tragedy.shooting", ["US-CO"])
    assert {source["name"] for source in story["sources"]} == {"wire", "daily"}
    assert finding["at"]["file"].endswith("grave.rtm")


def test_a_no_go_shows_the_words(run: Run, shooting: list[str]) -> None:
    ran = run("check", "--text", "Killer savings this weekend.", "--now", NOW, *shooting, "--format", "json")
    assert (ran.code, ran.json["verdict"]) == (20, "no-go")
    words = [e["text"] for f in ran.json["findings"] for e in f["evidence"] if e["kind"] == "text"]
    assert "Killer" in words
    assert ran.json["to_go"]


def test_same_question_same_bytes(run: Run, shooting: list[str]) -> None:
    first, second = (run("check", *SALE, *order, "--format", "json").json for order in (shooting, shooting[2:] + shooting[:2]))
    for verdict in (first, second):
        verdict.pop("timings_ms")
        verdict["news"].pop("sources")
    assert first == second


def test_people_can_read_it(run: Run, shooting: list[str]) -> None:
    text = run("check", *SALE, *shooting)
    assert text.code == 10
    for words in ("HOLD", "silence_where_it_happened", "Denver", "until 2026-03-11"):
        assert words in text.out
    assert "\x1b" not in text.out
    markdown = run("check", *SALE, *shooting, "--format", "markdown")
    assert markdown.out.startswith("## ● HOLD")


def test_a_page_for_mail_and_archive(run: Run, shooting: list[str]) -> None:
    page = run("check", *SALE, *shooting, "--format", "html")
    assert page.code == 10
    assert page.out.startswith("<!doctype html>")
    assert page.out.endswith("</html>\n")
    for words in ("Our linen shirts are back in stock.", "blackout silence_where_it_happened", "Denver", "11 Mar 2026, 16:00 UTC"):
        assert words in re.sub("<[^>]+>", "", page.out)


def test_a_headline_by_hand(run: Run) -> None:
    ran = run("check", *SALE, "--story", "2 hours ago: City council approves new bike lanes", "--format", "json")
    assert ran.code == 0
    assert run("check", *SALE, "--story", "yesterday").code == 2


def test_without_news_reactive_is_held_and_planned_is_judged_on_its_words(run: Run) -> None:
    planned = run("check", *SALE, "--no-feeds", "--format", "json")
    assert (planned.code, planned.json["not_evaluated"][0]["check"]) == (0, "news")
    reactive = run("check", *SALE, "--kind", "reactive", "--no-feeds", "--format", "json")
    assert reactive.code == 10
    assert "stale_news" in {f["rule"] for f in reactive.json["findings"]}


def test_nothing_said_about_the_world(run: Run) -> None:
    ran = run("check", *SALE, "--format", "json")
    assert ran.code == 2
    for way in ("--feed", "rtm-gate.toml", "--no-feeds"):
        assert way in ran.json["problems"][0]


def test_a_project_names_its_feeds(run: Run, quiet: Path, tmp_path: Path) -> None:
    (tmp_path / "rtm-gate.toml").write_text('feeds = ["quiet.xml"]\npolicy = "own.rtm"\n')
    (tmp_path / "own.rtm").write_text('policy "Own" { language 1 owner "o@example.com" otherwise hold }\n')
    ran = run("check", *SALE, "--format", "json")
    assert (ran.code, ran.json["policy"]["name"], ran.json["findings"][0]["rule"]) == (10, "Own", "otherwise")
    (tmp_path / "rtm-gate.toml").write_text("feed = 3\npolicy = 4\n")
    broken = run("check", *SALE, "--format", "json")
    assert broken.code == 2
    assert len(broken.json["problems"]) == 2


def test_all_faults_of_a_draft_at_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(json.dumps({"text": 5, "kind": "later", "scheduled_at": "soon"}))
    ran = run("check", "d.json", "--no-feeds", "--format", "json")
    assert ran.code == 2
    assert [p.partition(":")[0] for p in ran.json["problems"]] == ["text", "platform", "kind", "scheduled_at"]
    assert run("check", "d.json", "--no-feeds").err.count("error:") == 4


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"5", b"[" * 100_000])
def test_what_is_no_draft_exits_2(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "d.json").write_bytes(content)
    assert run("check", "d.json", "--no-feeds").code == 2


def test_a_draft_on_standard_input(run: Run) -> None:
    draft = {"text": "Our linen shirts are back in stock.", "platform": "x", "kind": "planned", "override": True}
    ran = run("check", "-", "--no-feeds", "--format", "json", stdin=json.dumps(draft))
    assert ran.code == 0
    assert ran.json["warnings"] == ["override: the gate does not know this key; it is ignored"]


BOMB = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]><rss version='2.0'><channel><title>&j;</title></channel></rss>"  # fmt: skip
BAD_FEEDS: dict[str, Any] = {
    "a page": "<!doctype html><html><body><h1>Log in</h1></body></html>",
    "half a file": rss("half", "One", "Two")[:120],
    "nothing": "",
    "binary": bytes(range(256)) * 20,
    "a zip": gzip.compress(b"not a feed"),
    "a billion laughs": BOMB,
    "50 MB": b"<rss><channel><title>x</title>" + b"<item><title>y</title></item>" * 1_800_000,
}


@pytest.mark.parametrize("name", BAD_FEEDS)
def test_a_bad_feed_is_named_and_holds_what_is_reactive(run: Run, tmp_path: Path, name: str) -> None:
    content = BAD_FEEDS[name]
    (tmp_path / "bad.xml").write_bytes(content if isinstance(content, bytes) else content.encode())
    ran = run("check", *SALE, "--kind", "reactive", "--feed", "bad.xml", "--format", "json")
    assert ran.code == 10
    (source,) = ran.json["news"]["sources"]
    assert not source["healthy"]
    assert source["problem"]
    assert "stale_news" in {f["rule"] for f in ran.json["findings"] if f["status"] == "active"}


def test_one_dead_feed_of_many_is_a_warning(run: Run, tmp_path: Path, quiet: Path) -> None:
    ran = run("check", *SALE, "--feed", quiet, "--feed", tmp_path / "missing.xml", "--format", "json")
    assert ran.code == 0
    assert [s["healthy"] for s in ran.json["news"]["sources"]].count(False) == 1


def test_old_news_is_no_news(run: Run, quiet: Path) -> None:
    fresh = run("check", *SALE, "--feed", quiet, "--fetched-at", "2026-03-10T17:31:00Z")
    stale = run("check", *SALE, "--feed", quiet, "--fetched-at", "2026-03-10T17:29:00Z")
    assert (fresh.code, stale.code) == (0, 10)


def test_a_policy_that_does_not_load_holds_everything(run: Run, tmp_path: Path, quiet: Path) -> None:
    (tmp_path / "bad.rtm").write_text('policy "P" { language 1 }\nrule r "R" { when draft.platfrom is x then no-go because "b" }\n')
    ran = run("check", *SALE, "--feed", quiet, "--policy", "bad.rtm", "--format", "json")
    assert (ran.code, ran.json["verdict"]) == (30, "hold")
    assert ran.json["findings"][0]["kind"] == "fault"
    assert "bad.rtm:2:" in ran.err
    assert "platform" in ran.err
