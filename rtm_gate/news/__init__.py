"""Feeds to situations: fetch, read, classify, merge, keep. What a text says comes from a reader that the caller hands in."""

from rtm_gate.news.fetching import Fetched, fetch
from rtm_gate.news.gather import gather, headline, healthy, read_stories
from rtm_gate.news.health import health_of
from rtm_gate.news.newsroom import Newsroom, decide
from rtm_gate.news.polling import Desk, TagReading, ingest, is_address, look_at_tag, pull, read_tag, watch
from rtm_gate.news.reading import read_feed
from rtm_gate.news.situations import closed, extended, history, opened, situations_of
from rtm_gate.news.stories import Reader, classify

__all__ = [
    "Desk",
    "Fetched",
    "Newsroom",
    "Reader",
    "TagReading",
    "classify",
    "closed",
    "decide",
    "extended",
    "fetch",
    "gather",
    "headline",
    "health_of",
    "healthy",
    "history",
    "ingest",
    "is_address",
    "look_at_tag",
    "opened",
    "pull",
    "read_feed",
    "read_stories",
    "read_tag",
    "situations_of",
    "watch",
]
