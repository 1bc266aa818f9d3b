"""Texts that use a tag."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import insert, select

from rtm_gate.model.feeds import TagUse
from rtm_gate.store.shelf import Shelf, portions
from rtm_gate.store.tables.news import TAG_USE
from rtm_gate.store.types import storable


class Tags(Shelf):
    def add_tag_uses(self, rows: Iterable[TagUse]) -> None:
        """Keeps each text once for each moment at which it was read."""
        given: dict[tuple[str, str, datetime], TagUse] = {}
        for row in rows:
            given.setdefault((storable(row.tag), storable(row.key), row.at), row)
        known = {
            (tag, key, at)
            for portion in portions(key for _, key, _ in given)
            for tag, key, at in self._connection.execute(select(TAG_USE.c.tag, TAG_USE.c.key, TAG_USE.c.at).where(TAG_USE.c.key.in_(portion)))
        }
        self._each(insert(TAG_USE), [asdict(row) for use, row in given.items() if use not in known])

    def tag_uses(self, tag: str | None, since: datetime, until: datetime) -> list[TagUse]:
        """Those read from `since` to `until`, both included, in the order (at, tag, key). `tag` None: of every tag."""
        asked = select(TAG_USE).where(TAG_USE.c.at >= since, TAG_USE.c.at <= until)
        if tag is not None:
            asked = asked.where(TAG_USE.c.tag == tag)
        return [TagUse(**row._mapping) for row in self._connection.execute(asked.order_by(TAG_USE.c.at, TAG_USE.c.tag, TAG_USE.c.key))]
