"""What goes wrong in the store, as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

_PLAINLY = {
    "database is locked": "another program is writing to it and does not come to an end",
    "canceling statement due to lock timeout": "another program is writing to it and does not come to an end",
}


class StoreError(RuntimeError):
    """The store cannot be opened, read or written. The message is one sentence for the user, without any password."""


class ChangedError(StoreError):
    """What the record keeps is not what was kept."""


@contextmanager
def faults(shown: str, secrets: tuple[str, ...] = ()) -> Iterator[None]:
    """Whatever the database raises within becomes a StoreError about the store `shown`; `secrets` never appear in it."""
    try:
        yield
    except SQLAlchemyError as fault:
        raise StoreError(f"the store {shown} cannot be used: {_reason(fault, secrets)}") from fault


def _reason(fault: SQLAlchemyError, secrets: tuple[str, ...]) -> str:
    said = getattr(fault, "orig", None) or (fault.args[0] if fault.args else type(fault).__name__)
    words = " ".join(str(said).split()).rstrip(".")
    for secret in filter(None, secrets):
        words = words.replace(secret, "***")
    return next((plainly for phrase, plainly in _PLAINLY.items() if phrase in words), words)
