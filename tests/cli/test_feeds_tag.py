"""`rtm-gate feeds tag`, as people and programs call it, and what its readings do to a check."""

from __future__ import annotations

from pathlib import Path

import pytest

from rtm_gate import resources
from rtm_gate.news.sources import bundled_catalog
from tests.cli.conftest import Run

AT = "2026-11-17T15:00:00Z"
DEMO = resources.path("feeds", "demo-tags")
HURTS, HARMLESS = DEMO / "whyistayed.xml", DEMO / "tuesdaytreads.xml"
PLACE = """
[[tag]]
name = "{name}"
address = "http://127.0.0.1:9/{number}/{{tag}}.rss"
kind = "{kind}"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The standard policy, and a quiet world."""
    (tmp_path / "wire.xml").write_text('<rss version="2.0"><channel><title>wire</title></channel></rss>')
    (tmp_path / "rtm-gate.toml").write_text('feeds = ["wire.xml"]\n')
    return tmp_path


def verdict(run: Run, kind: str, now: str, tag: str = "#PorchLight") -> tuple[str, set[str], str]:
    """The verdict over a post with the tag, the rules of tags that object, and what the rows of evidence say."""
    ran = run("check", "--text", f"New socks are here. {tag}", "--kind", kind, "--platform", "x", "--now", now, "--format", "json")
    found = [row for row in ran.json["findings"] if "tag" in row["rule"]]
    return ran.json["verdict"], {row["rule"] for row in found}, " ".join(e["text"] for row in found for e in row["evidence"] if e["kind"] == "tag")


def test_a_file_is_read_without_a_project_and_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    ran = run("feeds", "tag", "#WhyIStayed", "TuesdayTreads", "--feed", HURTS, "--feed", HARMLESS, "--feed", "none.xml", "--at", AT, "--format", "json")
    assert ran.code == 0
    assert [(row["tag"], row["uses"], row["sensitive"], row["sensitive_share"]) for row in ran.json] == [
        ("#whyistayed", 13, 8, 0.6154),
        ("#tuesdaytreads", 12, 0, 0.0),
    ]
    assert ran.json[0]["topics"][0] == "gender"
    assert ran.json[0]["oldest"] == AT
    assert [(place["posts"], place["uses"], place["problem"]) for place in ran.json[0]["places"]] == [
        (18, 13, ""),
        (12, 0, ""),
        (0, 0, "there is no such file"),
    ]
    assert "bank card" not in ran.out
    assert list(tmp_path.iterdir()) == []


def test_it_says_what_was_found_and_what_was_not(run: Run) -> None:
    ran = run("feeds", "tag", "WhyIStayed", "--feed", HURTS, "--feed", "none.xml", "--at", AT)
    assert "#whyistayed  13 posts read, 8 of them sensitive (62%)" in ran.out
    assert "there is no such file" in ran.out
    few = run("feeds", "tag", "WhyIStayed", "--feed", HARMLESS, "--at", AT)
    assert few.code == 1
    assert "0 posts read, none of them sensitive; 10 are needed to know a tag" in few.out


def test_a_call_that_makes_no_sense_is_refused(run: Run) -> None:
    outside = run("feeds", "tag", "joy")
    assert (outside.code, "rtm-gate init" in outside.err, "--feed" in outside.err) == (2, True, True)
    wrong = run("feeds", "tag", "joy", "two words", "#", "--feed", HURTS, "--format", "json")
    assert wrong.code == 2
    assert [problem.partition(" is no tag")[0] for problem in wrong.json["problems"]] == ["`two words`", "`#`"]


def test_a_project_asks_where_its_catalog_says_that_posts_are_listed(run: Run, project: Path) -> None:
    # Every bundled place is overruled by one on loopback, which a catalog alone may not reach: nobody is asked.
    places = [(template.name, "posts") for template in bundled_catalog().tags] + [("Porch", "posts"), ("Papers", "news")]
    (project / "own.toml").write_text("".join(PLACE.format(name=name, kind=kind, number=number) for number, (name, kind) in enumerate(places)))
    (project / "rtm-gate.toml").write_text('feeds = ["wire.xml"]\ncatalog = "own.toml"\n')
    ran = run("feeds", "tag", "joy", "--format", "json")
    asked = {place["name"]: place for place in ran.json[0]["places"]}
    assert ran.code == 1
    assert set(asked) == {f"{name} #joy" for name, kind in places if kind == "posts"}
    assert asked["Porch #joy"]["url"] == f"http://127.0.0.1:9/{len(places) - 2}/joy.rss"
    assert all("loopback" in place["problem"] for place in asked.values())


def test_a_check_knows_what_was_read_within_the_hour(run: Run, project: Path) -> None:
    # The same posts under a tag whose name says nothing.
    (project / "posts.xml").write_text(HURTS.read_text().replace("WhyIStayed", "PorchLight"))
    assert verdict(run, "reactive", AT)[1] == {"tag_not_read"}
    assert run("feeds", "tag", "PorchLight", "--feed", "posts.xml", "--at", AT).code == 0
    came, rules, said = verdict(run, "reactive", "2026-11-17T15:05:00Z")
    assert (came, rules) == ("no-go", {"painful_tag"})
    assert said.startswith("13 posts under #porchlight read 5 minutes ago, 8 of them sensitive: gender")
    assert verdict(run, "planned", "2026-11-17T15:05:00Z")[:2] == ("hold", {"painful_tag_planned"})
    assert verdict(run, "reactive", "2026-11-17T16:00:01Z")[1] == {"tag_not_read"}


def test_a_harmless_tag_is_read_and_nothing_more(run: Run, project: Path) -> None:
    assert run("feeds", "tag", "TuesdayTreads", "--feed", HARMLESS, "--at", AT).code == 0
    assert verdict(run, "reactive", AT, "#TuesdayTreads")[1] == set()
    assert verdict(run, "planned", AT, "#TuesdayTreads")[0] == "go"
