"""How the gate judges what waits in the queue of its project: no text is read twice, and nothing is judged twice that cannot have changed."""

from __future__ import annotations

import logging
import os
import platform
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rtm_gate.desk.ledger import Heads
from rtm_gate.desk.queue import Judgement, Queue, Swept, draft_of
from rtm_gate.facts.inputs import inputs_of
from rtm_gate.gate.gate import Gate
from rtm_gate.gate.record import Recorder, recorder_of
from rtm_gate.model.analysis import Analysis
from rtm_gate.model.draft import Approval, Check, Draft
from rtm_gate.model.moment import from_seconds, parse_instant, seconds
from rtm_gate.model.news import News
from rtm_gate.model.queue import Epoch, Waiting
from rtm_gate.model.verdict import Verdict
from rtm_gate.verdict.lease import renewed
from rtm_gate.verdict.turns import turns

log = logging.getLogger("rtm_gate")
NOT_COUNTED = "the queue counts recorded sign-offs only; those in the draft do not count"


@contextmanager
def queue_of(gate: Gate) -> Iterator[Queue]:
    """The queue of a gate's project; its store is made where there is none yet. Raises StoreError; ValueError outside a project."""
    store, root = gate.project_news.store(), gate.project.root
    judge = QueueJudge(gate)
    try:
        yield Queue(store, judge, Heads(root) if root is not None else None)
    finally:
        judge.close()


def sweep_in(folder: Path, now: datetime) -> Swept:
    """One worker's part of a sweep of the project in a folder, with a gate of its own: what each process of a larger sweep does."""
    with Gate.open(folder) as gate, queue_of(gate) as queue:
        return queue.sweep(now, worker_name())


def worker_name() -> str:
    """No other worker's."""
    return f"{platform.node()}:{os.getpid()}:{uuid.uuid4().hex[:12]}"


class QueueJudge:
    """Judges for the queue. To be closed after use, before its gate. Not thread safe: each worker has its own."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._epoch = Epoch()
        self._news: tuple[datetime, Epoch, News] | None = None
        self._recorder: Recorder | None = None

    def epoch(self, now: datetime) -> Epoch:
        number = self._gate.project_news.epoch(now)
        with self._gate.project_news.store().reading() as tx:
            self._epoch = Epoch(number, self._gate.policy.digest, tx.queue.halts())
        return self._epoch

    def judge(self, waiting: Waiting, now: datetime) -> Judgement:
        gate, news = self._gate, self._told(now)
        given = draft_of(waiting)
        draft = self.counted(given)
        reader, analysis = gate.reads(draft), None
        if waiting.analysis and waiting.reader == reader:
            analysis = _analysis(waiting.analysis)
        kept = waiting.analysis if analysis is not None else ""
        analysis = analysis or gate.analyse(draft)
        kept = kept or _adapter().dump_json(analysis).decode()
        scene = gate.scene(draft, analysis, news, now)
        inputs = inputs_of(scene, reader)
        last = waiting.standing
        sound = not news.fault and not gate.faults()
        if sound and last is not None and inputs == last.inputs and (last.turns is None or now < last.turns):
            until = from_seconds(renewed(scene, seconds(last.turns) if last.turns else None)) if last.word == "go" else None
            return Judgement(None, kept, reader, inputs, last.turns, until)
        warnings = [NOT_COUNTED] if given.approvals or given.checks else []
        examined = gate.examine(draft, news, now, warnings, analysis=analysis)
        verdict = examined.verdict
        turn = turns(examined.scene, examined.facts, examined.matches) if examined.facts is not None else None
        until = parse_instant(verdict.valid_until) if verdict.valid_until else None
        return Judgement(verdict, kept, reader, inputs, from_seconds(turn) if turn is not None else None, until)

    def record(self, verdicts: Sequence[tuple[Draft, Verdict]], now: datetime) -> None:
        """Writes verdicts into the ledger, where the project keeps a record."""
        if self._gate.project.configuration.record:
            self._recorder = self._recorder or recorder_of(self._gate.project, self._gate.loaded)
            self._recorder.write([(self.counted(draft), verdict) for draft, verdict in verdicts], self._told(now), now)

    def counted(self, draft: Draft) -> Draft:
        """The draft with the sign-offs that count here: those that were recorded, and none that only its file tells of (rulings: definitions 8)."""
        none: tuple[Approval, ...] = ()
        nothing: dict[str, Check] = {}
        return draft.model_copy(update={"approvals": none, "checks": nothing})

    def close(self) -> None:
        if self._recorder is not None:
            self._recorder.close()
            self._recorder = None

    def _told(self, now: datetime) -> News:
        """The news as of the epoch last asked for, or later."""
        if self._news is None or self._news[:2] != (now, self._epoch):
            self._news = now, self._epoch, self._gate.news(now=now)
        return self._news[2]


@cache
def _adapter() -> TypeAdapter[Analysis]:
    return TypeAdapter(Analysis)


def _analysis(kept: str) -> Analysis | None:
    try:
        return _adapter().validate_json(kept)
    except ValidationError:
        log.warning("an analysis in the queue cannot be read; its draft is read again")
        return None
