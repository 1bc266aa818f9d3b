"""The entries of an XML feed (RSS, Atom, RDF, CDF) to stories: feedparser reads the words, the raw elements give what it drops."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

import feedparser  # type: ignore[import-untyped]

from rtm_gate.model.news import Alert, Story
from rtm_gate.news.reading.dialects.cap import cap_categories, messages_of
from rtm_gate.news.reading.dialects.gdacs import gdacs_alert
from rtm_gate.news.reading.dialects.message import alert_of
from rtm_gate.news.reading.dialects.meteoalarm import meteoalarm_alerts
from rtm_gate.news.reading.dialects.place import regions_of_points
from rtm_gate.news.reading.dialects.usgs import usgs_alert
from rtm_gate.news.reading.names import first_words, name_of_url, outlet_of, without_outlet
from rtm_gate.news.reading.problems import problem_of
from rtm_gate.news.reading.raw import Raw, child_text, ids_of, name_of, text_of
from rtm_gate.news.reading.story import latest, make_story, sane
from rtm_gate.news.text import SUMMARY_LIMIT, TITLE_LIMIT, plain, web_link
from rtm_gate.news.times import from_struct


def read_entries(data: bytes, raw: Raw, url: str, fetched: datetime) -> tuple[str, tuple[Story, ...], str]:
    """The channel's name, its stories in the order of the feed, and the problem."""
    # A file object, always: given bytes or text, feedparser would try them as a file name or an address first.
    parsed: Any = feedparser.parse(io.BytesIO(data))
    channel = plain(_text(parsed.feed.get("title")), 200)
    name = channel or name_of_url(url)
    stories: list[Story] = []
    for entry, key, element in zip(parsed.entries, _keys(parsed.entries), _elements(raw, parsed.entries), strict=True):
        stories += _stories(entry, element, name, channel, fetched, key)
    return name, latest(stories), problem_of(data, raw, parsed.get("bozo_exception"), parsed.get("version") or "", len(parsed.entries))


def _keys(entries: Any) -> list[str]:
    """What names each entry: its id, else its link, unless several entries share it (all pointing at the front page, say)."""
    links = Counter(_text(entry.get("link")) for entry in entries)
    titles: dict[str, set[str]] = {}
    for entry in entries:
        titles.setdefault(_text(entry.get("id")), set()).add(_text(entry.get("title")))
    keys = []
    for number, entry in enumerate(entries):
        named, link = _text(entry.get("id")), _text(entry.get("link"))
        key = (named if _one_entry(titles[named]) else "") or (link if links[link] == 1 else "")
        keys.append(key or " ".join(filter(None, (link, _text(entry.get("title"))))) or f"entry {number}")
    return keys


def _one_entry(titles: set[str]) -> bool:
    """Whether an id with these titles names one entry, perhaps with its headline edited; some publishers give one id to all."""
    words = [set(title.lower().split()) for title in titles]
    return len(titles) == 1 or (len(titles) == 2 and len(set.intersection(*words)) * 2 >= max(map(len, words)))


def _elements(raw: Raw, entries: Any) -> list[Element | None]:
    """The XML of each entry: by position when both readers saw as many, else by an id that only one of them has."""
    if len(raw.entries) == len(entries):
        return list(raw.entries)
    by_id: dict[str, Element | None] = {}
    for element in (entry for entry in raw.entries if entry is not None):
        for key in set(ids_of(element)):
            by_id[key] = None if key in by_id else element
    return [by_id.get(_text(entry.get("id")) or _text(entry.get("link"))) for entry in entries]


def _stories(entry: dict[str, Any], element: Element | None, source: str, channel: str, fetched: datetime, key: str) -> list[Story]:
    """One story; several where the entry holds a CAP document of several hazards."""
    title, html = plain(_text(entry.get("title")), TITLE_LIMIT), _html(entry)
    summary = plain(html, SUMMARY_LIMIT)
    tags = entry.get("tags") or ()
    categories = {plain(_text(tag.get("term")) or _text(tag.get("label")), 100) for tag in tags} - {""}
    name, address = _outlet(entry)
    alerts: list[tuple[str, int, Alert | None]] = [(key, 1, None)]
    if element is not None:
        labels = tuple(f"{_text(tag.get('label'))} {_text(tag.get('term'))}" for tag in tags)
        alerts = _alerts(element, key, title, channel, child_text(element, "summary") or child_text(element, "description") or html, labels) or alerts
        categories |= set(cap_categories(element))
        title = title or plain(_headline(element), TITLE_LIMIT)
    title = without_outlet(title, name)
    # feedparser's own get would answer `updated` with `published` and warn about it.
    dates = [sane(from_struct(dict.get(entry, key))) for key in ("published_parsed", "updated_parsed", "created_parsed")]
    published = next(filter(None, dates), None)
    return [
        make_story(
            source=source,
            entry=named,
            title=title or (alert.event if alert else "") or first_words(summary),
            summary=summary,
            url=web_link(entry.get("link")),
            published=published,
            updated=dates[1] or published,
            fetched=fetched,
            categories=tuple(sorted(categories)),
            alert=alert,
            outlet=outlet_of(name, address),
            part=part,
        )
        for named, part, alert in alerts
    ]


def _alerts(element: Element, key: str, title: str, channel: str, html: str, labels: tuple[str, ...]) -> list[tuple[str, int, Alert | None]]:
    messages = messages_of(element, key, title)
    if messages:
        return [(message.entry, message.part, alert_of(message)) for message in messages]
    alert = gdacs_alert(element, key, title) or usgs_alert(key, title, channel, html, labels)
    if alert is None:
        return [(key, part, alert) for part, alert in enumerate(meteoalarm_alerts(key, title, channel, html), 1)]
    # Where no place is named, the point on the map tells where it is.
    codes = alert.codes or regions_of_points(element)
    return [(key, 1, replace(alert, codes=codes))]


def _html(entry: dict[str, Any]) -> str:
    summary = _text(entry.get("summary"))
    return summary if summary or not entry.get("content") else _text(entry["content"][0].get("value"))


def _outlet(entry: dict[str, Any]) -> tuple[str, str]:
    """The name and address of the channel that the entry was taken from: `source` of RSS and of Atom."""
    source = entry.get("source") or {}
    return plain(_text(source.get("title")), 200), _text(source.get("href")) or _text(source.get("link"))


def _headline(element: Element) -> str:
    return next((text_of(inner) for inner in element.iter() if name_of(inner) == "headline" and text_of(inner)), "")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
