"""What a row says, to whoever acts on it: a row that was changed decides nothing."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from rtm_gate.desk.ledger.chain import is_sealed, is_unchanged
from rtm_gate.model.moment import parse_instant
from rtm_gate.model.record import Entry
from rtm_gate.store import StoreError


def said_in(row: Entry) -> dict[str, Any]:
    """What the row says, if it is what was written: whoever makes a halt vanish, or a sign-off appear, by changing its row gets a fault.

    StoreError, for what it tells too.
    """
    if not is_unchanged(row) or not is_sealed(row):
        raise StoreError(f"row {row.id} of the record, a {row.kind}, was changed")
    try:
        said = json.loads(row.said)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise unreadable(row)
    return said


def unreadable(row: Entry) -> StoreError:
    """For a row that says what no gate wrote."""
    return StoreError(f"row {row.id} of the record, a {row.kind}, cannot be read")


def judged_at(row: Entry, said: dict[str, Any]) -> datetime:
    """The clock by which a verdict was found; when its row was written, where it says none."""
    try:
        return parse_instant(said["now"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return row.at
