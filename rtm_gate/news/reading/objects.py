"""Feeds in JSON: JSON Feed, and GeoJSON of USGS (earthquakes) and of NWS (alerts). Any other JSON is refused by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from rtm_gate.model.news import Story
from rtm_gate.news.reading.dialects import json_feed, nws_json, usgs_json
from rtm_gate.news.reading.names import name_of_url
from rtm_gate.news.reading.story import latest
from rtm_gate.news.text import plain

EXPECTED = "expected JSON Feed, or GeoJSON of USGS earthquakes or of NWS alerts"
_MARKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"

# One entry of the feed to a story: the entry, its number, the source, the moment of the fetch. None where it makes no sense.
_Read = Callable[[Any, int, str, datetime], Story | None]


def is_json(data: bytes) -> bool:
    return data.lstrip(_MARKS)[:1] in (b"{", b"[")


def read_objects(data: bytes, url: str, fetched: datetime) -> tuple[str, tuple[Story, ...], str]:
    """The feed's name, its stories in the order of the feed, and the problem."""
    try:
        told = json.loads(data.decode(json.detect_encoding(data), "replace").lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        return name_of_url(url), (), f"the JSON is cut off or malformed at character {error.pos}; nothing was read"
    if not isinstance(told, dict):
        return name_of_url(url), (), f"not a feed the gate reads: a JSON list; {EXPECTED}"
    kind = _kind(told)
    if kind is None:
        return name_of_url(url), (), f"not a feed the gate reads: JSON; {EXPECTED}"
    title, rows, read = kind
    name = plain(title, 200) or name_of_url(url)
    stories = [read(row, number, name, fetched) for number, row in enumerate(rows)]
    found = [story for story in stories if story is not None]
    lost = len(stories) - len(found)
    return name, latest(found), f"{lost} of {len(stories)} entries made no sense; the others were read" if lost else ""


def _kind(told: dict[str, Any]) -> tuple[str, Sequence[Any], _Read] | None:
    version, title = told.get("version"), told.get("title")
    if isinstance(version, str) and "jsonfeed.org" in version and isinstance(told.get("items"), list):
        return _text(title), told["items"], json_feed.read
    metadata = told.get("metadata")
    if told.get("type") == "Feature":
        rows: list[Any] = [told]
    elif told.get("type") == "FeatureCollection" and isinstance(told.get("features"), list):
        rows = told["features"]
    else:
        return None
    if any(map(usgs_json.is_one, rows)) or (not rows and isinstance(metadata, dict) and "generated" in metadata):
        return _text(metadata.get("title") if isinstance(metadata, dict) else ""), rows, usgs_json.read
    if any(map(nws_json.is_one, rows)) or (not rows and "api.weather.gov" in json.dumps(told.get("@context"))):
        return _text(title), rows, nws_json.read
    return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
