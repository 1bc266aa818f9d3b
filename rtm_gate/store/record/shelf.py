"""All that can be asked of the record in a store, and said to it, within one transaction."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from rtm_gate.model.record import Entry, Kind
from rtm_gate.store.fault import ChangedError
from rtm_gate.store.shelf import Shelf, portions
from rtm_gate.store.tables.record import BODY, ENTRY

PAGE = 1_000


class RecordShelf(Shelf):
    """Rows come back in the order in which they were written."""

    def last(self) -> Entry | None:
        return _entry(self._connection.execute(select(ENTRY).order_by(ENTRY.c.id.desc()).limit(1)).one_or_none())

    def add(self, entry: Entry) -> None:
        """At the end: its `id` is the next one, or the database refuses it."""
        self._connection.execute(insert(ENTRY), asdict(entry))

    def entry(self, id_: int) -> Entry | None:
        return _entry(self._connection.execute(select(ENTRY).where(ENTRY.c.id == id_)).one_or_none())

    def entries(self, after: int = 0, limit: int = PAGE, kind: Kind | None = None, subject: str | None = None) -> list[Entry]:
        """At most `limit` rows behind the row `after`: the next page, which costs the same however long the record is."""
        asked = _chosen(select(ENTRY), kind, subject).where(ENTRY.c.id > after).order_by(ENTRY.c.id).limit(limit)
        return [Entry(*row) for row in self._connection.execute(asked)]

    def latest(self, limit: int = PAGE, kind: Kind | None = None, subject: str | None = None) -> list[Entry]:
        """The last `limit` rows of those asked for."""
        asked = _chosen(select(ENTRY), kind, subject).order_by(ENTRY.c.id.desc()).limit(limit)
        return [Entry(*row) for row in self._connection.execute(asked)][::-1]

    def of_kinds(self, kinds: Sequence[Kind]) -> list[Entry]:
        """All rows of these kinds, for kinds of which there are few."""
        return [Entry(*row) for row in self._connection.execute(select(ENTRY).where(ENTRY.c.kind.in_(kinds)).order_by(ENTRY.c.id))]

    def last_words(self, kind: Kind, after: int = 0, without: str = "") -> list[tuple[str, str]]:
        """Of each subject, what the last row of this kind behind `after` says, in their order; none of those that say `without`."""
        last = select(func.max(ENTRY.c.id)).where(ENTRY.c.kind == kind, ENTRY.c.id > after).group_by(ENTRY.c.subject)
        asked = select(ENTRY.c.subject, ENTRY.c.said).where(ENTRY.c.id.in_(last)).order_by(ENTRY.c.id)
        if without:
            asked = asked.where(~ENTRY.c.said.contains(without, autoescape=True))
        return [(subject, said) for subject, said in self._connection.execute(asked)]

    def count(self) -> int:
        return int(self._connection.execute(select(func.count()).select_from(ENTRY)).scalar_one())

    def telling(self, after: int = 0, limit: int = PAGE, subject: str | None = None, before: datetime | None = None) -> list[int]:
        """The numbers of at most `limit` rows behind `after` that tell anything: those about `subject`, those written before a moment."""
        asked = select(ENTRY.c.id).where(ENTRY.c.told.is_not(None))
        if before is not None:
            asked = asked.where(ENTRY.c.at < before)
        asked = _chosen(asked, None, subject).where(ENTRY.c.id > after).order_by(ENTRY.c.id).limit(limit)
        return list(self._connection.execute(asked).scalars())

    def mask(self, ids: Iterable[int]) -> int:
        """Takes away what these rows tell; how many told anything."""
        told = update(ENTRY).where(ENTRY.c.told.is_not(None))
        masked = 0
        for portion in portions(map(str, ids)):
            masked += self._connection.execute(told.where(ENTRY.c.id.in_(list(map(int, portion)))).values(told=None, salt=None)).rowcount
        return masked

    # ---- bodies -------------------------------------------------------------------------------------------------------------
    def holds(self, digest: str) -> bool:
        return self._connection.execute(select(BODY.c.digest).where(BODY.c.digest == digest)).one_or_none() is not None

    def keep(self, content: bytes) -> str:
        """Keeps a body once; its digest."""
        digest = hashlib.sha256(content).hexdigest()
        if not self.holds(digest):
            self._connection.execute(insert(BODY), {"digest": digest, "content": zlib.compress(content, 6)})
        return digest

    def body(self, digest: str) -> bytes | None:
        """None for one that was never kept. ChangedError for one that was changed."""
        found = self._connection.execute(select(BODY.c.content).where(BODY.c.digest == digest)).scalar_one_or_none()
        if found is None:
            return None
        try:
            content = zlib.decompress(found)
        except zlib.error:
            content = b""
        if hashlib.sha256(content).hexdigest() != digest:
            raise ChangedError(f"what the record keeps as {digest[:12]} was changed")
        return content

    def bodies(self) -> list[str]:
        """The digests of all bodies, sorted."""
        return list(self._connection.execute(select(BODY.c.digest).order_by(BODY.c.digest)).scalars())


def _chosen(asked: Select[Any], kind: Kind | None, subject: str | None) -> Select[Any]:
    if kind is not None:
        asked = asked.where(ENTRY.c.kind == kind)
    return asked if subject is None else asked.where(ENTRY.c.subject == subject)


def _entry(row: Any) -> Entry | None:
    return None if row is None else Entry(*row)
