"""What is dropped for its age."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Delete, delete, exists, func, select

from rtm_gate.store.rows import Forgotten
from rtm_gate.store.shelf import Shelf
from rtm_gate.store.tables.news import EVENT, POLL, SNAPSHOT, STORY, TAG_USE, VERSION


class Retention(Shelf):
    def forget(self, before: datetime) -> Forgotten:
        """Drops what is older than a moment: stories published before it that said nothing new since, events left without stories,
        polls, uses of tags seen before it, and snapshots but the latest. States of feeds and changes made by hand stay.
        """
        renewed = exists().where(VERSION.c.story == STORY.c.id, VERSION.c.seen >= before)
        latest = select(func.max(SNAPSHOT.c.id)).scalar_subquery()
        return Forgotten(
            stories=self._dropped(delete(STORY).where(STORY.c.published < before, ~renewed)),
            events=self._dropped(delete(EVENT).where(~exists().where(STORY.c.event == EVENT.c.id))),
            polls=self._dropped(delete(POLL).where(POLL.c.at < before)),
            tag_uses=self._dropped(delete(TAG_USE).where(TAG_USE.c.at < before)),
            snapshots=self._dropped(delete(SNAPSHOT).where(SNAPSHOT.c.at < before, SNAPSHOT.c.id < latest)),
        )

    def _dropped(self, statement: Delete) -> int:
        return self._connection.execute(statement).rowcount
