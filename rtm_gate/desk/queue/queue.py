"""The queue: drafts are taken in, asked about, handed over and withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from rtm_gate.desk.ledger import Ledger, added
from rtm_gate.desk.queue.answers import Answered, Answers, Judge
from rtm_gate.desk.queue.changes import Change, reporting
from rtm_gate.desk.queue.drafts import DONE, apart, draft_of, same, there, waiting_for
from rtm_gate.desk.queue.replies import Reply, Word, reply_of, told
from rtm_gate.desk.queue.sweep import BATCH, Sweep, Swept
from rtm_gate.desk.refused import RefusedError
from rtm_gate.model.draft import Draft
from rtm_gate.model.queue import Epoch, State, Waiting
from rtm_gate.store import Store, Transaction

How = Literal["added", "same", "updated", "replaced"]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a draft came to: `added`, `same` (nothing is new), `updated` (the same content, other times or answers) or `replaced`."""

    id: str
    how: How
    word: Word
    headline: str
    note: str = ""


class Queue:
    """Thread safe as far as its judge is. StoreError, and RefusedError. `clock` says what time claims are made at."""

    def __init__(self, store: Store, ledger: Ledger, judge: Judge, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store, self._ledger, self._judge, self._clock = store, ledger, judge, clock
        self._answers = Answers(store, ledger, judge, clock)

    # ---- taking in ----------------------------------------------------------------------------------------------------------
    def add(self, drafts: Sequence[Draft], now: datetime) -> list[Added]:
        """Registers and judges drafts. What has the id of another takes its place, and says so; the same twice is one."""
        found: list[Added] = []
        for portion in apart(drafts):
            found += self._add(portion, now)
        return found

    def _add(self, drafts: Mapping[str, Draft], now: datetime) -> list[Added]:
        epoch = self._judge.epoch(now)
        with self._store.reading() as tx:
            before = {id_: tx.queue.get(id_) for id_ in drafts}
            signs = tx.queue.signs(drafts)
        asked = [waiting_for(id_, draft, before[id_], now) for id_, draft in drafts.items()]
        fresh = [self._answers.found(one, epoch, signs.get(one.id, 0), now) for one in asked if not same(before[one.id], one)]

        def keep(tx: Transaction, answers: Sequence[Answered]) -> tuple[list[Added], Sequence[Answered]]:
            made = {one.waiting.id: one.waiting for one in answers}
            return [self._put(tx, one, made.get(one.id), epoch, now) for one in asked], answers

        return self._answers.kept(fresh, now, keep)

    def _put(self, tx: Transaction, asked: Waiting, made: Waiting | None, epoch: Epoch, now: datetime) -> Added:
        before = tx.queue.get(asked.id)
        if made is None:
            if before is None or not same(before, asked):
                raise RefusedError(f"`{asked.id}` was changed by somebody else at the same moment: it has to be added again")
            reply = reply_of(before, epoch, tx.queue.signs([before.id]).get(before.id, 0), now)
            return Added(before.id, "same", reply.word, reply.because or reply.headline)
        note = ""
        how: How = "added"
        if before is not None and before.state != "withdrawn":
            alike = before.content == made.content
            how = "updated" if alike else "replaced"
            if before.state in DONE and alike:
                made = replace(made, state=before.state, handed=before.handed)
            elif before.state in DONE:
                note = f"the former content was already {DONE[before.state]}; withdraw it there"
            made = replace(made, added=before.added)
        word, headline, _ = told(made.standing)
        # Whoever adds it is told the answer by that.
        tx.queue.put(replace(made, reported=word))
        return Added(made.id, how, word, headline, note)

    # ---- asking -------------------------------------------------------------------------------------------------------------
    def answer(self, id_: str, now: datetime) -> Reply:
        """The last answer where it still holds; a go that rests on what is no more is a hold at once. Nothing is judged."""
        epoch = self._judge.epoch(now)
        with self._store.reading() as tx:
            waiting = there(tx, id_)
            return reply_of(waiting, epoch, tx.queue.signs([waiting.id]).get(waiting.id, 0), now)

    def replies(self, now: datetime, states: Sequence[State] = ()) -> Iterator[Reply]:
        """The answers about all drafts in these states (none: in any), earliest first, page by page."""
        epoch = self._judge.epoch(now)
        after = None
        while True:
            with self._store.reading() as tx:
                page = tx.queue.page(after, states)
                signs = tx.queue.signs(waiting.id for waiting in page)
            yield from (reply_of(waiting, epoch, signs.get(waiting.id, 0), now) for waiting in page)
            if not page:
                return
            after = page[-1].place

    def stale(self, now: datetime) -> int:
        """How many drafts have a go that holds no more."""
        epoch = self._judge.epoch(now)
        with self._store.reading() as tx:
            return tx.queue.stale(epoch, now)

    def left(self, now: datetime) -> int:
        """How many drafts a sweep at `now` has still to come to."""
        with self._store.reading() as tx:
            return tx.queue.left(now)

    # ---- sweeping -----------------------------------------------------------------------------------------------------------
    def sweep(self, now: datetime, by: str, seen: Callable[[int], None] | None = None, batch: int = BATCH) -> Swept:
        """Judges every draft that waits or was handed over, and that no other worker of this sweep has come to, earliest first.

        `by` names the worker, and no other one; workers of one sweep are given the same `now`. `seen` is told how many were done.
        """
        return Sweep(self._store, self._answers, self._judge, by=by, now=now, clock=self._clock).run(seen, batch)

    def reporting(self) -> AbstractContextManager[list[Change]]:
        """The changed answers that nobody was told of yet; they count as told once the block is left without a fault."""
        return reporting(self._store)

    # ---- what people and platforms do ---------------------------------------------------------------------------------------
    def move(self, id_: str, state: Literal["handed", "published"], now: datetime) -> Reply:
        """Says that a draft was handed over to its platform, or that it appeared there; the answer tells whether it should have been."""
        reply = self.answer(id_, now)
        with self._store.writing() as tx:
            waiting = there(tx, id_)
            if waiting.state == "withdrawn":
                raise RefusedError(f"`{id_}` was withdrawn; add it again before it is handed over")
            tx.queue.move(waiting.id, state, waiting.handed or now)
        return reply

    def withdraw(self, id_: str, person: str, reason: str, now: datetime) -> Waiting:
        """Takes a draft back, and writes down who did, why, and who deletes it at its platform how fast; the draft as it was before."""
        problems = [f"the {what} is empty" for what, said in (("person's name", person), ("reason", reason)) if not said.strip()]
        if problems:
            raise RefusedError(*problems)
        with self._ledger.writing(now) as tx:
            waiting = there(tx, id_)
            if waiting.state == "withdrawn":
                raise RefusedError(f"`{id_}` was withdrawn already")
            tx.queue.move(waiting.id, "withdrawn", waiting.handed)
            plan = draft_of(waiting).opt_out
            said = {"content": waiting.content, "state": waiting.state, "minutes": plan.minutes if plan else None}
            added(tx, now, "withdrawal", waiting.id, said, {"person": person, "reason": reason, "owner": plan.owner if plan else ""})
        return waiting
