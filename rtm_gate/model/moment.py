"""Instants and durations as the facts carry them: whole seconds, UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EARLIEST, LATEST = 1971, 2199
"""Years a time may have: any other is a slip of the pen, and arithmetic with it would leave the calendar."""
WRITTEN = (
    r"^(197[1-9]|19[89][0-9]|2[01][0-9]{2})-(02-(0[1-9]|1[0-9]|2[0-9])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01]))"
    r"[Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?([Zz]|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])$"
)
"""How a time is written, for JSON Schema: RFC 3339, and as ISO 8601 allows, without seconds or the colon of the offset.
It says all that `parse_instant` asks for but which years have a 29 February."""
_WRITTEN = re.compile(WRITTEN)


def parse_instant(text: str) -> datetime:
    """An RFC 3339 time with an offset, as UTC. Raises ValueError with a sentence when it is none."""
    try:
        moment = datetime.fromisoformat(text.upper())  # RFC 3339 allows a small t and z
    except ValueError:
        raise ValueError(f"`{text[:40]}` is not a time like 2026-01-05T12:00:00Z") from None
    if not EARLIEST <= moment.year <= LATEST:
        raise ValueError(f"`{text}` is not between the years {EARLIEST} and {LATEST}")
    if "T" not in text.upper() and " " not in text:
        raise ValueError(f"`{text}` is a date; a time with an offset is needed, like 2026-01-05T12:00:00Z")
    if moment.tzinfo is None:
        raise ValueError(f"`{text}` has no offset; write 2026-01-05T12:00:00Z or +01:00")
    if not _WRITTEN.fullmatch(text):
        raise ValueError(f"`{text}` is not written like 2026-01-05T12:00:00Z")
    return moment.astimezone(UTC)


_SPAN = re.compile(r"([0-9]{1,6}) (second|minute|hour|day)s?")
_UNITS = {"second": 1, "minute": MINUTE, "hour": HOUR, "day": DAY}


def parse_span(text: str) -> int:
    """`15 minutes` as seconds. Raises ValueError with a sentence; a bare number would leave its unit to be guessed."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f'`{text[:40]}` is not a duration; write it with its unit, like "15 minutes"')
    return int(found[1]) * _UNITS[found[2]]


def seconds(moment: datetime) -> int:
    """Epoch seconds, rounded down."""
    return int(moment.timestamp() // 1)


def from_seconds(value: int) -> datetime:
    return datetime.fromtimestamp(value, UTC)


def stamp(moment: datetime) -> str:
    """RFC 3339 in UTC with a Z, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def spell(duration: int) -> str:
    """A duration in seconds as a person says it: `90 minutes`, `5 hours`, `2 days`."""
    for unit, size in (("day", DAY), ("hour", HOUR), ("minute", MINUTE)):
        count = duration // size
        if count >= 2 or (count and duration % size == 0):
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{duration} seconds"
