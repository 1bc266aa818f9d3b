"""Bytes of a feed to stories, whatever dialect they are written in."""

from rtm_gate.news.reading.feed import make_story, read_feed

__all__ = ["make_story", "read_feed"]
