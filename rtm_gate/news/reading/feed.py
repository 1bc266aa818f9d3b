"""Bytes of a feed to stories. What is wrong with them becomes the source's `problem`; nothing is raised."""

from __future__ import annotations

from datetime import datetime
from xml.sax import SAXException

from rtm_gate.model.news import SourceHealth, Story
from rtm_gate.news.reading.documents import read_documents
from rtm_gate.news.reading.entries import read_entries
from rtm_gate.news.reading.names import name_of_url
from rtm_gate.news.reading.objects import is_json, read_objects
from rtm_gate.news.reading.raw import read_raw
from rtm_gate.news.reading.refusal import refusal
from rtm_gate.news.times import AHEAD

_FAULTS = (RecursionError, MemoryError, SAXException, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, AssertionError)
# feedparser promises not to raise, yet hostile input has made it: such a feed is unreadable, not a crash.


def read_feed(data: bytes, url: str, fetched: datetime, now: datetime) -> tuple[SourceHealth, tuple[Story, ...]]:
    """The source's health and its stories in the order of the feed. `fetched` and `now` are UTC.

    An entry without a date is as new as the fetch (`dated` False). Two entries with one id are one story: the later in time.
    """
    if problem := refusal(data):
        return SourceHealth(name_of_url(url), url, fetched, 0, 0, problem), ()
    try:
        name, stories, problem = _read(data, url, fetched)
    except _FAULTS as error:
        return SourceHealth(name_of_url(url), url, fetched, 0, 0, f"the feed could not be read ({type(error).__name__})"), ()
    if not problem and fetched - now > AHEAD:
        problem = "was read in the future: check the clock"
    return SourceHealth(name, url, fetched, len(stories), len(stories), problem), stories


def _read(data: bytes, url: str, fetched: datetime) -> tuple[str, tuple[Story, ...], str]:
    if is_json(data):
        return read_objects(data, url, fetched)
    raw = read_raw(data)
    if raw.alerts and not raw.entries:
        return read_documents(raw, url, fetched)
    return read_entries(data, raw, url, fetched)
