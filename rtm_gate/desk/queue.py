"""The queue of drafts that wait to be published: taken in, asked, swept, handed over and withdrawn.

How a draft is judged, and what the news has come to, others say: a `Judge` and an epoch are handed in.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

from rtm_gate.desk.ledger import Heads
from rtm_gate.desk.ledger.ledger import added
from rtm_gate.model.draft import Draft
from rtm_gate.model.queue import WATCHED, Epoch, Standing, State, Waiting
from rtm_gate.model.record import Entry
from rtm_gate.model.verdict import Verdict
from rtm_gate.store import Store, Transaction
from rtm_gate.store.types import storable

log = logging.getLogger("rtm_gate")
BATCH = 200
"""Drafts claimed at once."""
GIVEN_UP = timedelta(minutes=5)
"""A claim older than this is free again: whoever made it has died."""
Word = Literal["go", "hold", "no-go"]
AGAIN = "rtm-gate queue sweep judges it again"


class QueueError(ValueError):
    """What is asked of the queue cannot be done; `problems` are sentences."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one draft. `verdict` None: what the last answer rests on is the same, and so is the answer.

    `analysis` is JSON, `reader` the digest of what made it; `inputs`, `turns` and `valid_until` are as in `Standing`.
    """

    verdict: Verdict | None
    analysis: str
    reader: str
    inputs: str
    turns: datetime | None
    valid_until: datetime | None


class Judge(Protocol):
    """What the queue has to be told. `epoch` is asked before `judge`, which sees no older news than that; `record` writes verdicts down."""

    def epoch(self, now: datetime) -> Epoch: ...

    def judge(self, waiting: Waiting, now: datetime) -> Judgement: ...

    def record(self, verdicts: Sequence[tuple[Draft, Verdict]], now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer about one draft. `because` says why it is not what the last verdict says; empty where it is."""

    waiting: Waiting
    word: Word
    headline: str
    because: str = ""
    faulted: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a draft came to: `added`, `same` (nothing is new), `updated` (the same content, other times or answers) or `replaced`."""

    id: str
    how: Literal["added", "same", "updated", "replaced"]
    word: Word
    headline: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A draft whose answer is another one now. `before` is empty where there was none; `note` says what that asks of whom."""

    id: str
    before: str
    after: str
    headline: str
    state: State
    note: str = ""


@dataclass(frozen=True, slots=True)
class Swept:
    """One worker's part of a sweep: how many it judged, how many stayed as they were without that, how many it lost to somebody else."""

    judged: int = 0
    kept: int = 0
    lost: int = 0
    changed: tuple[Changed, ...] = ()

    def __add__(self, other: Swept) -> Swept:
        return Swept(self.judged + other.judged, self.kept + other.kept, self.lost + other.lost, self.changed + other.changed)


