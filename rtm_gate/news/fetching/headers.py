"""What the headers of an answer say about the next request. Times are seconds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from rtm_gate.news.fetching.limits import DAY
from rtm_gate.news.times import parse_time

_LONGEST = 500
_NUMBER = re.compile(r"\s*\"?(\d{1,20})\"?\s*$")


def served(headers: Mapping[str, str]) -> datetime | None:
    """The server's own clock, in UTC."""
    return parse_time(headers.get("date"))


def size(headers: Mapping[str, str]) -> int:
    """Bytes on the wire, 0 where it is not said."""
    found = _NUMBER.match(headers.get("content-length", ""))
    return int(found[1]) if found else 0


def validators(headers: Mapping[str, str]) -> tuple[str, str]:
    """ETag and Last-Modified, to be given back as they are; none from a server that wants its answer forgotten."""
    if "no-store" in directives(headers) or headers.get("expires", "").strip() == "0":
        return "", ""
    return sendable(headers.get("etag", "")), sendable(headers.get("last-modified", ""))


def sendable(value: str) -> str:
    """A value that may stand in a header; others are dropped."""
    value = value.strip()
    return value if len(value) <= _LONGEST and value.isascii() and value.isprintable() else ""


def wait(headers: Mapping[str, str]) -> int | None:
    """Retry-After: a number or a date. At most a day; None where it is missing or neither."""
    told = headers.get("retry-after", "")
    if found := _NUMBER.match(told):
        return _within(int(found[1]))
    until = parse_time(told)
    return None if until is None else _within((until - _now(headers)).total_seconds())


def fresh_for(headers: Mapping[str, str]) -> int:
    """How long the answer stays good, at most a day: Cache-Control before Expires; 0 where neither says so."""
    told = directives(headers)
    if "no-store" in told or "no-cache" in told:
        return 0
    if found := _NUMBER.match(told.get("max-age", "")):
        age = _NUMBER.match(headers.get("age", ""))
        return _within(int(found[1]) - (int(age[1]) if age else 0))
    until = parse_time(headers.get("expires"))
    return 0 if until is None else _within((until - _now(headers)).total_seconds())


def directives(headers: Mapping[str, str]) -> dict[str, str]:
    """Cache-Control, taken apart: `{"max-age": "300", "public": ""}`."""
    rows = (part.partition("=") for part in headers.get("cache-control", "").lower().split(","))
    return {name.strip(): value for name, _, value in rows}


def _now(headers: Mapping[str, str]) -> datetime:
    """By the server's clock, which its other times go by too."""
    return served(headers) or datetime.now(UTC)


def _within(seconds: float) -> int:
    return int(max(0, min(seconds, DAY)))
