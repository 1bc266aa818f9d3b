"""Each test of the desk runs on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rtm_gate.desk.ledger import Heads, Ledger
from rtm_gate.store import Store
from tests.databases import postgresql, store_address

__all__ = ["ledger", "postgresql", "store_address"]


@pytest.fixture
def ledger(store_address: str, tmp_path: Path) -> Iterator[Ledger]:
    with Store.open(store_address) as store:
        yield Ledger(store, Heads(tmp_path))
