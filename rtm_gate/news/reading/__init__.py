"""Bytes of a feed to stories, whatever dialect they are written in."""

from rtm_gate.news.reading.feed import read_feed
from rtm_gate.news.reading.story import make_story

__all__ = ["make_story", "read_feed"]
