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
        """Keeps what is new; a text that is known to use a tag stays as it was seen first."""
        given: dict[tuple[str, str], TagUse] = {}
        for row in rows:
            given.setdefault((storable(row.tag), storable(row.key)), row)
        known = {
            (tag, key)
            for portion in portions(key for _, key in given)
            for tag, key in self._connection.execute(select(TAG_USE.c.tag, TAG_USE.c.key).where(TAG_USE.c.key.in_(portion)))
        }
        self._each(insert(TAG_USE), [asdict(row) for use, row in given.items() if use not in known])

    def tag_uses(self, tag: str, since: datetime, until: datetime) -> list[TagUse]:
        """Those seen from `since` to `until`, both included, in the order (at, key)."""
        asked = select(TAG_USE).where(TAG_USE.c.tag == tag, TAG_USE.c.at >= since, TAG_USE.c.at <= until)
        return [TagUse(**row._mapping) for row in self._connection.execute(asked.order_by(TAG_USE.c.at, TAG_USE.c.key))]
