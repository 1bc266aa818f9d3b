"""The mix of posts of late, found in the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median_low
from typing import Any

from rtm_gate.desk.ledger.ledger import Ledger
from rtm_gate.desk.ledger.trust import judged_at, said_in
from rtm_gate.model.portfolio import Portfolio
from rtm_gate.model.record import Entry

SPAN = timedelta(days=90)
LOOKED_AT = 1_000
"""The last rows that are looked at: some weeks of most brands, and milliseconds for the largest."""
ENOUGH = 20
"""Of fewer posts a share says nothing."""


def portfolio_at(ledger: Ledger, now: datetime) -> Portfolio | None:
    """Of what was judged within three months before `now`; None for too few posts. StoreError, also for a row that was changed."""
    return portfolio_of(ledger.latest(LOOKED_AT, kind="verdict"), now)


def portfolio_of(rows: Iterable[Entry], now: datetime) -> Portfolio | None:
    """By verdict rows in order: a draft is a post where its last verdict is a go, however often it was asked about."""
    last: dict[str, dict[str, Any]] = {}
    for row in rows:
        said = said_in(row)
        if row.subject and now - SPAN < judged_at(row, said) <= now:
            last[row.subject] = said
    posts = [said for said in last.values() if said.get("verdict") == "go" and isinstance(said.get("kind"), str)]
    if len(posts) < ENOUGH:
        return None
    planned = [said for said in posts if said["kind"] == "planned"]
    notices = [said["notice"] for said in planned if type(said.get("notice")) is int]
    return Portfolio(len(posts), len(planned), median_low(notices) if notices else None)
