"""What is wrong with a feed that could be read, in words; a feed of which nothing was lost has no problem."""

from __future__ import annotations

from xml.sax import SAXException

from rtm_gate.news.reading.raw import Raw

_ENDINGS = (b"</rss>", b"</feed>", b"rdf>", b"channel>", b"feed>", b"alert>", b"distribution>")
_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})


def problem_of(data: bytes, raw: Raw, error: object, version: str, count: int) -> str:
    """`error` is what stopped feedparser's strict parser, `version` the dialect it saw, `count` the entries it found."""
    if not version and not count and raw.root.lower() not in _ROOTS:
        return f"not a feed: the outermost element is `{raw.root[:40]}`" if raw.root else "not a feed: it could not be read as XML"
    if not isinstance(error, SAXException):
        return ""
    if not data.replace(b"\0", b"").rstrip()[-40:].lower().endswith(_ENDINGS):
        return f"the feed is cut off; {_entries(count, 'was', 'were')} read"
    if not count:
        return "the feed is not well-formed, and no entry could be read"
    if raw.whole:
        return ""
    # The lenient parser read on behind the break. Entries that it swallowed, or whose alert nobody could read, are lost.
    lost = max(raw.begun - count, raw.unread)
    return f"malformed after entry {raw.sound}; {_entries(count - raw.unread, 'could be', 'could be')} read, {lost} were lost" if lost > 0 else ""


def _entries(count: int, one: str, several: str) -> str:
    return f"{count} {'entry ' + one if count == 1 else 'entries ' + several}"
