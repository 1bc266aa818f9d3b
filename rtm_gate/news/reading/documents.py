"""CAP documents that are the file itself, or lie in an EDXL envelope."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from xml.etree.ElementTree import Element

from rtm_gate.model.news import Story
from rtm_gate.news.reading.dialects.cap import cap_categories, messages_of
from rtm_gate.news.reading.dialects.message import Message, alert_of
from rtm_gate.news.reading.names import name_of_url
from rtm_gate.news.reading.raw import Raw, child, child_text
from rtm_gate.news.reading.story import latest, make_story
from rtm_gate.news.text import SUMMARY_LIMIT, TITLE_LIMIT, plain, web_link

_REAL = ("", "actual")


def read_documents(raw: Raw, url: str, fetched: datetime) -> tuple[str, tuple[Story, ...], str]:
    """The name of the first sender, a story for each hazard of each document, and the problem."""
    name, stories = "", []
    told = [element for element in raw.alerts if child_text(element, "identifier") or child(element, "info") is not None]
    for number, element in enumerate(told):
        for message in messages_of(element, child_text(element, "identifier") or f"{url} {number}", ""):
            sender = plain(message.sender, 200)
            name = name or sender
            stories.append(
                _story(message if raw.status.lower() in _REAL else replace(message, status=raw.status), element, sender or name_of_url(url), fetched)
            )
    problem = "" if len(told) == len(raw.alerts) else f"{len(raw.alerts) - len(told)} of {len(raw.alerts)} alerts are empty; the others were read"
    return name or name_of_url(url), latest(stories), problem if raw.whole else "the document is cut off or malformed; what came before was read"


def _story(message: Message, element: Element, source: str, fetched: datetime) -> Story:
    alert = alert_of(message)
    return make_story(
        source=source,
        entry=message.entry,
        title=plain(message.headline, TITLE_LIMIT) or alert.event or f"{alert.message} from {source}",
        summary=plain(message.description, SUMMARY_LIMIT),
        url=web_link(message.web),
        published=message.sent,
        updated=message.sent,
        fetched=fetched,
        categories=cap_categories(element),
        alert=alert,
        part=message.part,
    )
