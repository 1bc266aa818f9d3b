"""Each test of the store runs on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rtm_gate.store.engine import Store
from tests.databases import postgresql, store_address

__all__ = ["postgresql", "store", "store_address"]


@pytest.fixture
def store(store_address: str) -> Iterator[Store]:
    with Store.open(store_address) as opened:
        yield opened
