"""Answers that are other ones than were last reported: each is reported once, also where the worker that found it died."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rtm_gate.desk.queue.answers import word_of
from rtm_gate.desk.queue.drafts import DONE, draft_of, opt_out_of
from rtm_gate.desk.queue.replies import told
from rtm_gate.model.queue import State, Waiting
from rtm_gate.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """A draft whose answer is another one now. `note` says what that asks of whom."""

    id: str
    before: str
    after: str
    headline: str
    state: State
    note: str = ""


@contextmanager
def reporting(store: Store) -> Iterator[list[Change]]:
    """The changes nobody was told of, published first on top. They count as told once the block is left without a fault; nobody else is told meanwhile."""
    with store.writing() as tx:
        found = tx.queue.unreported()
        yield [_change(waiting) for waiting in found]
        tx.queue.reported([(waiting.id, word_of(waiting)) for waiting in found])


def _change(waiting: Waiting) -> Change:
    word, headline, _ = told(waiting.standing)
    note = ""
    if waiting.state in DONE and word != "go":
        note = f"already {DONE[waiting.state]}; withdraw it there: {opt_out_of(draft_of(waiting))}"
    return Change(waiting.id, waiting.reported, word, headline, waiting.state, note)
