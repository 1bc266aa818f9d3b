"""Answers: found by the judge, and kept together with their rows of the record, or not at all."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from rtm_gate.desk.ledger import Ledger
from rtm_gate.desk.refused import RefusedError
from rtm_gate.model.draft import Draft
from rtm_gate.model.queue import Epoch, Standing, Waiting
from rtm_gate.model.verdict import Verdict
from rtm_gate.store import Store, Transaction

log = logging.getLogger("rtm_gate")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one draft. `verdict` None: what the last answer rests on is the same, and so is the answer.

    `draft` is what was judged: with the sign-offs that count. `analysis` is JSON, `reader` the digest of what made it; `inputs`, `turns` and
    `valid_until` are as in `Standing`.
    """

    verdict: Verdict | None
    draft: Draft
    analysis: str
    reader: str
    inputs: str
    turns: datetime | None
    valid_until: datetime | None


class Judge(Protocol):
    """What the queue has to be told. `epoch` is asked before `judge`, which sees no older news than that; `record` writes verdicts down."""

    def epoch(self, now: datetime) -> Epoch: ...

    def judge(self, waiting: Waiting, signs: int, now: datetime) -> Judgement: ...

    def record(self, tx: Transaction, verdicts: Sequence[tuple[Draft, Verdict]], now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Answered:
    """A draft with its answer. `judged`: the draft and the verdict, where it was judged for that; None where the former answer holds on."""

    waiting: Waiting
    judged: tuple[Draft, Verdict] | None = None


class Answers:
    """StoreError where nothing can be kept. `clock` says when the head of the record is signed."""

    def __init__(self, store: Store, ledger: Ledger, judge: Judge, clock: Callable[[], datetime]) -> None:
        self._store, self._ledger, self._judge, self._clock = store, ledger, judge, clock

    def found(self, waiting: Waiting, epoch: Epoch, signs: int, now: datetime) -> Answered:
        """`epoch` and `signs` are what the answer is held against later: they were asked for before."""
        try:
            found = self._judge.judge(waiting, signs, now)
        except Exception:
            log.exception("judging %s failed", waiting.id)
            return Answered(replace(waiting, standing=_failed(now, epoch, signs)))
        last, verdict = waiting.standing, found.verdict
        if verdict is not None:
            inputs = "" if verdict.faulted else found.inputs
            standing = Standing(verdict.verdict, verdict.to_json(None), now, now, found.valid_until, epoch, signs, inputs, found.turns)
        elif last is not None:
            standing = replace(last, checked=now, valid_until=found.valid_until, epoch=epoch, signs=signs, turns=found.turns)
        else:
            standing = _failed(now, epoch, signs)
        answered = replace(waiting, standing=standing, analysis=found.analysis, reader=found.reader)
        return Answered(answered, (found.draft, verdict) if verdict is not None else None)

    def kept(self, answers: Sequence[Answered], now: datetime, keep: Callable[[Transaction, Sequence[Answered]], tuple[T, Sequence[Answered]]]) -> T:
        """What `keep` comes to, which puts answers into the queue and says which of them are to be written down: both in one step.

        Where the record cannot be written, no answer stays a go.
        """
        try:
            self._ledger.heads.ready()
            with self._ledger.writing(self._clock()) as tx:
                done, told = keep(tx, answers)
                self._judge.record(tx, [one.judged for one in told if one.judged is not None], now)
            return done
        except RefusedError:
            raise
        except Exception:
            log.exception("writing the record failed")
        with self._store.writing() as tx:
            return keep(tx, [_unwritten(one, now) for one in answers])[0]


def word_of(waiting: Waiting) -> str:
    return waiting.standing.word if waiting.standing is not None else ""


def decided(waiting: Waiting) -> tuple[str, frozenset[tuple[str, ...]]]:
    """What its answer says, and by which findings; two that decide alike are one row of the record."""
    found = json.loads(waiting.standing.verdict)["findings"] if waiting.standing is not None and waiting.standing.verdict else []
    return word_of(waiting), frozenset((one["rule"], one["effect"], one["status"]) for one in found)


def _unwritten(one: Answered, now: datetime) -> Answered:
    standing = one.waiting.standing
    if standing is None or standing.word != "go":
        return one
    return Answered(replace(one.waiting, standing=_failed(now, standing.epoch, standing.signs)))


def _failed(now: datetime, epoch: Epoch, signs: int) -> Standing:
    """An answer that rests on nothing, and is judged anew by the next sweep."""
    return Standing("hold", "", now, now, None, epoch, signs, "", None)
