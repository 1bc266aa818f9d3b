"""A verdict is marked by a row of its own; whatever is wrong with a mark is said at once, and nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from rtm_gate.desk.ledger import Ledger, verified
from rtm_gate.desk.marking import mark, verdict_to_mark
from rtm_gate.desk.refused import RefusedError
from rtm_gate.model.verdict import VerdictWord
from rtm_gate.store.tables.record import ENTRY

from .tampering import tampered

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def kept(ledger: Ledger) -> Ledger:
    """A go, a halt, a no-go that was masked."""
    said = {"verdict": "go", "content": "c-1", "rules": [["quiet", "go", "active"]], "template": "thanks"}
    ledger.add(NOON, "verdict", "d-1", said, {"draft": {"text": "Hello."}})
    ledger.add(NOON, "halt", "all", {"reason": "storm"})
    ledger.add(NOON, "verdict", "d-3", {"verdict": "no-go", "content": "c-3", "rules": []}, {"draft": {"text": "Bye."}})
    ledger.mask([3], NOON, "ann", "asked for")
    return ledger


def test_a_mark_is_a_row_about_the_draft(kept: Ledger) -> None:
    row = mark(kept, 1, "hold", " ann ", " It jokes. ", NOON)
    assert (row.id, row.kind, row.subject) == (5, "marked", "d-1")
    assert json.loads(row.said) == {"row": 1, "content": "c-1", "was": "go", "should": "hold", "rules": ["quiet"], "template": "thanks"}
    assert json.loads(row.told or "") == {"person": "ann", "reason": "It jokes."}
    head = kept.heads.last()
    assert head is not None
    assert list(verified(kept.rows(), [head])) == []


def test_another_word_on_it_may_follow(kept: Ledger) -> None:
    for should in ("hold", "no-go", "hold"):
        mark(kept, 1, should, "ann", "why", NOON)
    assert [json.loads(row.said)["should"] for row in kept.rows(kind="marked")] == ["hold", "no-go", "hold"]


REFUSED: dict[str, tuple[int, VerdictWord, str, str, list[str]]] = {
    "no such row": (9, "go", "ann", "why", ["there is no row 9"]),
    "no row at all": (0, "go", "ann", "why", ["there is no row 0"]),
    "no verdict": (2, "go", "ann", "why", ["row 2 is no verdict, but a halt"]),
    "it was so already": (1, "go", "ann", "why", ["the verdict in row 1 was go already"]),
    "masked, and said by nobody for nothing": (
        3,
        "no-go",
        " ",
        "",
        [
            "the person's name is empty",
            "the reason is empty",
            "what row 3 told was masked: nobody can see any more what should have been said of it",
            "the verdict in row 3 was no-go already",
        ],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(kept: Ledger, name: str) -> None:
    number, should, person, reason, problems = REFUSED[name]
    attempts: list[Callable[[], object]] = [
        lambda: verdict_to_mark(kept, number, should, person, reason),
        lambda: mark(kept, number, should, person, reason, NOON),
    ]
    for attempt in attempts:
        with pytest.raises(RefusedError) as refused:
            attempt()
        assert refused.value.problems == problems
    assert kept.count() == 4


def test_the_same_again_is_refused(kept: Ledger) -> None:
    mark(kept, 1, "hold", "ann", "why", NOON)
    with pytest.raises(RefusedError, match="row 1 is marked so already"):
        mark(kept, 1, "hold", "bob", "why", NOON)
    assert verdict_to_mark(kept, 1, "hold", "bob", "why", again=True).id == 1


@pytest.mark.parametrize("changed", [1, 5])
def test_a_row_that_was_changed_is_not_marked(kept: Ledger, store_address: str, changed: int) -> None:
    """Neither the verdict, nor a mark of it."""
    mark(kept, 1, "hold", "ann", "why", NOON)
    tampered(store_address, lambda connection: connection.execute(update(ENTRY).where(ENTRY.c.id == changed).values(said="{}")))
    with pytest.raises(RefusedError, match=rf"^row {changed} of the record, a \w+, was changed$"):
        mark(kept, 1, "hold", "ann", "why", NOON)
