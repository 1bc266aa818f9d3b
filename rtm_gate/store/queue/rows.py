"""A draft of the queue as a row, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rtm_gate.model.queue import Epoch, Standing, Waiting

_OWN = ("id", "content", "draft", "analysis", "reader", "publish", "added", "state", "handed", "claimed_by", "claimed_at", "reported")
_STANDING = ("word", "verdict", "judged", "checked", "valid_until", "signs", "inputs", "turns")
_EPOCH = ("news", "policy", "halts")


def row_of(waiting: Waiting) -> dict[str, Any]:
    own = {name: getattr(waiting, name) for name in _OWN}
    return {**own, "due": waiting.place[0], **standing_columns(waiting.standing)}


def standing_columns(standing: Standing | None) -> dict[str, Any]:
    """Nothing in any of them where there is no answer."""
    if standing is None:
        return dict.fromkeys((*_STANDING, *_EPOCH))
    return {name: getattr(standing, name) for name in _STANDING} | {name: getattr(standing.epoch, name) for name in _EPOCH}


def waiting_of(row: Mapping[Any, Any]) -> Waiting:
    standing = None
    if row["word"] is not None:
        standing = Standing(epoch=Epoch(**{name: row[name] for name in _EPOCH}), **{name: row[name] for name in _STANDING})
    return Waiting(standing=standing, **{name: row[name] for name in _OWN})
