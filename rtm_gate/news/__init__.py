"""Feeds to situations: fetch, read, classify, merge. What a text says comes from a reader that the caller hands in."""

from rtm_gate.news.fetching import Fetched, fetch, fetch_all
from rtm_gate.news.gather import gather, headline, healthy, read_stories, snapshot_of
from rtm_gate.news.reading.feed import read_feed
from rtm_gate.news.situations.build import situations_of
from rtm_gate.news.stories.classify import Reader, classify

__all__ = ["Fetched", "Reader", "classify", "fetch", "fetch_all", "gather", "headline", "healthy", "read_feed", "read_stories", "situations_of", "snapshot_of"]
