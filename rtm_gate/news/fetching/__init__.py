"""Bytes from a file or an address, within limits."""

from rtm_gate.news.fetching.addresses import BY_HAND, NOT_ALLOWED, PUBLIC, Access
from rtm_gate.news.fetching.fetch import fetch, fetch_all
from rtm_gate.news.fetching.fetched import Fetched

__all__ = ["BY_HAND", "NOT_ALLOWED", "PUBLIC", "Access", "Fetched", "fetch", "fetch_all"]
