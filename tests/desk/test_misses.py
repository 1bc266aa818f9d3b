"""Near misses are found in what the rows say: in order, each once, and none by a row that was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import update

from rtm_gate.desk.ledger import Ledger
from rtm_gate.desk.misses import Miss, near_misses
from rtm_gate.model.moment import stamp
from rtm_gate.model.record import Kind
from rtm_gate.store import StoreError
from rtm_gate.store.tables.record import ENTRY

from .tampering import tampered

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANN, BOB = {"person": "Ann"}, {"person": "bob"}
Row = tuple[str, Mapping[str, Any], Mapping[str, Any] | None]
LACKS = {"lacking": ["two_people"]}


def verdict(word: str, *rules: str, **more: Any) -> Row:
    """`rules` are active with the verdict's own effect, or written `name/effect/status`."""
    found = [rule.split("/") if "/" in rule else [rule, word, "active"] for rule in rules]
    return "verdict", {"verdict": word, "content": "c-1", "rules": found} | more, {"draft": {}}


def signoff(decision: str, told: Mapping[str, Any] | None = ANN, role: str = "manager") -> Row:
    return "signoff", {"decision": decision, "content": "c-1", "role": role}, told


def mark(row: int, was: str, should: str) -> Row:
    return "marked", {"row": row, "content": "c-1", "was": was, "should": should, "rules": ["r"] if was != "go" else []}, ANN


def written(ledger: Ledger, rows: Sequence[Row]) -> None:
    """A row an hour, each with the clock of that hour."""
    for number, (kind, said, told) in enumerate(rows):
        at = NOON + number * HOUR
        ledger.add(at, cast(Kind, kind), "d-1", {**said, "now": stamp(at)} if kind == "verdict" else said, told)


def short(miss: Miss) -> str:
    return f"{miss.row} {'+'.join(miss.kinds)} [{', '.join(miss.rules)}] {miss.said}"


