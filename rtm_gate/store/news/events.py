"""Events: which stories tell of the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, or_, select, update

from rtm_gate.model.news import Kept
from rtm_gate.store import readings
from rtm_gate.store.rows import EventRow
from rtm_gate.store.shelf import Shelf, portions
from rtm_gate.store.tables.news import EVENT, STORY


class Events(Shelf):
    def place(self, pairs: Iterable[tuple[str, str]]) -> None:
        """(story, event): the event each of these stories belongs to from now on."""
        placed = update(STORY).where(STORY.c.id == bindparam("story")).values(event=bindparam("into"))
        self._each(placed, [{"story": story, "into": event} for story, event in pairs])

    def put_events(self, rows: Iterable[EventRow]) -> None:
        """In place of what was known of these events."""
        given = {row.id: row for row in rows}
        self.drop_events(given)
        self._each(insert(EVENT), [asdict(row) for row in given.values()])

    def drop_events(self, ids: Iterable[str]) -> None:
        """Their stories stay, and keep the name of the event until they are placed anew."""
        for portion in portions(ids):
            self._connection.execute(delete(EVENT).where(EVENT.c.id.in_(portion)))

    def events(self, ids: Iterable[str]) -> dict[str, EventRow]:
        """Those of these events that are known."""
        found = {}
        for portion in portions(ids):
            for row in self._connection.execute(select(EVENT).where(EVENT.c.id.in_(portion))):
                found[row.id] = EventRow(**row._mapping)
        return found

    def homes(self) -> list[tuple[str, str]]:
        """(story, event) of every story, in no order."""
        return [(story, event) for story, event in self._connection.execute(select(STORY.c.id, STORY.c.event))]

    def members(self, ids: Iterable[str]) -> dict[str, list[Kept]]:
        """The stories of these events, in the order (published, source, id); an event without any is not in the answer."""
        found: dict[str, list[Kept]] = defaultdict(list)
        for portion in portions(ids):
            asked = select(STORY.c.event, STORY.c.feed, STORY.c.seen, STORY.c.reading).where(STORY.c.event.in_(portion))
            for event, feed, seen, text in self._connection.execute(asked.order_by(STORY.c.published, STORY.c.source, STORY.c.id)):
                found[event].append(Kept(feed, seen, readings.of_text(text)))
        return dict(found)

    def members_of_current(self, since: datetime) -> dict[str, list[Kept]]:
        """By event, the stories of events that may matter to a check: heard of at or after `since`, or with an alert that ended later.

        Stories, and events by their first story, in the order (published, source, id).
        """
        current = or_(EVENT.c.last >= since, EVENT.c.until > since)
        asked = (
            select(STORY.c.event, STORY.c.feed, STORY.c.seen, STORY.c.reading)
            .join(EVENT, EVENT.c.id == STORY.c.event)
            .where(EVENT.c.telling, current)
            .order_by(STORY.c.published, STORY.c.source, STORY.c.id)
        )
        members: dict[str, list[Kept]] = defaultdict(list)
        for event, feed, seen, text in self._connection.execute(asked):
            members[event].append(Kept(feed, seen, readings.of_text(text)))
        return dict(members)
