"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field, ValidationError

from rtm_gate.model.news import Story
from rtm_gate.news.reading.dialects.lenient import Lenient, Text, Texts
from rtm_gate.news.reading.names import first_words
from rtm_gate.news.reading.story import make_story, sane
from rtm_gate.news.text import SUMMARY_LIMIT, TITLE_LIMIT, plain, web_link
from rtm_gate.news.times import parse_time


class _Item(Lenient):
    id: Text = ""
    url: Text = ""
    external_url: Text = ""
    title: Text = ""
    summary: Text = ""
    content_html: Text = ""
    content_text: Text = ""
    date_published: Text = ""
    date_modified: Text = ""
    tags: Texts = Field(default_factory=list)


def read(row: Any, number: int, source: str, fetched: datetime) -> Story | None:
    try:
        item = _Item.model_validate(row)
    except ValidationError:
        return None
    published, updated = sane(parse_time(item.date_published)), sane(parse_time(item.date_modified))
    summary = plain(item.summary or item.content_html or item.content_text, SUMMARY_LIMIT)
    return make_story(
        source=source,
        entry=item.id or item.url or item.title or f"entry {number}",
        title=plain(item.title, TITLE_LIMIT) or first_words(summary),
        summary=summary,
        url=web_link(item.url) or web_link(item.external_url),
        published=published or updated,
        updated=updated or published,
        fetched=fetched,
        categories=tuple(sorted({plain(tag, 100) for tag in item.tags} - {""})),
    )
