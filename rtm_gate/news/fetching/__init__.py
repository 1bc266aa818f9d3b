"""Bytes from a file or an address, within limits."""

from rtm_gate.news.fetching.fetch import Fetched, fetch

__all__ = ["Fetched", "fetch"]
