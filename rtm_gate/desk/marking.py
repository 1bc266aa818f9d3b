"""Verdicts that somebody says were wrong: a row of the record each, which never changes the verdict itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from rtm_gate.desk.ledger.ledger import Ledger, added
from rtm_gate.desk.ledger.trust import said_in
from rtm_gate.desk.misses import deciding
from rtm_gate.desk.refused import RefusedError
from rtm_gate.model.record import Entry
from rtm_gate.model.verdict import VerdictWord
from rtm_gate.store import StoreError


def verdict_to_mark(ledger: Ledger, number: int, should: VerdictWord, person: str, reason: str, *, again: bool = False) -> Entry:
    """The row, if it may be marked so; `again`: also if it is already. RefusedError lists every reason why not; StoreError."""
    row = next((one for one in ledger.rows(after=number - 1) if one.id == number), None) if number > 0 else None
    marks = ledger.rows(kind="marked", subject=row.subject) if row is not None and not again else ()
    if problems := list(_problems(number, row, marks, should, person, reason)):
        raise RefusedError(*problems)
    assert row is not None
    return row


def mark(ledger: Ledger, number: int, should: VerdictWord, person: str, reason: str, at: datetime) -> Entry:
    """Writes down that the verdict in row `number` was wrong. RefusedError lists every reason why it may not be; StoreError, HeadError."""
    with ledger.writing(at) as transaction:
        row = transaction.record.entry(number)
        marks = transaction.record.entries(kind="marked", subject=row.subject) if row is not None else []
        if problems := list(_problems(number, row, marks, should, person, reason)):
            raise RefusedError(*problems)
        assert row is not None
        verdict = said_in(row)
        said: dict[str, Any] = {"row": number, "content": verdict.get("content"), "was": verdict["verdict"], "should": should}
        said |= {"rules": list(deciding(verdict))} | ({"template": verdict["template"]} if "template" in verdict else {})
        return added(transaction, at, "marked", row.subject, said, {"person": person.strip(), "reason": reason.strip()})


def _problems(number: int, row: Entry | None, marks: Iterable[Entry], should: str, person: str, reason: str) -> Iterator[str]:
    for what, given in (("person's name", person), ("reason", reason)):
        if not given.strip():
            yield f"the {what} is empty"
    if row is None:
        yield f"there is no row {number}"
        return
    if row.kind != "verdict":
        yield f"row {number} is no verdict, but a {row.kind}"
        return
    try:
        was = said_in(row).get("verdict")
        marked = [said for one in marks if (said := said_in(one)).get("row") == number]
    except StoreError as fault:
        yield str(fault)
        return
    if row.masked:
        yield f"what row {number} told was masked: nobody can see any more what should have been said of it"
    if was not in ("go", "hold", "no-go"):
        yield f"row {number} says no verdict"
    elif was == should:
        yield f"the verdict in row {number} was {was} already"
    if marked and marked[-1].get("should") == should:
        yield f"row {number} is marked so already"
