"""What became of the news as a whole: its snapshots, and what people changed by hand."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import insert, select

from rtm_gate.model.news import Change
from rtm_gate.store.rows import Snapshot
from rtm_gate.store.shelf import Shelf
from rtm_gate.store.tables.news import CHANGE, SNAPSHOT

_CHANGE = [CHANGE.c[field.name] for field in fields(Change)]


class Changes(Shelf):
    def snapshot(self) -> Snapshot | None:
        """The latest."""
        row = self._connection.execute(select(SNAPSHOT).order_by(SNAPSHOT.c.id.desc()).limit(1)).one_or_none()
        return None if row is None else Snapshot(**row._mapping)

    def add_snapshot(self, at: datetime, digest: str, stories: int) -> None:
        self._connection.execute(insert(SNAPSHOT), {"at": at, "digest": digest, "stories": stories})

    def changes(self, at: datetime | None = None) -> list[Change]:
        """Those made at or before a moment, in the order in which they were made."""
        asked = select(*_CHANGE).order_by(CHANGE.c.at, CHANGE.c.id)
        if at is not None:
            asked = asked.where(CHANGE.c.at <= at)
        return [Change(**{**row._mapping, "regions": tuple(json.loads(row.regions))}) for row in self._connection.execute(asked)]

    def add_change(self, change: Change) -> None:
        self._connection.execute(insert(CHANGE), asdict(change) | {"regions": json.dumps(change.regions)})
