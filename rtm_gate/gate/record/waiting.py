"""How the gate judges what waits in the queue of its project: no text is read twice, and nothing is judged twice that cannot have changed."""

from __future__ import annotations

import logging
import os
import platform
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rtm_gate.desk.ledger import Ledger
from rtm_gate.desk.queue import Judgement, Queue, Swept, draft_of
from rtm_gate.desk.signing import NOTHING_SIGNED, Standing
from rtm_gate.facts.inputs import inputs_of
from rtm_gate.gate.gate import NO_NEWS, Gate
from rtm_gate.gate.record import ledger_in
from rtm_gate.gate.record.halts import NOTHING_ON_RECORD, OnRecord
from rtm_gate.gate.record.recorder import Recorder
from rtm_gate.gate.record.signing import by_record, told_of, with_signatures
from rtm_gate.model.analysis import Analysis
from rtm_gate.model.draft import Draft
from rtm_gate.model.moment import from_seconds, parse_instant, seconds
from rtm_gate.model.news import News
from rtm_gate.model.queue import Epoch, Waiting
from rtm_gate.model.verdict import Verdict
from rtm_gate.store import StoreError, Transaction
from rtm_gate.verdict import rejection, stopped
from rtm_gate.verdict.lease import renewed
from rtm_gate.verdict.turns import turns

log = logging.getLogger("rtm_gate")
NOT_COUNTED = "the queue counts recorded sign-offs only; those in the draft do not count"


@contextmanager
def queue_of(gate: Gate) -> Iterator[Queue]:
    """The queue of a gate's project; its store is made where there is none yet. Raises StoreError; ValueError outside a project."""
    store = gate.project_news.store()
    ledger = ledger_in(gate.project, store)
    yield Queue(store, ledger, QueueJudge(gate, ledger))


def sweep_in(folder: Path, now: datetime) -> Swept:
    """One worker's part of a sweep of the project in a folder, with a gate of its own: what each process of a larger sweep does."""
    with Gate.open(folder) as gate, queue_of(gate) as queue:
        return queue.sweep(now, worker_name())


def worker_name() -> str:
    """No other worker's."""
    return f"{platform.node()}:{os.getpid()}:{uuid.uuid4().hex[:12]}"


@dataclass(slots=True)
class World:
    """The news and the halts at a moment, as of an epoch or later. Two are equal that cannot differ in any answer."""

    now: datetime
    epoch: Epoch
    on_record: OnRecord
    _news: News | None = field(default=None, compare=False)

    def news(self, gate: Gate) -> News:
        """Asked for once: what was gathered after the epoch was asked for is at least as new."""
        if self._news is None:
            self._news = gate.news(now=self.now) if gate.project_news.is_told() else NO_NEWS
        return self._news


class QueueJudge:
    """Judges for the queue. Not thread safe: each worker has its own."""

    def __init__(self, gate: Gate, ledger: Ledger) -> None:
        self._gate, self._ledger = gate, ledger
        self._recorder = Recorder(ledger, gate.loaded)
        self._world = World(datetime.min, Epoch(), NOTHING_ON_RECORD)

    def epoch(self, now: datetime) -> Epoch:
        """Asks for the news and the halts anew. StoreError where nobody can say what is halted."""
        on_record = self._gate.halts.at(now)
        if on_record.fault:
            raise StoreError(on_record.fault)
        world = World(now, Epoch(self._gate.project_news.epoch(now), self._gate.policy.digest, on_record.number), on_record)
        if world != self._world:
            self._world = world
        return world.epoch

    def judge(self, waiting: Waiting, signs: int, now: datetime) -> Judgement:
        gate, world = self._gate, self._world
        news = world.news(gate)
        if gate.project.records():
            self._recorder.note(news, now)
        given = draft_of(waiting)
        draft, said = self._signed(given, signs)
        reader, analysis = gate.reads(draft), None
        if waiting.analysis and waiting.reader == reader:
            analysis = _analysis(waiting.analysis)
        kept = waiting.analysis if analysis is not None else ""
        analysis = analysis or gate.analyse(draft)
        kept = kept or _adapter().dump_json(analysis).decode()
        on_record = replace(world.on_record, stops=tuple(rejection(said.rejected)))
        scene = gate.scene(draft, analysis, news, now, on_record)
        halted, _ = stopped(on_record.halts, on_record.over, scene)
        inputs = inputs_of(scene, reader, [finding.model_dump(mode="json") for finding in (*halted, *on_record.stops)])
        last = waiting.standing
        sound = not news.fault and not gate.faults()
        if sound and last is not None and inputs == last.inputs and (last.turns is None or now < last.turns):
            until = from_seconds(renewed(scene, seconds(last.turns) if last.turns else None)) if last.word == "go" else None
            return Judgement(None, draft, kept, reader, inputs, last.turns, until)
        warnings = [NOT_COUNTED] if given.approvals or given.checks else []
        warnings += told_of(said)
        examined = gate.examine(draft, news, now, warnings, on_record=on_record, analysis=analysis)
        verdict = examined.verdict
        turn = turns(examined.scene, examined.facts, examined.matches) if examined.facts is not None else None
        until = parse_instant(verdict.valid_until) if verdict.valid_until else None
        return Judgement(verdict, draft, kept, reader, inputs, from_seconds(turn) if turn is not None else None, until)

    def record(self, tx: Transaction, verdicts: Sequence[tuple[Draft, Verdict]], now: datetime) -> None:
        """Writes verdicts into the ledger, where the project keeps a record."""
        if verdicts and self._gate.project.records():
            self._recorder.add(tx, verdicts, self._world.news(self._gate), now, self._world.on_record.portfolio)

    def _signed(self, draft: Draft, signs: int) -> tuple[Draft, Standing]:
        """The draft with the sign-offs that count here: recorded ones, and none that only its file tells of (rulings: definitions 8)."""
        if signs:
            return by_record(self._ledger, draft)
        return with_signatures(draft, NOTHING_SIGNED), NOTHING_SIGNED


@cache
def _adapter() -> TypeAdapter[Analysis]:
    return TypeAdapter(Analysis)


def _analysis(kept: str) -> Analysis | None:
    try:
        return _adapter().validate_json(kept)
    except ValidationError:
        log.warning("an analysis in the queue cannot be read; its draft is read again")
        return None
