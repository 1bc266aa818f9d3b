"""Stories: what each says now, and everything each ever said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from rtm_gate.model.news import Kept
from rtm_gate.store import readings
from rtm_gate.store.shelf import Shelf, portions
from rtm_gate.store.tables.news import STORY, VERSION
from rtm_gate.store.types import storable

_NOW = ("feed", "source", "entry", "content", "published", "alert", "reading")
"""What a new version changes in a story."""
_VERSION = ("story", "feed", "content", "seen", "published", "reading")


class Stories(Shelf):
    def contents(self, ids: Iterable[str]) -> dict[str, set[str]]:
        """Everything these stories ever said, as hashes of it; a story that is not kept is not in the answer."""
        found: dict[str, set[str]] = defaultdict(set)
        for portion in portions(ids):
            for story, content in self._connection.execute(select(VERSION.c.story, VERSION.c.content).where(VERSION.c.story.in_(portion))):
                found[story].add(content)
        return dict(found)

    def add(self, rows: Iterable[Kept]) -> None:
        """Keeps what is new: a story, or other words of one. What a story said before, even if not last, changes nothing.

        The words seen last are what the story says now, whenever they are taken in; of those seen at one time, the later row's.
        """
        given = [_row(kept) for kept in rows]
        known = self.contents(row["story"] for row in given)
        last = self._last_seen(known)
        fresh: list[dict[str, Any]] = []
        latest: dict[str, dict[str, Any]] = {}
        seen_first: dict[str, datetime] = {}
        said = {story: set(contents) for story, contents in known.items()}
        for row in given:
            story, content = row["story"], row["content"]
            if content not in said.setdefault(story, set()):
                said[story].add(content)
                fresh.append(row)
                if row["seen"] >= last.setdefault(story, row["seen"]):
                    last[story], latest[story] = row["seen"], row
                seen_first.setdefault(story, row["seen"])
        now = {story: {name: row[name] for name in _NOW} for story, row in latest.items()}
        self._each(insert(STORY), [now[story] | {"id": story, "seen": seen_first[story], "event": ""} for story in now if story not in known])
        self._each(update(STORY).where(STORY.c.id == bindparam("changed")), [now[story] | {"changed": story} for story in now if story in known])
        self._each(insert(VERSION), [{name: row[name] for name in _VERSION} for row in fresh])

    def _last_seen(self, ids: Iterable[str]) -> dict[str, datetime]:
        """When the words were seen that these stories say now."""
        found: dict[str, datetime] = {}
        for portion in portions(ids):
            asked = select(VERSION.c.story, func.max(VERSION.c.seen).label("seen")).where(VERSION.c.story.in_(portion)).group_by(VERSION.c.story)
            found |= {row.story: row.seen for row in self._connection.execute(asked)}
        return found

    def latest(self, ids: Iterable[str]) -> dict[str, Kept]:
        """Those of these stories that are kept, as they are now."""
        found = {}
        for portion in portions(ids):
            asked = select(STORY.c.id, STORY.c.feed, STORY.c.seen, STORY.c.reading).where(STORY.c.id.in_(portion))
            for story, feed, seen, text in self._connection.execute(asked):
                found[story] = Kept(feed, seen, readings.of_text(text))
        return found

    def versions_of(self, story: str) -> list[Kept]:
        """All that one story ever said, in the order in which it was kept."""
        asked = select(VERSION.c.feed, VERSION.c.seen, VERSION.c.reading).where(VERSION.c.story == story).order_by(VERSION.c.id)
        return [Kept(feed, seen, readings.of_text(text)) for feed, seen, text in self._connection.execute(asked)]

    def identities(self) -> list[tuple[str, str, str]]:
        """(source, entry id, content) of every story as it is now, in no order."""
        asked = select(STORY.c.source, STORY.c.entry, STORY.c.content)
        return [(source, entry, content) for source, entry, content in self._connection.execute(asked)]

    def stories(self, since: datetime | None = None, until: datetime | None = None, *, alerts_only: bool = False) -> list[tuple[str, Kept]]:
        """(event, story as it says now, seen first) of stories published from `since` to before `until`, ordered by (published, source, id)."""
        asked = select(STORY.c.event, STORY.c.feed, STORY.c.seen, STORY.c.reading).order_by(STORY.c.published, STORY.c.source, STORY.c.id)
        if since is not None:
            asked = asked.where(STORY.c.published >= since)
        if until is not None:
            asked = asked.where(STORY.c.published < until)
        if alerts_only:
            asked = asked.where(STORY.c.alert)
        return [(event, Kept(feed, seen, readings.of_text(text))) for event, feed, seen, text in self._connection.execute(asked)]

    def versions(self, seen_by: datetime, since: datetime | None = None) -> list[Kept]:
        """What was known at a moment: every version seen by then, of those published at or after `since`.

        Ordered by (published, source, id of the story) and then as they were kept: of one story published at one time, the later is
        the newer.
        """
        asked = (
            select(VERSION.c.feed, VERSION.c.seen, VERSION.c.reading)
            .join(STORY)
            .where(VERSION.c.seen <= seen_by)
            .order_by(VERSION.c.published, STORY.c.source, STORY.c.id, VERSION.c.id)
        )
        if since is not None:
            asked = asked.where(VERSION.c.published >= since)
        return [Kept(feed, seen, readings.of_text(text)) for feed, seen, text in self._connection.execute(asked)]

    def count(self) -> int:
        """Stories that are kept."""
        return self._connection.execute(select(func.count()).select_from(STORY)).scalar_one()


def _row(kept: Kept) -> dict[str, Any]:
    story = kept.read.story
    return {
        "story": storable(story.id),
        "feed": kept.feed,
        "source": story.source,
        "entry": story.entry,
        "content": storable(story.content),
        "seen": kept.seen,
        "published": story.published,
        "alert": story.alert is not None,
        "reading": readings.to_text(kept.read),
    }
