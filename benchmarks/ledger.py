"""What a long record costs: python benchmarks/ledger.py [ROWS]

Prints how many rows a second are added one by one, each with its signed head; then, in an SQLite store of ROWS (1,000,000) rightly chained
rows, in how many seconds all of them and the bodies they name are verified, and the milliseconds of a page near its beginning, its middle
and its end. Nothing is asserted.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rtm_gate.desk.ledger import Heads, Ledger, bodies_named, verified, verified_bodies
from rtm_gate.desk.ledger.chain import canonical, following
from rtm_gate.model.record import Entry
from rtm_gate.store import Store
from rtm_gate.store.record.shelf import PAGE

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ADDED = 2_000
NEWS = [f"news {n}".encode() for n in range(1_000)]
DIGESTS = [hashlib.sha256(content).hexdigest() for content in NEWS]
"""What the rows share: so many states of the news."""


def told(n: int) -> tuple[dict[str, object], dict[str, object]]:
    """What a verdict says and tells, about as long as a real one."""
    said: dict[str, object] = {"verdict": ("go", "hold", "no-go")[n % 3], "rules": ["silence_where_it_happened"]}
    said |= {"policy": f"{n % 7:064d}", "content": f"{n:064d}", "news": DIGESTS[n % len(DIGESTS)]}
    return said, {"text": f"New autumn colours just landed, number {n}. Take a look.", "author": "sam"}


def chain(count: int) -> Iterator[Entry]:
    last: Entry | None = None
    for n in range(count):
        said, words = told(n)
        last = following(last, NOW + timedelta(seconds=n), "verdict", f"d-{n // 3}", canonical(said), canonical(words), f"{n:032x}")
        yield last


def filled(file: Path, count: int) -> Entry:
    """Writes past the gate, as no program of ours does: one by one it would take an hour. Gives the last row."""
    with sqlite3.connect(file) as database:
        for entry in chain(count):
            row = astuple(entry)
            database.execute("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?)", (row[0], (entry.at - EPOCH) // timedelta(microseconds=1), *row[2:]))
    database.close()
    return entry


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(folder / "few.db") as store:
            ledger = Ledger(store, Heads(folder))
            start = time.perf_counter()
            for n in range(ADDED):
                ledger.add(NOW, "verdict", f"d-{n}", *told(n))
            print(f"{ADDED / (time.perf_counter() - start):,.0f} rows added a second, each with its head")
        many = folder / "many.db"
        Store.open(many).close()
        last = filled(many, rows)
        with Store.open(many) as store:
            heads = Heads(folder)
            ledger = Ledger(store, heads)
            ledger.write(NOW, [], NEWS)
            named: dict[str, int] = {}

            def seen(entry: Entry) -> None:
                for digest in bodies_named(entry):
                    named.setdefault(digest, entry.id)

            start = time.perf_counter()
            flaws = [*verified(ledger.rows(), [heads.sign(last, NOW)], seen), *verified_bodies(ledger, named=named)]
            print(f"{rows:,} rows and {len(named):,} bodies verified in {time.perf_counter() - start:.1f} s: {len(flaws)} flaws")
            for place in (rows // 1000, rows // 2, rows - rows // 1000):
                with store.reading() as transaction:
                    start = time.perf_counter()
                    found = transaction.record.entries(place)
                    print(f"the page of {len(found):,} rows (at most {PAGE:,}) behind row {place:>9,}: {(time.perf_counter() - start) * 1000:.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
