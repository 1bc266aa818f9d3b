"""All that can be asked of the queue in a store, and said to it, within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, or_, select, update

from rtm_gate.model.queue import WATCHED, Epoch, State, Waiting
from rtm_gate.store.queue.rows import row_of, standing_columns, waiting_of
from rtm_gate.store.shelf import Shelf, portions
from rtm_gate.store.tables.queue import WAITING
from rtm_gate.store.tables.record import ENTRY

PAGE = 1_000
_ROW = WAITING.c
_ORDER = (_ROW.due, _ROW.id)


class QueueShelf(Shelf):
    """Drafts come back in the order in which they are published: earliest first, those without a time when they were added."""

    def get(self, id_: str) -> Waiting | None:
        row = self._connection.execute(select(WAITING).where(_ROW.id == id_)).one_or_none()
        return None if row is None else waiting_of(row._mapping)

    def put(self, waiting: Waiting) -> None:
        """In place of the one with its id, claims of it included."""
        self._connection.execute(delete(WAITING).where(_ROW.id == waiting.id))
        self._connection.execute(insert(WAITING), row_of(waiting))

    def page(self, after: tuple[datetime, str] | None = None, states: Sequence[State] = (), limit: int = PAGE) -> list[Waiting]:
        """At most `limit` behind the due time and id `after`."""
        asked = select(WAITING).order_by(*_ORDER).limit(limit)
        if states:
            asked = asked.where(_ROW.state.in_(states))
        if after is not None:
            asked = asked.where(_behind(after))
        return [waiting_of(row._mapping) for row in self._connection.execute(asked)]

    def counts(self) -> dict[tuple[str, str], int]:
        """How many there are by state and word; the word is empty where there is no answer yet."""
        asked = select(_ROW.state, func.coalesce(_ROW.word, ""), func.count()).group_by(_ROW.state, _ROW.word)
        return {(state, word): count for state, word, count in self._connection.execute(asked)}

    def signs(self, ids: Iterable[str]) -> dict[str, int]:
        """By draft the last row of the record with a sign-off for it, for those that have one."""
        found: dict[str, int] = {}
        for portion in portions(ids):
            asked = select(ENTRY.c.subject, func.max(ENTRY.c.id)).where(ENTRY.c.kind == "signoff", ENTRY.c.subject.in_(portion)).group_by(ENTRY.c.subject)
            found.update((subject, last) for subject, last in self._connection.execute(asked))
        return found

    # ---- reporting ----------------------------------------------------------------------------------------------------------
    def unreported(self) -> list[Waiting]:
        """Those with another answer than was last reported, withdrawn ones aside, in their order."""
        asked = select(WAITING).where(_ROW.word != _ROW.reported, _ROW.state != "withdrawn").order_by(*_ORDER)
        return [waiting_of(row._mapping) for row in self._connection.execute(asked)]

    def reported(self, words: Sequence[tuple[str, str]]) -> None:
        """By id the words that were reported."""
        statement = update(WAITING).where(_ROW.id == bindparam("_id")).values(reported=bindparam("_word"))
        self._each(statement, [{"_id": id_, "_word": word} for id_, word in words])

    # ---- sweeping -----------------------------------------------------------------------------------------------------------
    def claim(self, by: str, at: datetime, stale: datetime, now: datetime, limit: int, after: tuple[datetime, str] | None = None) -> list[Waiting]:
        """Takes the next drafts that a sweep at `now` has not come to; what was claimed before `stale`, and given up, is free again.

        `after`: only those behind this due time and id.
        Whoever writes is alone, so that no draft is taken twice; a server passes over rows that another program has locked.
        """
        free = or_(_ROW.claimed_at.is_(None), _ROW.claimed_at < stale)
        asked = select(WAITING).where(_open(now), free).order_by(*_ORDER).limit(limit)
        if after is not None:
            asked = asked.where(_behind(after))
        asked = asked.with_for_update(skip_locked=True)
        found = [waiting_of(row._mapping) for row in self._connection.execute(asked)]
        for portion in portions(waiting.id for waiting in found):
            self._connection.execute(update(WAITING).where(_ROW.id.in_(portion)).values(claimed_by=by, claimed_at=at))
        return found

    def left(self, now: datetime) -> int:
        """How many drafts a sweep at `now` has still to come to."""
        return int(self._connection.execute(select(func.count()).select_from(WAITING).where(_open(now))).scalar_one())

    def claimed(self, now: datetime) -> int:
        """How many of these somebody has claimed."""
        asked = select(func.count()).select_from(WAITING).where(_open(now), _ROW.claimed_at.is_not(None))
        return int(self._connection.execute(asked).scalar_one())

    def mine(self, by: str, ids: Iterable[str]) -> set[str]:
        """Which of these nobody else has claimed since this one did: the others were replaced meanwhile, or taken over."""
        found: set[str] = set()
        for portion in portions(ids):
            found.update(self._connection.execute(select(_ROW.id).where(_ROW.id.in_(portion), _ROW.claimed_by == by)).scalars())
        return found

    def answered(self, answers: Sequence[Waiting]) -> None:
        """Keeps answers, each with the analysis and what read it; the drafts are free again, and whose they were is remembered."""
        names = [*standing_columns(None), "analysis", "reader"]
        values: dict[str, Any] = {name: bindparam(f"_{name}") for name in names}
        statement = update(WAITING).where(_ROW.id == bindparam("_id")).values(**values, claimed_at=None)
        rows: list[dict[str, Any]] = []
        for waiting in answers:
            row = {**standing_columns(waiting.standing), "analysis": waiting.analysis, "reader": waiting.reader, "id": waiting.id}
            rows.append({f"_{name}": value for name, value in row.items()})
        self._each(statement, rows)

    def move(self, id_: str, state: State, handed: datetime | None) -> None:
        self._connection.execute(update(WAITING).where(_ROW.id == id_).values(state=state, handed=handed))

    def forget(self, id_: str | None = None, before: datetime | None = None) -> int:
        """Takes out drafts whose time here is over, published and withdrawn ones: the one with an id, those that had moved last before a moment."""
        over = delete(WAITING).where(_ROW.state.not_in(WATCHED))
        if id_ is not None:
            over = over.where(_ROW.id == id_)
        if before is not None:
            over = over.where(func.coalesce(_ROW.handed, _ROW.checked, _ROW.added) < before)
        return self._connection.execute(over).rowcount

    # ---- whether answers still hold -----------------------------------------------------------------------------------------
    def stale(self, epoch: Epoch, now: datetime) -> int:
        """How many a go of which holds no more, by the numbers alone; sign-offs are asked for draft by draft."""
        asked = select(func.count()).select_from(WAITING).where(_ROW.state.in_(WATCHED), _ROW.word == "go")
        old = or_(_ROW.news != epoch.news, _ROW.policy != epoch.policy, _ROW.halts != epoch.halts, _ROW.valid_until <= now, _ROW.valid_until.is_(None))
        return int(self._connection.execute(asked.where(old)).scalar_one())


def _open(now: datetime) -> ColumnElement[bool]:
    # Not the bare column: by its index all would be fetched and sorted for each portion, where the next ones stand side by side in another.
    return and_(func.coalesce(_ROW.state, "").in_(WATCHED), or_(_ROW.checked.is_(None), _ROW.checked < now))


def _behind(after: tuple[datetime, str]) -> ColumnElement[bool]:
    # The first half says no more than the second, but an index can begin there.
    return and_(_ROW.due >= after[0], or_(_ROW.due > after[0], _ROW.id > after[1]))
