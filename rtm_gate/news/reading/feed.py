"""Bytes of a feed to stories. What is wrong with them becomes the source's `problem`; nothing is raised."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import astuple
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element
from xml.sax import SAXException

import feedparser  # type: ignore[import-untyped]

from rtm_gate.model.news import Alert, SourceHealth, Story
from rtm_gate.news.reading.dialects.cap import cap_alert, info_of
from rtm_gate.news.reading.dialects.gdacs import gdacs_alert
from rtm_gate.news.reading.dialects.usgs import usgs_alert
from rtm_gate.news.reading.raw import Raw, child_text, ids_of, is_cap, name_of, read_raw, text_of
from rtm_gate.news.reading.refusal import refusal
from rtm_gate.news.text import SUMMARY_LIMIT, TITLE_LIMIT, long_hash, plain, short_hash, site, web_link
from rtm_gate.news.times import AHEAD, from_struct, parse_time

_ENDINGS = (b"</rss>", b"</feed>", b"rdf>", b"</channel>", b"feed>", b"alert>")

FIRST_FEEDS = 1995


def read_feed(data: bytes, url: str, fetched: datetime, now: datetime) -> tuple[SourceHealth, tuple[Story, ...]]:
    """The source's health and its stories in the order of the feed. `fetched` and `now` are UTC.

    An entry without a date is as new as the fetch (`dated` False). Two entries with one id are one story: the later in time.
    """
    if problem := refusal(data):
        return SourceHealth(_name_of_url(url), url, fetched, 0, 0, problem), ()
    try:
        raw = read_raw(data)
        if raw.alerts and not raw.entries:
            name, stories = _documents(raw, url, fetched)
            problem = "" if raw.whole else "the document is cut off; what came before was read"
        else:
            name, stories, problem = _entries(data, raw, url, fetched)
    except (RecursionError, MemoryError, SAXException, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
        # feedparser promises not to raise, yet hostile input has made it: such a feed is unreadable, not a crash.
        return SourceHealth(_name_of_url(url), url, fetched, 0, 0, f"the feed could not be read ({type(error).__name__})"), ()
    if not problem and fetched - now > AHEAD:
        problem = "was read in the future: check the clock"
    return SourceHealth(name, url, fetched, len(stories), len(stories), problem), stories


def _entries(data: bytes, raw: Raw, url: str, fetched: datetime) -> tuple[str, tuple[Story, ...], str]:
    # A file object, always: given bytes or text, feedparser would try them as a file name or an address first.
    parsed: Any = feedparser.parse(io.BytesIO(data))
    channel = plain(_text(parsed.feed.get("title")), 200)
    name = channel or _name_of_url(url)
    stories: dict[str, Story] = {}
    links = Counter(_text(entry.get("link")) for entry in parsed.entries)
    titles: dict[str, set[str]] = {}
    for entry in parsed.entries:
        titles.setdefault(_text(entry.get("id")), set()).add(_text(entry.get("title")))
    for number, (entry, element) in enumerate(zip(parsed.entries, _elements(raw, parsed.entries), strict=True)):
        # Without an id the link names an entry, unless several share it (all pointing at the front page, say).
        named, link = _text(entry.get("id")), _text(entry.get("link"))
        key = (named if _one_entry(titles[named]) else "") or (link if links[link] == 1 else "")
        key = key or " ".join(filter(None, (link, _text(entry.get("title"))))) or f"entry {number}"
        story = _story(entry, element, name, channel, fetched, key)
        known = stories.get(story.id)
        if known is None or (story.updated, story.published) >= (known.updated, known.published):
            stories[story.id] = story
    return name, tuple(stories.values()), _problem(data, raw, parsed)


def _one_entry(titles: set[str]) -> bool:
    """Whether an id with these titles names one entry, perhaps with its headline edited; some publishers give one id to all."""
    words = [set(title.lower().split()) for title in titles]
    return len(titles) == 1 or (len(titles) == 2 and len(set.intersection(*words)) * 2 >= max(map(len, words)))


def _problem(data: bytes, raw: Raw, parsed: Any) -> str:
    error = parsed.get("bozo_exception")
    count = len(parsed.entries)
    if not parsed.get("version") and not count:
        return f"not a feed: the outermost element is `{raw.root[:40]}`" if raw.root else "not a feed: it could not be read as XML"
    if not isinstance(error, SAXException):
        return ""
    if not data.rstrip(b"\0 \t\r\n").replace(b"\0", b"")[-40:].lower().rstrip().endswith(_ENDINGS):
        return f"the feed is cut off; {count} {'entry was' if count == 1 else 'entries were'} read"
    return "" if count else "the feed is not well-formed, and no entry could be read"


def _elements(raw: Raw, entries: Any) -> list[Element | None]:
    """The XML of each entry: by position when both readers saw as many, else by an id that only one of them has."""
    if len(raw.entries) == len(entries):
        return list(raw.entries)
    by_id: dict[str, Element | None] = {}
    for element in raw.entries:
        for key in set(ids_of(element)):
            by_id[key] = None if key in by_id else element
    return [by_id.get(_text(entry.get("id")) or _text(entry.get("link"))) for entry in entries]


def _story(entry: dict[str, Any], element: Element | None, source: str, channel: str, fetched: datetime, key: str) -> Story:
    link = web_link(entry.get("link"))
    title = plain(_text(entry.get("title")), TITLE_LIMIT)
    summary_html = _text(entry.get("summary"))
    if not summary_html and entry.get("content"):
        summary_html = _text(entry["content"][0].get("value"))
    categories = tuple(sorted({plain(_text(tag.get("term")) or _text(tag.get("label")), 100) for tag in entry.get("tags") or ()} - {""}))
    alert = None
    if element is not None:
        labels = tuple(f"{_text(tag.get('label'))} {_text(tag.get('term'))}" for tag in entry.get("tags") or ())
        html = child_text(element, "summary") or summary_html
        alert = cap_alert(element, key, title) or gdacs_alert(element, key, title) or usgs_alert(key, title, channel, html, labels)
        categories = tuple(sorted({*categories, *_cap_categories(element)}))
        if not title:
            title = plain(_headline(element), TITLE_LIMIT) or (alert.event if alert else "")
    # feedparser's own get would answer `updated` with `published` and warn about it.
    dates = [_sane(from_struct(dict.get(entry, key))) for key in ("published_parsed", "updated_parsed", "created_parsed")]
    published = next(filter(None, dates), None)
    updated = dates[1] or published
    return make_story(
        source=source,
        entry=key,
        title=title,
        summary=plain(summary_html, SUMMARY_LIMIT),
        url=link,
        published=published,
        updated=updated,
        fetched=fetched,
        categories=categories,
        alert=alert,
    )


def _sane(date: datetime | None) -> datetime | None:
    """A date before there were feeds is a fault of the publisher's system: no date at all."""
    return date if date is not None and date.year >= FIRST_FEEDS else None


