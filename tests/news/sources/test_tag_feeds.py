"""Where the uses of a tag are read: any tag fits into an address, and none leads elsewhere."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.model.feeds import Feed
from rtm_gate.news.sources import TagTemplate, bundled_catalog, tag_addresses

PLACES = (
    TagTemplate("Square", "https://square.example/tags/{tag}.rss", "posts"),
    TagTemplate("Search", "https://search.example/find?q=%23{tag}&sort=new", "news", language="en"),
)


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("#WhyIStayed", "WhyIStayed"),
        ("whyistayed", "whyistayed"),
        ("＃地震", "%E5%9C%B0%E9%9C%87"),
        ("#Été2026", "%C3%89t%C3%A92026"),
        ("#E\u0301te\u0301", "%C3%89t%C3%A9"),
        ("#हिन्दी", "%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D%E0%A4%A6%E0%A5%80"),
        ("#🏳️‍🌈", "%F0%9F%8F%B3%EF%B8%8F%E2%80%8D%F0%9F%8C%88"),
        ("#👍🏽", "%F0%9F%91%8D%F0%9F%8F%BD"),
    ],
)
def test_a_tag_in_an_address(tag: str, written: str) -> None:
    assert [feed.address for feed in tag_addresses(tag, PLACES)] == [
        f"https://square.example/tags/{written}.rss",
        f"https://search.example/find?q=%23{written}&sort=new",
    ]


def test_a_feed_of_a_tag_is_named_after_place_and_tag() -> None:
    assert tag_addresses("#TuesdayTreads", PLACES[1:]) == [
        Feed("Search #TuesdayTreads", "https://search.example/find?q=%23TuesdayTreads&sort=new", language="en")
    ]


@pytest.mark.parametrize("text", ["", "#", "..", "#../admin", "a/b", "#a b", "a?b", "a#b", "a%2e", "a&b=c", "a\\b", "a\nb", "http://x", "#" + "a" * 101])
def test_what_is_no_tag_has_no_address(text: str) -> None:
    assert tag_addresses(text, PLACES) == []


@given(tag=st.text(max_size=30))
def test_no_tag_leads_elsewhere(tag: str) -> None:
    for feed, template in zip(tag_addresses(tag, PLACES), PLACES, strict=False):
        made, meant = urlsplit(feed.address), urlsplit(template.address)
        assert (made.scheme, made.netloc, made.fragment) == (meant.scheme, meant.netloc, "")
        assert len(made.path.split("/")) == len(meant.path.split("/"))
        assert len(made.query.split("&")) == len(meant.query.split("&"))
        assert feed.address.isascii()
        assert unquote(feed.address) == unquote(template.address).replace("{tag}", feed.name.partition(" #")[2])


def test_the_bundled_places_have_posts_and_news() -> None:
    templates = bundled_catalog().tags
    assert {template.kind for template in templates} == {"posts", "news"}
    assert len(tag_addresses("#whyistayed", templates)) == len(templates)
