"""The mix of posts of late: what counts as a post, what as planned, and from how many on it is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from rtm_gate.desk.ledger import Ledger
from rtm_gate.desk.portfolio import ENOUGH, SPAN, portfolio_at
from rtm_gate.model.portfolio import Portfolio
from rtm_gate.store import StoreError
from tests.desk.tampering import tampered

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = 24 * 3600


def verdict(subject: str, kind: str = "planned", word: str = "go", notice: int | None = None) -> Any:
    return ("verdict", subject, {"verdict": word, "kind": kind, "notice": notice}, None)


def posts(ledger: Ledger, at: datetime, count: int, name: str = "d", **more: Any) -> None:
    ledger.write(at, [verdict(f"{name}-{n}", **more) for n in range(count)])


def test_too_few_posts_say_nothing(ledger: Ledger) -> None:
    posts(ledger, NOW, ENOUGH - 1)
    assert portfolio_at(ledger, NOW) is None
    posts(ledger, NOW, 1, "one more", notice=2 * DAY)
    assert portfolio_at(ledger, NOW) == Portfolio(ENOUGH, ENOUGH, 2 * DAY)


def test_a_draft_counts_once_and_as_it_was_judged_last(ledger: Ledger) -> None:
    posts(ledger, NOW, ENOUGH, notice=3 * DAY)
    posts(ledger, NOW, ENOUGH, kind="reactive", name="quick")
    posts(ledger, NOW, ENOUGH, word="hold", name="held")
    ledger.write(NOW, [verdict("d-0"), verdict("d-1", word="no-go"), verdict("d-2", notice=DAY), verdict("", kind="reactive")])
    assert portfolio_at(ledger, NOW) == Portfolio(2 * ENOUGH - 1, ENOUGH - 1, 3 * DAY)


@pytest.mark.parametrize(("at", "known"), [(NOW, True), (NOW - SPAN + timedelta(seconds=1), True), (NOW - SPAN, False), (NOW + timedelta(seconds=1), False)])
def test_only_what_is_of_the_last_three_months_counts(ledger: Ledger, at: datetime, known: bool) -> None:
    posts(ledger, at, ENOUGH)
    assert (portfolio_at(ledger, NOW) is not None) is known


def test_what_programs_wrote_in_words_of_their_own_is_no_post(ledger: Ledger) -> None:
    ledger.write(NOW, [("verdict", f"d-{n}", {"verdict": "go"}, None) for n in range(ENOUGH)])
    assert portfolio_at(ledger, NOW) is None


def test_a_row_that_was_changed_is_not_counted_on(ledger: Ledger, store_address: str) -> None:
    posts(ledger, NOW, ENOUGH, kind="reactive")
    tampered(store_address, lambda connection: connection.execute(text("UPDATE entry SET said = replace(said, 'reactive', 'planned') WHERE id = 3")))
    with pytest.raises(StoreError, match="row 3"):
        portfolio_at(ledger, NOW)
