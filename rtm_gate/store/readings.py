"""Readings of stories as JSON: equal readings are equal text, and what is read back is what was kept."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rtm_gate.model.news import ReadStory
from rtm_gate.store.fault import StoreError
from rtm_gate.store.types import storable


@cache
def _adapter() -> TypeAdapter[ReadStory]:
    return TypeAdapter(ReadStory)


@cache
def _plain() -> TypeAdapter[Any]:
    return TypeAdapter(Any)


def to_text(read: ReadStory) -> str:
    fields = _adapter().dump_python(read)
    fields["tokens"] = sorted(read.tokens)
    try:
        return _plain().dump_json(fields).decode()
    except ValueError:  # half of a surrogate pair, which UTF-8 cannot hold
        whole = storable(json.dumps(_adapter().dump_python(read, mode="json"), ensure_ascii=False))
        return to_text(of_text(whole))


def of_text(text: str) -> ReadStory:
    try:
        return _adapter().validate_json(text)
    except ValidationError as fault:
        raise StoreError("a story in the store cannot be read: it was kept by another rtm-gate, or the store is damaged") from fault
