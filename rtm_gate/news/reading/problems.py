"""What is wrong with a feed that could be read, in words; a feed of which nothing was lost has no problem."""

from __future__ import annotations

import re
from xml.sax import SAXException

from rtm_gate.news.reading.raw import Raw

_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_CLOSED = re.compile(rb"</(?:[\w.-]+:)?(?:rss|rdf|feed|channel)\s*(?:>|$)", re.IGNORECASE)
_BEGUN = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)


def problem_of(data: bytes, raw: Raw, error: object, version: str, count: int) -> str:
    """`error` is what stopped feedparser's strict parser, `version` the dialect it saw, `count` the entries it found."""
    feed = raw.root.lower() in _ROOTS
    if not version and not count and not feed:
        return f"not a feed: the outermost element is `{raw.root[:40]}`" if raw.root else "not a feed: it could not be read as XML"
    if not isinstance(error, SAXException):
        return ""
    if _is_cut(data.replace(b"\0", b"")):
        return f"the feed is cut off; {count} {'entry was' if count == 1 else 'entries were'} read"
    if feed and not count and not raw.begun:
        return ""
    if not count:
        return "the feed is not well-formed, and no entry could be read"
    # The lenient parser read on behind the break. Entries that it swallowed, or whose alert nobody could read, are lost.
    if raw.begun <= count and not raw.unread:
        return ""
    return f"malformed after entry {min(count, raw.sound)}; {min(count, raw.begun) - raw.unread} of {max(count, raw.begun)} entries could be read"


def _is_cut(text: bytes) -> bool:
    """No end of the feed behind its last entry. What comes after the end (a comment, a script) loses nothing."""
    last = max((found.start() for found in _BEGUN.finditer(text)), default=0)
    return _CLOSED.search(text, last) is None