def make_story(
    *,
    source: str,
    entry: str,
    title: str,
    summary: str,
    url: str,
    published: datetime | None,
    updated: datetime | None,
    fetched: datetime,
    categories: tuple[str, ...] = (),
    alert: Alert | None = None,
    official: bool = False,
) -> Story:
    """A story with its hashes. Without a date it is as new as the fetch."""
    said = repr(astuple(alert)) if alert else ""
    return Story(
        id=short_hash(source, site(url), entry),
        source=source,
        entry=entry,
        content=long_hash(title, summary, said),
        title=title,
        summary=summary,
        url=url,
        published=published or fetched,
        updated=max(filter(None, (published, updated)), default=fetched),
        official=official or alert is not None,
        dated=published is not None,
        categories=categories,
        alert=alert,
    )


def _documents(raw: Raw, url: str, fetched: datetime) -> tuple[str, tuple[Story, ...]]:
    """CAP documents that are the file itself (or lie in an EDXL envelope)."""
    name, stories = "", {}
    for number, element in enumerate(raw.alerts):
        info = info_of(element)
        sender = plain(child_text(info, "senderName"), 200) or plain(child_text(element, "sender"), 200)
        name = name or sender
        sent = parse_time(child_text(element, "sent"))
        key = child_text(element, "identifier") or f"{url} {number}"
        title = plain(child_text(info, "headline"), TITLE_LIMIT)
        alert = cap_alert(element, key, title)
        story = make_story(
            source=sender or _name_of_url(url),
            entry=key,
            title=title or (alert.event if alert else ""),
            summary=plain(child_text(info, "description"), SUMMARY_LIMIT),
            url=web_link(child_text(info, "web")),
            published=sent,
            updated=sent,
            fetched=fetched,
            categories=_cap_categories(element),
            alert=alert,
        )
        stories[story.id] = story
    return name or _name_of_url(url), tuple(stories.values())


def _headline(element: Element) -> str:
    return next((text_of(inner) for inner in element.iter() if name_of(inner) == "headline" and text_of(inner)), "")


def _cap_categories(element: Element) -> tuple[str, ...]:
    """`cap:Met`, `cap:Safety`: what kind of hazard the sender says it is."""
    inside = name_of(element) == "alert"
    return tuple(sorted({f"cap:{text_of(row)}" for row in element.iter() if name_of(row) == "category" and text_of(row) and (inside or is_cap(row))}))


def _name_of_url(url: str) -> str:
    """A name for a source that gives none: the host of an address, the stem of a file."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return parts.hostname or PurePosixPath(parts.path or url).stem or url


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
