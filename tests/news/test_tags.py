"""What a tag is used for: which posts count, what they speak of, and what they say together."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate import resources
from rtm_gate.model.feeds import TagContext, TagUse
from rtm_gate.model.news import Story
from rtm_gate.news import Reader, read_feed
from rtm_gate.news.reading import make_story
from rtm_gate.news.tags import context_of, uses_of

POSTS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "tags.toml").read_text(encoding="utf-8"))["post"]


def post(text: str, published: datetime, title: str = "") -> Story:
    return make_story(
        source="#lantern", entry=text, title=title, summary=text, url="https://porch.example/@a/1", published=published, updated=None, fetched=published
    )


@pytest.mark.parametrize("row", POSTS, ids=lambda row: row["text"][:40])
def test_a_post_under_a_tag(row: dict[str, Any], reader: Reader, noon: datetime) -> None:
    asked = row.get("tag", "#Lantern")
    uses = uses_of([post(row["text"], noon - timedelta(minutes=row.get("at", 10)))], asked, reader, noon)
    assert [(use.tag, use.topic, use.sensitive) for use in uses] == [(asked.lower(), row.get("topic", ""), row.get("sensitive", False))] * row.get(
        "counts", True
    )


def test_reposts_are_one_use(reader: Reader, noon: datetime) -> None:
    said = "Parade at six, bring gloves. #Lantern"
    posts = [
        post(said, noon - timedelta(hours=3)),
        post(f"RT @sam@porch.example: {said}", noon - timedelta(hours=2)),
        post(f"{said} https://porch.example/s/1", noon - timedelta(hours=1)),
        post("#lantern PARADE at six, bring gloves.", noon - timedelta(minutes=5), title="#lantern PARADE at…"),
    ]
    assert [use.published for use in uses_of(posts, "#Lantern", reader, noon)] == [noon - timedelta(minutes=5)]


def test_a_post_without_a_date_is_no_recent_use(reader: Reader, noon: datetime) -> None:
    undated = replace(post("Parade tonight #Lantern", noon), dated=False)
    assert uses_of([undated], "Lantern", reader, noon) == ()


def test_what_is_no_tag_has_no_uses(reader: Reader, noon: datetime) -> None:
    assert uses_of([post("Parade tonight #Lantern", noon)], "not a tag", reader, noon) == ()


def test_a_post_itself_is_not_kept(reader: Reader, noon: datetime) -> None:
    (use,) = uses_of([post("Parade tonight, says @sam #Lantern", noon)], "Lantern", reader, noon)
    assert len(use.key) == 64
    assert not any(word in repr(use) for word in ("Parade", "sam", "porch"))


@pytest.mark.parametrize(
    ("tag", "uses", "sensitive", "topics"),
    [("#WhyIStayed", 13, 8, ("gender", "tragedy", "movement")), ("#TuesdayTreads", 12, 0, ("weather",))],
)
def test_the_recorded_feeds(tag: str, uses: int, sensitive: int, topics: tuple[str, ...], reader: Reader) -> None:
    hour = datetime.fromisoformat("2026-11-17T15:00:00+00:00")
    health, stories = read_feed(resources.path("feeds", "demo-tags", f"{tag[1:].lower()}.xml").read_bytes(), "x", hour, hour)
    assert health.healthy
    context = context_of(tag, uses_of(stories, tag, reader, hour), hour)
    assert context == TagContext(tag.lower(), uses, sensitive, sensitive / uses, topics, hour, hour)


# ---- together --------------------------------------------------------------------------------------------------------------


def use(key: str, at: datetime, topic: str = "", sensitive: bool = False, tag: str = "#lantern") -> TagUse:
    return TagUse(tag, key, at, at, topic, sensitive)


def test_what_uses_say_together(noon: datetime) -> None:
    before = noon - timedelta(minutes=60)
    uses = [
        use("a", before, "war", True),
        use("b", noon, "war", True),
        use("c", noon, "weather"),
        use("d", noon),
        use("e", before - timedelta(seconds=1), "terror", True),
        use("f", noon, "terror", True, tag="#lanterns"),
        use("g", noon + timedelta(hours=1), "terror", True),
    ]
    assert context_of("Lantern", uses, noon) == TagContext("#lantern", 4, 2, 0.5, ("war", "weather"), before, noon, "war")


def test_a_post_read_twice_counts_once_as_it_was_read_last(noon: datetime) -> None:
    before = noon - timedelta(minutes=30)
    uses = [use("a", noon, "", False), use("a", before, "war", True)]
    assert context_of("#lantern", uses, noon) == context_of("#lantern", uses[::-1], noon) == TagContext("#lantern", 1, 0, 0.0, (), noon, noon)


@pytest.mark.parametrize(
    ("topics", "about"),
    [("war war weather -", "war"), ("war war weather - -", ""), ("war war weather weather", "war"), ("war", "war"), ("- -", "")],
)
def test_a_tag_is_about_what_half_of_its_posts_speak_of(topics: str, about: str, noon: datetime) -> None:
    uses = [use(str(n), noon, topic.strip("-")) for n, topic in enumerate(topics.split())]
    assert context_of("Lantern", uses, noon).topic == about


def test_nothing_read_says_nothing(noon: datetime) -> None:
    assert context_of("#Lantern", [], noon) == TagContext("#lantern")


@given(rows=st.lists(st.tuples(st.sampled_from("abcde"), st.integers(-90, 90), st.booleans())), order=st.randoms())
def test_the_order_of_uses_does_not_matter(rows: list[tuple[str, int, bool]], order: Any) -> None:
    noon = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
    # What a post speaks of at one moment is one thing.
    uses = list({(key, minutes): use(key, noon - timedelta(minutes=minutes), "war" if hurts else "", hurts) for key, minutes, hurts in rows}.values())
    context = context_of("#lantern", uses, noon)
    order.shuffle(uses)
    assert context_of("#lantern", uses, noon) == context
    assert 0 <= context.sensitive <= context.uses <= 5
    assert 0 <= context.share <= 1
