"""Feeds to situations: fetch, read, classify, merge. What a text says comes from a reader that the caller hands in.

What keeps news (`newsroom`, `polling`) is not named here: it brings the database and the client of the web along, which a check of feeds
given by hand does without.
"""

from rtm_gate.news.fetching import Fetched, fetch
from rtm_gate.news.gather import gather, headline, healthy, read_stories
from rtm_gate.news.health import health_of
from rtm_gate.news.reading import read_feed
from rtm_gate.news.situations import ahead, closed, extended, history, opened, situations_of
from rtm_gate.news.stories import Reader, classify

__all__ = [
    "Fetched",
    "Reader",
    "ahead",
    "classify",
    "closed",
    "extended",
    "fetch",
    "gather",
    "headline",
    "health_of",
    "healthy",
    "history",
    "opened",
    "read_feed",
    "read_stories",
    "situations_of",
]
