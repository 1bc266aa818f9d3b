"""Times in the case files are told from the hour of the case: `3h ago`, `in 20m`, `2d ago`; or as a full RFC 3339 time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_TOLD = re.compile(r"(?P<ahead>in )?(?P<count>\d+)(?P<unit>[mhd])(?P<ago> ago)?")


def moment(told: str, now: datetime) -> datetime:
    """`told` as an instant in UTC. Raises ValueError for anything else, so that a typing error in a case is seen."""
    found = _TOLD.fullmatch(told)
    if found is None:
        return datetime.fromisoformat(told).astimezone(UTC)
    if bool(found["ahead"]) == bool(found["ago"]):
        raise ValueError(f"`{told}` is neither `in …` nor `… ago`")
    span = int(found["count"]) * _UNITS[found["unit"]]
    return now + span if found["ahead"] else now - span


def stamp(at: datetime) -> str:
    """RFC 3339 in UTC, whole seconds, with a Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
