"""Times as feeds write them: RFC 3339 with and without offset, RFC 822, `2025-06-29 14:42:00 UTC`. Nothing here raises."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import struct_time

AHEAD = timedelta(minutes=5)
"""How far two clocks may differ before a time counts as lying in the future."""
OLD = timedelta(hours=72)
"""An event older than this is unsure at most (rulings: life)."""

_UTC_WORD = re.compile(r"\s*(?:UTC|GMT)$", re.IGNORECASE)


def parse_time(text: str | None) -> datetime | None:
    """The instant in UTC, None when the text is no time. A time without an offset is taken as UTC."""
    if not text or not (text := text.strip()):
        return None
    try:
        moment = datetime.fromisoformat(_UTC_WORD.sub("+00:00", text))
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return in_utc(moment)


def in_utc(moment: datetime) -> datetime | None:
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def from_struct(value: object) -> datetime | None:
    """What feedparser makes of a date (a UTC `struct_time`), None when it made nothing sensible."""
    if not isinstance(value, struct_time):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def plus(moment: datetime, span: timedelta) -> datetime:
    """`moment + span`; at the edge of the calendar the moment itself. Feeds do say 9999-12-31."""
    try:
        return moment + span
    except OverflowError:
        return moment


def first_after(now: datetime, instants: Iterable[datetime | None]) -> datetime | None:
    """The earliest of the instants that lie after `now`; None when none does."""
    return min((instant for instant in instants if instant is not None and instant > now), default=None)
