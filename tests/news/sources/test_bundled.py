"""The catalog that travels with the gate: sound, wide enough, and honest about what silence means."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from rtm_gate.model.feeds import Feed
from rtm_gate.model.moment import HOUR
from rtm_gate.model.topics import GRAVE, TOPICS
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.sources import bundled_catalog, starter_feeds
from rtm_gate.vocabulary.regions import is_named

CATALOG = bundled_catalog()
MARKETS = ("US", "CA", "GB")


def tells_of(feed: Feed, topic: str) -> bool:
    return not feed.topics or any(own in (topic, top_of(topic)) for own in feed.topics)


def test_it_is_wide_enough() -> None:
    assert len(CATALOG.feeds) >= 80
    assert len({region[:2] for feed in CATALOG.feeds for region in feed.regions}) >= 25


@pytest.mark.parametrize("topic", sorted(topic for topic in TOPICS if top_of(topic) in GRAVE | {"death"}))
def test_every_grave_topic_has_feeds_of_independent_sites(topic: str) -> None:
    """Two sites that tell of it in the markets of the standard audience and of the whole world: one alone confirms nothing."""
    sites = {urlsplit(feed.address).hostname for feed in CATALOG.feeds if tells_of(feed, topic) and (not feed.regions or {*feed.regions} & {*MARKETS})}
    assert len(sites) >= 2


@pytest.mark.parametrize("topic", sorted(topic for topic in TOPICS if topic.startswith("disaster.")))
def test_every_disaster_has_an_authority(topic: str) -> None:
    assert any(feed.trust == "official" and tells_of(feed, topic) for feed in CATALOG.feeds)


def test_topics_are_standard_and_regions_have_names() -> None:
    """A catalog of one's own may name a policy's topics; the bundled one knows no policy."""
    assert {topic for feed in CATALOG.feeds for topic in feed.topics} <= {*TOPICS}
    assert [region for feed in CATALOG.feeds for region in feed.regions if not is_named(region)] == []


def test_an_authority_counts_by_itself_for_what_it_watches_only() -> None:
    assert [feed.name for feed in CATALOG.feeds if feed.trust == "official" and not feed.topics] == []
    watched = {top_of(topic) for feed in CATALOG.feeds if feed.trust == "official" for topic in feed.topics}
    assert watched == {"disaster", "weather", "recall"}


def test_silence_of_a_newsroom_says_something() -> None:
    assert [feed.name for feed in CATALOG.feeds if not feed.topics and not feed.rhythm] == []
    assert [feed.name for feed in CATALOG.feeds if 0 < feed.rhythm < HOUR] == []


def test_every_feed_is_on_the_web_and_says_its_language_where_it_has_one() -> None:
    assert [feed.name for feed in CATALOG.feeds if urlsplit(feed.address).scheme not in ("http", "https")] == []
    assert [feed.name for feed in CATALOG.feeds if not feed.language and "meteoalarm" not in feed.address] == []


def test_a_new_project_begins_with_news_and_warnings_of_its_markets() -> None:
    feeds = starter_feeds()
    assert 10 <= len(feeds) <= 15
    for market in MARKETS:
        assert {feed.trust for feed in feeds if market in feed.regions} == {"wire", "official"}
    assert len({urlsplit(feed.address).hostname for feed in feeds if not feed.topics}) >= 3
