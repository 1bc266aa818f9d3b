"""A draft as it waits: its id, its text, and who can delete it once it is out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from rtm_gate.desk.refused import RefusedError
from rtm_gate.model.draft import Draft
from rtm_gate.model.queue import State, Waiting
from rtm_gate.store import Transaction
from rtm_gate.store.types import storable

DONE: dict[State, str] = {"handed": "handed over", "published": "published"}
"""What became of a draft that is out of our hands, in words."""


def draft_of(waiting: Waiting) -> Draft:
    return Draft.model_validate_json(waiting.draft)


def opt_out_of(draft: Draft) -> str:
    """Who deletes it, and how fast, in words."""
    plan = draft.opt_out
    if plan is None:
        return "its draft names nobody who can delete it"
    return plan.owner if plan.minutes is None else f"{plan.owner}, {plan.minutes} minute{'' if plan.minutes == 1 else 's'}"


def apart(drafts: Sequence[Draft]) -> Iterator[dict[str, Draft]]:
    """The drafts by id, in portions in which no id stands twice. One without an id is called by what it says."""
    portion: dict[str, Draft] = {}
    for draft in drafts:
        id_ = storable(draft.id) or f"d-{draft.content_hash().removeprefix('sha256:')[:12]}"
        if id_ in portion:
            yield portion
            portion = {}
        portion[id_] = draft
    yield portion


def waiting_for(id_: str, draft: Draft, before: Waiting | None, now: datetime) -> Waiting:
    """The draft as it is kept: with an id, and with when it was first seen where it does not say when it was handed in."""
    content, submitted = draft.content_hash(), draft.submitted_at
    if submitted is None:
        submitted = draft_of(before).submitted_at if before is not None and before.content == content else now.replace(microsecond=0)
    kept = draft.model_copy(update={"id": id_, "submitted_at": submitted})
    return Waiting(id_, content, kept.model_dump_json(exclude_unset=True), "", "", draft.scheduled_at, now, "waiting")


def same(before: Waiting | None, asked: Waiting) -> bool:
    """Whether it stands there already, word for word, and with an answer."""
    return before is not None and before.draft == asked.draft and before.standing is not None and before.state != "withdrawn"


def there(tx: Transaction, id_: str) -> Waiting:
    """RefusedError for an id that nothing has."""
    waiting = tx.queue.get(id_)
    if waiting is None:
        raise RefusedError(f"there is no draft `{id_}` in the queue; `rtm-gate queue list` names them")
    return waiting
