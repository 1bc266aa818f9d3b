"""What it costs to write down what became of the situations: python benchmarks/situations.py [ROWS [ADDRESS]]

In a store (SQLite, or the empty PostgreSQL database at ADDRESS) whose record has ROWS (100,000) rows of situations, four of each, all over but
the last 400: milliseconds of the first step of a process, of one where nothing changed, of one where 10 situations of 400 did, and of one
before which another process wrote 10 rows. Nothing is asserted.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from rtm_gate.desk.ledger import Heads, Ledger
from rtm_gate.desk.ledger.chain import canonical, following
from rtm_gate.desk.situations import LastWords, note, picture
from rtm_gate.model.news import News, Situation, State
from rtm_gate.model.record import Entry
from rtm_gate.news.snapshot import snapshot_of
from rtm_gate.store import Store
from rtm_gate.store.tables.record import ENTRY

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
CURRENT, CHANGED, OF_EACH = 400, 10, 4


def situation(n: int, state: State = "active", dead: int | None = None) -> Situation:
    return Situation(
        f"{n:016x}",
        f"Commuter train derails near place {n}",
        "tragedy.crash",
        "major",
        "likely",
        state,
        False,
        2,
        ("US-OH",),
        False,
        dead,
        NOW,
        NOW,
        None,
        (),
        (),
        (),
        (),
    )


def fill(store: Store, rows: int) -> None:
    """Past the gate, as no program of ours does: one by one it would take minutes."""
    last: Entry | None = None
    many = rows // OF_EACH
    with store.writing() as transaction:
        transaction.news.add_snapshot(NOW, snapshot_of(()), 0)
        page = []
        for n in range(many * OF_EACH):
            one = n // OF_EACH
            over = n % OF_EACH == OF_EACH - 1 and one < many - CURRENT
            said = {"done": "changed", "by": "news", "now": "2026-03-01T12:00:00Z", "snapshot": "0" * 64} | picture(situation(one, dead=n % OF_EACH))
            told = canonical({"title": situation(one).title, "reason": "2 independent sources"})
            last = following(last, NOW, "situation", situation(one).id, canonical(said | ({"state": "over"} if over else {})), told, f"{n:032x}")
            page.append(asdict(last))
        transaction.record._connection.execute(insert(ENTRY), page)


def timed(what: str, ledger: Ledger, last: LastWords, news: News, now: datetime) -> None:
    before = ledger.count()
    start = time.perf_counter()
    note(ledger, last, news, now, now)
    print(f"{what}: {(time.perf_counter() - start) * 1000:.1f} ms, {ledger.count() - before} rows written")


def main(rows: int, address: str | None) -> None:
    with tempfile.TemporaryDirectory() as name, Store.open(address or Path(name) / "many.db") as store:
        fill(store, rows)
        ledger = Ledger(store, Heads(Path(name)))
        many = rows // OF_EACH
        news = News(True, tuple(situation(n, dead=OF_EACH - 1) for n in range(many - CURRENT, many)), (), snapshot_of(()))
        last, other = LastWords(), LastWords()
        timed(f"the first step of a process, {ledger.count():,} rows", ledger, last, news, NOW)
        timed("nothing changed", ledger, last, news, NOW)
        later = tuple(replace(one, dead=9) if n < CHANGED else one for n, one in enumerate(news.situations))
        timed(f"{CHANGED} of {CURRENT} situations changed", ledger, last, replace(news, situations=later), NOW + timedelta(minutes=1))
        note(ledger, other, news, NOW + timedelta(minutes=2), NOW + timedelta(minutes=2))
        timed("another process wrote since", ledger, last, news, NOW + timedelta(minutes=2))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, sys.argv[2] if len(sys.argv) > 2 else None)
