"""Feeds to situations: fetch, read, classify, merge. What a text says comes from a reader that the caller hands in."""

from rtm_gate.news.classify import Reader, classify
from rtm_gate.news.feed import read_feed
from rtm_gate.news.fetch import Fetched, fetch
from rtm_gate.news.gather import gather, headline, healthy, read_stories, snapshot_of
from rtm_gate.news.situations import situations_of

__all__ = ["Fetched", "Reader", "classify", "fetch", "gather", "headline", "healthy", "read_feed", "read_stories", "situations_of", "snapshot_of"]
