"""A sweep: every draft that waits gets an answer that holds now. Several workers share one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rtm_gate.desk.queue.answers import Answered, Answers, Judge, decided
from rtm_gate.model.queue import Epoch, Waiting
from rtm_gate.store import Store, Transaction

BATCH = 200
"""Drafts claimed at once."""
GIVEN_UP = timedelta(minutes=5)
"""A claim older than this is free again: whoever made it has died."""


@dataclass(frozen=True, slots=True)
class Swept:
    """One worker's part of a sweep: how many it judged, how many stayed as they were without that, how many it lost to somebody else."""

    judged: int = 0
    kept: int = 0
    lost: int = 0

    def __add__(self, other: Swept) -> Swept:
        return Swept(self.judged + other.judged, self.kept + other.kept, self.lost + other.lost)


class Sweep:
    """One worker of a sweep at `now`. `by` names the worker, and no other one; `clock` says what time claims are made at."""

    def __init__(self, store: Store, answers: Answers, judge: Judge, *, by: str, now: datetime, clock: Callable[[], datetime]) -> None:
        self._store, self._answers, self._judge = store, answers, judge
        self._by, self._now, self._clock = by, now, clock

    def run(self, seen: Callable[[int], None] | None, batch: int) -> Swept:
        """`seen` is told how many were done."""
        done, after = Swept(), None
        while True:
            epoch = self._judge.epoch(self._now)
            clock = self._clock()
            with self._store.writing() as tx:
                claimed = tx.queue.claim(self._by, clock, clock - GIVEN_UP, self._now, batch, after)
                signs = tx.queue.signs(waiting.id for waiting in claimed)
            if not claimed and after is None:
                return done
            after = claimed[-1].place if claimed else None
            if claimed:
                done += self._batch(claimed, epoch, signs)
                if seen is not None:
                    seen(len(claimed))

    def _batch(self, claimed: Sequence[Waiting], epoch: Epoch, signs: Mapping[str, int]) -> Swept:
        before = {waiting.id: decided(waiting) for waiting in claimed}

        def keep(tx: Transaction, answers: Sequence[Answered]) -> tuple[list[Answered], list[Answered]]:
            mine = tx.queue.mine(self._by, before)
            kept = [one for one in answers if one.waiting.id in mine]
            tx.queue.answered([one.waiting for one in kept])
            return kept, [one for one in kept if one.judged is not None and decided(one.waiting) != before[one.waiting.id]]

        found = [self._answers.found(waiting, epoch, signs.get(waiting.id, 0), self._now) for waiting in claimed]
        kept = self._answers.kept(found, self._now, keep)
        still = sum(one.judged is None and one.waiting.standing is not None and bool(one.waiting.standing.verdict) for one in kept)
        return Swept(len(kept) - still, still, len(claimed) - len(kept))
