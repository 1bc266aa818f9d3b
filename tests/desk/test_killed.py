"""Whoever writes rows may die at any moment: no row that was acknowledged is lost, none is there twice, and the chain holds against its head."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

import pytest

from rtm_gate.desk.ledger import Heads, Ledger, verified
from rtm_gate.store import Store
from tests.killing import killed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DEATHS = {"sqlite": 12, "postgresql": 6}
MASKS = 5
"""One step in so many masks rows."""


def write(address: str, folder: Path, life: int, told: int) -> None:
    """Adds rows for ever, and says of each what came of it once it is acknowledged: its number and hash, or the row that was masked."""
    with Store.open(address) as store:
        ledger = Ledger(store, Heads(folder))
        for n in count(1):
            if n % MASKS == 0:
                last = ledger.latest(1)[0].id
                ledger.mask([last], NOON + timedelta(seconds=n), "kim", "asked for")
                os.write(told, f"masked {last}\n".encode())
            else:
                row = ledger.add(NOON + timedelta(seconds=n), "verdict", f"{life}-{n}", {"n": n}, {"text": f"text {n}"})
                os.write(told, f"{row.id} {row.hash}\n".encode())


def test_a_death_at_any_moment(store_address: str, tmp_path: Path) -> None:
    Store.open(store_address).close()
    chance = Random(7)
    acknowledged: dict[int, str] = {}
    masked: set[int] = set()
    behind = 0
    for life in range(200 if os.environ.get("RTM_GATE_SOAK") else DEATHS["postgresql" if "://" in store_address else "sqlite"]):
        for first, second in killed(partial(write, store_address, tmp_path, life), chance, lines=3 * MASKS - 1, seconds=0.05):
            if first == "masked":
                masked.add(int(second))
            else:
                assert int(first) not in acknowledged
                acknowledged[int(first)] = second
        with Store.open(store_address) as store:
            heads = Heads(tmp_path)
            # On a server, what was under way may end after its writer: the head is read first, the rows after it.
            head = heads.last()
            rows = list(Ledger(store, heads).rows())
        assert list(verified(rows, [head] if head else [])) == []
        assert len({row.hash for row in rows}) == len(rows)
        subjects = [row.subject for row in rows if row.kind == "verdict"]
        assert len(set(subjects)) == len(subjects)
        kept = {row.id: row for row in rows}
        assert {number: kept[number].hash for number in acknowledged if number in kept} == acknowledged
        assert all(kept[number].masked for number in masked)
        # A row is committed before its head is written, and acknowledged after it: a death leaves at most one row that nobody signed, and no head
        # is ever ahead. Two that die so, one after the other, leave two.
        signed = head.id if head else 0
        assert max(acknowledged, default=0) <= signed
        assert 0 <= len(rows) - signed <= behind + 1
        behind = len(rows) - signed
    assert acknowledged
    assert masked


pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
