"""Rows of a ledger that were written to a file, a line of JSON each: objects with the columns of a row, `said` and `told` unfolded or not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from rtm_gate.desk.ledger.chain import canonical
from rtm_gate.model.record import Entry


class ExportedError(ValueError):
    """A line that is no row. The message is one sentence."""


def exported(lines: Iterable[bytes]) -> Iterator[Entry]:
    """The rows, whether they are true or not. ExportedError at the first line that is none."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _entry(json.loads(line))
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            raise ExportedError(f"line {number} is no row of a ledger") from None


def _entry(row: Any) -> Entry:
    id_, at = row["id"], datetime.fromisoformat(row["at"])
    if type(id_) is not int or at.tzinfo is None:
        raise TypeError
    told, salt = row.get("told"), row.get("salt")
    return Entry(
        id=id_,
        at=at.astimezone(UTC),
        kind=_text(row["kind"]),
        subject=_text(row["subject"]),
        said=_folded(row["said"]),
        told=None if told is None else _folded(told),
        salt=None if salt is None else _text(salt),
        seal=_text(row["seal"]),
        previous=_text(row["previous"]),
        hash=_text(row["hash"]),
    )


def _folded(value: Any) -> str:
    return canonical(value) if isinstance(value, dict) else _text(value)


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half of a surrogate pair has no hash, and stands in no row
    return value
