"""The shelf of the news: feeds and polls, stories and their versions, events, snapshots, changes made by hand, uses of tags."""

from rtm_gate.store.news.shelf import NewsShelf

__all__ = ["NewsShelf"]