TOLD: dict[str, tuple[list[Row], list[str]]] = {
    "the world turned": ([verdict("go"), verdict("no-go", "grave", "quiet/warn/active")], ["2 turned [grave] no-go 1 hour after it was a go"]),
    "a halt": ([verdict("go"), verdict("hold", "halt")], ["2 turned [halt] hold 1 hour after it was a go"]),
    "somebody rejected it after all": ([verdict("go"), verdict("hold", "rejected")], ["2 turned [rejected] hold 1 hour after it was a go"]),
    "a new rule that asks for people": (
        [verdict("go"), verdict("hold", "two_people", **LACKS)],
        ["2 turned [two_people] hold 1 hour after it was a go"],
    ),
    "a sign-off that ran out": ([verdict("go", "two_people/hold/lifted"), verdict("hold", "two_people", **LACKS)], []),
    "a sign-off that ran out, and the world": (
        [verdict("go", "two_people/hold/lifted"), verdict("hold", "two_people", "mourning", **LACKS)],
        ["2 turned [mourning] hold 1 hour after it was a go"],
    ),
    "the gate failed": ([verdict("go"), verdict("hold", "fault.news")], []),
    "it never was a go": ([verdict("hold", "grave"), verdict("no-go", "grave")], []),
    "another text": ([verdict("go", content="c-0"), verdict("no-go", "grave")], []),
    "asked again and again": (
        [verdict("go"), verdict("hold", "a"), verdict("no-go", "b"), verdict("go"), verdict("hold", "a")],
        ["5 turned [a] hold 1 hour after it was a go", "2 turned [a] hold 1 hour after it was a go"],
    ),
    "people would have let it go": ([signoff("approve"), verdict("no-go", "grave")], ["2 signed [grave] no-go though it was signed as manager"]),
    "one of them was masked": ([signoff("approve", None), verdict("no-go", "grave")], ["2 signed [grave] no-go though it was signed as manager"]),
    "more signatures are missing": ([signoff("approve"), verdict("hold", "two_people", **LACKS)], []),
    "somebody else said no": ([signoff("approve"), verdict("hold", "rejected")], []),
    "taken back": ([signoff("approve"), signoff("withdraw"), verdict("no-go", "grave")], []),
    "taken back by somebody else": (
        [signoff("approve"), signoff("withdraw", BOB), verdict("no-go", "grave")],
        ["3 signed [grave] no-go though it was signed as manager"],
    ),
    "taken back by somebody who was masked since": ([signoff("approve", None), signoff("withdraw"), verdict("no-go", "grave")], []),
    "a go, signed, and stopped": (
        [verdict("go"), signoff("approve"), signoff("approve", BOB, "legal"), verdict("no-go", "grave")],
        ["4 turned+signed [grave] no-go 3 hours after it was a go; no-go though it was signed as legal and manager"],
    ),
    "not the template's copy": (
        [verdict("hold", "two_people", "thanks/warn/active", template="thanks", **LACKS)],
        ["1 template [two_people] hold and the template thanks does not clear it"],
    ),
    "no such template": ([verdict("hold", "a", template="thinks")], ["1 template [a] hold and the policy has no template thinks"]),
    "a template on a bad day": (
        [verdict("no-go", "grave", "thanks/go/active", template="thanks")],
        ["1 template [grave] no-go though its copy is that of the template thanks"],
    ),
    "a template that waits": ([verdict("hold", "mourning", "thanks/go/active", template="thanks")], []),
    "a template that went": ([verdict("go", "thanks/go/active", template="thanks")], []),
    "marked as too lenient": ([verdict("go"), mark(1, "go", "hold")], ["2 marked [] go, and should have been hold: row 1 is marked"]),
    "marked as too strict": ([verdict("no-go", "r"), mark(1, "no-go", "go")], []),
    "marked twice": ([verdict("hold", "r"), mark(1, "hold", "no-go"), mark(1, "hold", "go")], []),
    "taken back from the queue": (
        [verdict("go"), ("withdrawal", {"content": "c-1", "state": "handed"}, ANN)],
        ["2 withdrawn [] taken back after it had been handed over"],
    ),
    "taken back before": (
        [verdict("hold", "grave"), ("withdrawal", {"content": "c-1", "state": "waiting"}, ANN)],
        ["2 withdrawn [grave] taken back before it was handed over"],
    ),
    "as programs write them": ([("verdict", {"verdict": "go"}, None), ("verdict", {"verdict": "no-go", "rules": ["grave"]}, None)], []),
    "what says nothing": ([("verdict", {"verdict": 7, "rules": [7, ["a"]]}, None), ("marked", {"row": "x"}, None), ("halt", {}, None)], []),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_a_near_miss(ledger: Ledger, name: str) -> None:
    rows, told = TOLD[name]
    written(ledger, rows)
    found = near_misses(ledger.rows())
    assert [short(miss) for miss in found.misses] == told
    assert found.verdicts == sum(kind == "verdict" for kind, _, _ in rows)


def test_a_masked_row_says_the_same(ledger: Ledger) -> None:
    written(ledger, [verdict("go"), signoff("approve"), verdict("no-go", "grave", template="thanks")])
    before = near_misses(ledger.rows())
    ledger.mask([1, 2, 3], NOON, "ann", "asked for")
    assert near_misses(ledger.rows()) == before


def test_only_what_came_since_counts_and_what_came_before_is_known(ledger: Ledger) -> None:
    written(ledger, [verdict("go"), verdict("no-go", "a"), verdict("go"), verdict("no-go", "b")])
    found = near_misses(ledger.rows(), since=NOON + 3 * HOUR)
    assert (found.verdicts, [miss.rules for miss in found.misses]) == (1, [("b",)])
    assert near_misses(ledger.rows(), draft="d-2").verdicts == 0


def test_what_they_have_to_do_with_is_counted(ledger: Ledger) -> None:
    rows = [
        verdict("no-go", *rules, template=template, content=f"c-{n}") for n, (rules, template) in enumerate(((("a", "b"), "t"), (("b",), "t"), (("c",), "u")))
    ]
    written(ledger, rows)
    found = near_misses(ledger.rows())
    assert found.by(lambda miss: miss.rules) == {"b": 2, "a": 1, "c": 1}
    assert found.by(lambda miss: (miss.template,)) == {"t": 2, "u": 1}


@pytest.mark.parametrize(("column", "value"), [("said", '{"verdict":"go"}'), ("told", '{"draft":{"text":"x"}}')])
def test_a_row_that_was_changed_decides_nothing(ledger: Ledger, store_address: str, column: str, value: str) -> None:
    written(ledger, [verdict("go"), verdict("no-go", "grave")])
    tampered(store_address, lambda connection: connection.execute(update(ENTRY).where(ENTRY.c.id == 2).values(**{column: value})))
    with pytest.raises(StoreError, match="row 2 of the record, a verdict, was changed"):
        near_misses(ledger.rows())
