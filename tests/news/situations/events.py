"""News of one event as the tables write it: times of one week ("Mon 08:00"), headlines, alerts, and later versions of either."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rtm_gate.model.news import Alert, ReadStory, Situation, Story
from rtm_gate.news import Reader, read_stories
from rtm_gate.news.reading.story import make_story
from rtm_gate.news.situations.build import situation_of
from rtm_gate.news.text import short_hash

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def cases(table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / table).read_text(encoding="utf-8"))["case"]
    return found


def when(text: str) -> datetime:
    """`Mon 08:00`; `next Mon 08:00` is a week later."""
    later = text.startswith("next ")
    day, clock = text.removeprefix("next ").split()
    hours, minutes = clock.split(":")
    return MONDAY + timedelta(days=DAYS.index(day) + 7 * later, hours=int(hours), minutes=int(minutes))


def story(row: dict[str, Any]) -> Story:
    """`at` is when it was read; `dated` when it says it was published, `edited` when it says it was changed. `id` joins versions."""
    published = when(row.get("dated", row["at"]))
    said = row.get("alert")
    alert = None
    if said is not None:
        alert = Alert(
            dialect=said.get("dialect", "cap"),
            id=row.get("id", row["says"]),
            event=said["event"],
            message=said.get("message", "Alert"),
            severity=said.get("severity"),
            certainty=said.get("certainty", "observed"),
            urgency=said.get("urgency", "Immediate"),
            onset=when(said["onset"]) if "onset" in said else None,
            ends=when(said["ends"]) if "ends" in said else None,
            codes=("US-OH",),
            references=tuple(said.get("replaces", ())),
        )
    return make_story(
        source=row["by"],
        entry=row.get("id", row["says"]),
        title=row["says"],
        summary=row.get("summary", ""),
        url=f"https://{row['by']}.example/1",
        published=published,
        updated=when(row["edited"]) if "edited" in row else published,
        fetched=when(row["at"]),
        alert=alert,
        official=row.get("official", False),
    )


def known(news: list[dict[str, Any]], at: datetime, reader: Reader) -> tuple[ReadStory, ...]:
    """What had been read by then."""
    return read_stories([story(row) for row in news if when(row["at"]) <= at], reader, at)


def one_event(reads: tuple[ReadStory, ...], at: datetime) -> Situation | None:
    """All of them as one event, whatever their words share."""
    return situation_of(short_hash(reads[0].story.id), reads, at) if reads else None