class Queue:
    """Thread safe as far as its judge is. StoreError, and QueueError. `clock` says what time claims are made at."""

    def __init__(self, store: Store, judge: Judge, heads: Heads | None = None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store, self._judge, self._heads, self._clock = store, judge, heads, clock

    # ---- taking in ----------------------------------------------------------------------------------------------------------
    def add(self, drafts: Sequence[Draft], now: datetime) -> list[Added]:
        """Registers and judges drafts. What has the id of another takes its place, and says so; the same twice is one."""
        found: list[Added] = []
        for portion in _apart(drafts):
            found += self._add(portion, now)
        return found

    def _add(self, drafts: Mapping[str, Draft], now: datetime) -> list[Added]:
        epoch = self._judge.epoch(now)
        with self._store.reading() as tx:
            there = {id_: (tx.queue.get(id_), tx.queue.signs(id_)) for id_ in drafts}
        found = [_waiting(id_, draft, there[id_][0], now) for id_, draft in drafts.items()]
        fresh: dict[str, Waiting] = {}
        for waiting in found:
            before, signs = there[waiting.id]
            if not _same(before, waiting):
                fresh[waiting.id] = self._answered(waiting, epoch, signs, now)[0]
        fresh = self._recorded(fresh, set(fresh), now)
        with self._store.writing() as tx:
            return [self._put(tx, waiting, fresh.get(waiting.id), epoch, now) for waiting in found]

    def _put(self, tx: Transaction, asked: Waiting, made: Waiting | None, epoch: Epoch, now: datetime) -> Added:
        before = tx.queue.get(asked.id)
        if before is not None and _same(before, asked):
            reply = _reply(before, epoch, tx.queue.signs(before.id), now)
            return Added(before.id, "same", reply.word, reply.because or reply.headline)
        if made is None:
            raise QueueError(f"`{asked.id}` was changed by somebody else at the same moment: it has to be added again")
        note, how = "", "added"
        if before is not None and before.state != "withdrawn":
            same = before.content == made.content
            how = "updated" if same else "replaced"
            if before.state in ("handed", "published"):
                if same:
                    made = replace(made, state=before.state, handed=before.handed)
                else:
                    note = f"the former content was already {_DONE[before.state]}; withdraw it there"
            made = replace(made, added=before.added)
        tx.queue.put(made)
        word, headline, _ = _told(made.standing)
        return Added(made.id, how, word, headline, note)  # type: ignore[arg-type]

    # ---- asking -------------------------------------------------------------------------------------------------------------
    def answer(self, id_: str, now: datetime) -> Reply:
        """The last answer where it still holds; a go that rests on what is no more is a hold at once. Nothing is judged."""
        epoch = self._judge.epoch(now)
        with self._store.reading() as tx:
            waiting = _there(tx, id_)
            return _reply(waiting, epoch, tx.queue.signs(waiting.id), now)

    def replies(self, now: datetime, states: Sequence[State] = ()) -> Iterator[Reply]:
        """The answers about all drafts in these states (none: in any), earliest first, page by page."""
        epoch = self._judge.epoch(now)
        after = None
        while True:
            with self._store.reading() as tx:
                page = tx.queue.page(after, states)
                yield from (_reply(waiting, epoch, tx.queue.signs(waiting.id), now) for waiting in page)
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
        done, after = Swept(), None
        while True:
            epoch = self._judge.epoch(now)
            clock = self._clock()
            with self._store.writing() as tx:
                claimed = tx.queue.claim(by, clock, clock - GIVEN_UP, now, batch, after)
                signs = {waiting.id: tx.queue.signs(waiting.id) for waiting in claimed}
            if not claimed and after is None:
                return done
            after = claimed[-1].place if claimed else None
            if claimed:
                done += self._batch(claimed, epoch, signs, by, now)
                if seen is not None:
                    seen(len(claimed))

    def _batch(self, claimed: Sequence[Waiting], epoch: Epoch, signs: Mapping[str, int], by: str, now: datetime) -> Swept:
        answers: dict[str, Waiting] = {}
        judged: set[str] = set()
        for waiting in claimed:
            answers[waiting.id], anew = self._answered(waiting, epoch, signs[waiting.id], now)
            if anew:
                judged.add(waiting.id)
        other = {waiting.id for waiting in claimed if _word(waiting) != _word(answers[waiting.id])}
        answers = self._recorded(answers, other & judged, now)
        with self._store.writing() as tx:
            mine = tx.queue.mine(by, answers)
            kept = [one for id_, one in answers.items() if id_ in mine]
            tx.queue.answered([(one.id, one.standing, one.analysis, one.reader) for one in kept if one.standing is not None])
        before = {waiting.id: waiting for waiting in claimed}
        changed = tuple(_changed(before[one.id], one) for one in kept if _word(before[one.id]) != _word(one))
        count = sum(one.id in judged for one in kept)
        return Swept(count, len(kept) - count, len(claimed) - len(kept), changed)

    def _answered(self, waiting: Waiting, epoch: Epoch, signs: int, now: datetime) -> tuple[Waiting, bool]:
        """The draft with its answer, and whether it was judged for that."""
        try:
            found = self._judge.judge(waiting, now)
        except Exception:
            log.exception("judging %s failed", waiting.id)
            return replace(waiting, standing=_failed(now, epoch, signs)), True
        last = waiting.standing
        if found.verdict is None and last is not None:
            standing = replace(last, checked=now, valid_until=found.valid_until, epoch=epoch, signs=signs, turns=found.turns)
        elif found.verdict is not None:
            verdict = found.verdict
            standing = Standing(
                verdict.verdict, verdict.to_json(None), now, now, found.valid_until, epoch, signs, "" if verdict.faulted else found.inputs, found.turns
            )
        else:
            standing = _failed(now, epoch, signs)
        return replace(waiting, standing=standing, analysis=found.analysis, reader=found.reader), found.verdict is not None

    def _recorded(self, answers: dict[str, Waiting], ids: set[str], now: datetime) -> dict[str, Waiting]:
        """The answers once those named are written down. What could not be written down is no go."""
        found = ((one, one.standing) for id_, one in answers.items() if id_ in ids)
        rows = [(draft_of(one), Verdict.model_validate_json(standing.verdict)) for one, standing in found if standing is not None and standing.verdict]
        if not rows:
            return answers
        try:
            self._judge.record(rows, now)
        except Exception:
            log.exception("writing the record failed")
            return {
                id_: replace(one, standing=_failed(now, one.standing.epoch, one.standing.signs)) if one.standing and id_ in ids and _word(one) == "go" else one
                for id_, one in answers.items()
            }
        return answers

    # ---- what people and platforms do ---------------------------------------------------------------------------------------
    def move(self, id_: str, state: Literal["handed", "published"], now: datetime) -> Reply:
        """Says that a draft was handed over to its platform, or that it appeared there; the answer tells whether it should have been."""
        reply = self.answer(id_, now)
        with self._store.writing() as tx:
            waiting = _there(tx, id_)
            if waiting.state == "withdrawn":
                raise QueueError(f"`{id_}` was withdrawn; add it again before it is handed over")
            tx.queue.move(waiting.id, state, waiting.handed or now)
        return reply

    def withdraw(self, id_: str, person: str, reason: str, now: datetime) -> Waiting:
        """Takes a draft back, and writes down who did, why, and who deletes it at its platform how fast; the draft as it was before."""
        problems = [f"the {what} is empty" for what, said in (("person's name", person), ("reason", reason)) if not said.strip()]
        if problems:
            raise QueueError(*problems)
        with self._store.writing() as tx:
            waiting = _there(tx, id_)
            if waiting.state == "withdrawn":
                raise QueueError(f"`{id_}` was withdrawn already")
            tx.queue.move(waiting.id, "withdrawn", waiting.handed)
            entry = _noted(tx, waiting, person, reason, now) if self._heads is not None else None
        if entry is not None and self._heads is not None:
            self._heads.keep(self._heads.sign(entry, now))
        return waiting


_DONE = {"handed": "handed over", "published": "published"}


def draft_of(waiting: Waiting) -> Draft:
    return Draft.model_validate_json(waiting.draft)


def opt_out_of(draft: Draft) -> str:
    """Who deletes it, and how fast, in words."""
    plan = draft.opt_out
    if plan is None:
        return "its draft names nobody who can delete it"
    return plan.owner if plan.minutes is None else f"{plan.owner}, {plan.minutes} minute{'' if plan.minutes == 1 else 's'}"


def _apart(drafts: Sequence[Draft]) -> Iterator[dict[str, Draft]]:
    """The drafts by id, in portions in which no id stands twice. One without an id is called by what it says."""
    portion: dict[str, Draft] = {}
    for draft in drafts:
        id_ = storable(draft.id) or f"d-{draft.content_hash().removeprefix('sha256:')[:12]}"
        if id_ in portion:
            yield portion
            portion = {}
        portion[id_] = draft
    yield portion


def _waiting(id_: str, draft: Draft, before: Waiting | None, now: datetime) -> Waiting:
    """The draft as it is kept: with an id, and with when it was first seen where it does not say when it was handed in."""
    content, submitted = draft.content_hash(), draft.submitted_at
    if submitted is None:
        submitted = draft_of(before).submitted_at if before is not None and before.content == content else now.replace(microsecond=0)
    kept = draft.model_copy(update={"id": id_, "submitted_at": submitted})
    return Waiting(id_, content, kept.model_dump_json(exclude_unset=True), "", "", draft.scheduled_at, now, "waiting")


def _same(before: Waiting | None, asked: Waiting) -> bool:
    """Whether it stands there already, word for word, and with an answer."""
    return before is not None and before.draft == asked.draft and before.standing is not None and before.state != "withdrawn"


def _there(tx: Transaction, id_: str) -> Waiting:
    waiting = tx.queue.get(id_)
    if waiting is None:
        raise QueueError(f"there is no draft `{id_}` in the queue; `rtm-gate queue list` names them")
    return waiting


def _word(waiting: Waiting) -> str:
    return waiting.standing.word if waiting.standing is not None else ""


def _failed(now: datetime, epoch: Epoch, signs: int) -> Standing:
    """An answer that rests on nothing, and is judged anew by the next sweep."""
    return Standing("hold", "", now, now, None, epoch, signs, "", None)


def _told(standing: Standing | None) -> tuple[Word, str, bool]:
    """The word, the headline, and whether something failed."""
    if standing is None:
        return "hold", f"it has not been judged yet; {AGAIN}", False
    if not standing.verdict:
        return "hold", f"it could not be judged, or not be written down; {AGAIN}", True
    verdict = Verdict.model_validate_json(standing.verdict)
    return verdict.verdict, verdict.headline, verdict.faulted


def _reply(waiting: Waiting, epoch: Epoch, signs: int, now: datetime) -> Reply:
    word, headline, faulted = _told(waiting.standing)
    if waiting.state == "withdrawn" and word != "no-go":
        return Reply(waiting, "hold", headline, "it was withdrawn")
    because = _outdated(waiting.standing, epoch, signs, now) if word == "go" and waiting.standing is not None else ""
    return Reply(waiting, "hold" if because else word, headline, because and f"{because}; {AGAIN}", faulted)


def _outdated(standing: Standing, epoch: Epoch, signs: int, now: datetime) -> str:
    """What is newer than what a go rests on; empty where nothing is. Numbers are compared, nothing is read."""
    if standing.epoch.policy != epoch.policy:
        return "the policy has changed since"
    if standing.epoch.halts < epoch.halts:
        return "somebody has halted or resumed since"
    if standing.epoch.news < epoch.news:
        return "the news has changed since"
    if standing.signs < signs:
        return "somebody has signed since"
    if standing.valid_until is None or standing.valid_until <= now:
        return "its time is over"
    return ""


def _changed(before: Waiting, after: Waiting) -> Changed:
    word, headline, _ = _told(after.standing)
    note = ""
    if after.state not in WATCHED[:1] and word != "go":
        note = f"already {_DONE.get(after.state, after.state)}; withdraw it there: {opt_out_of(draft_of(after))}"
    return Changed(after.id, _word(before), word, headline, after.state, note)


def _noted(tx: Transaction, waiting: Waiting, person: str, reason: str, now: datetime) -> Entry:
    plan = draft_of(waiting).opt_out
    said = {"content": waiting.content, "state": waiting.state, "minutes": plan.minutes if plan else None}
    return added(tx, now, "withdrawal", waiting.id, said, {"person": person, "reason": reason, "owner": plan.owner if plan else ""})
