"""Stores, and feeds served on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from rtm_gate.news import Reader
from rtm_gate.news.fetching import Access
from rtm_gate.news.polling import Desk
from rtm_gate.store import Store
from tests.databases import postgresql, store_address
from tests.news.polling.served import Site

__all__ = ["postgresql", "store_address"]


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        yield served


@pytest.fixture
def desk(tmp_path: Path, reader: Reader) -> Iterator[Desk]:
    with Store.open(tmp_path / "store" / "gate.db") as store:
        yield desk_of(store, reader)


def desk_of(store: Store, reader: Reader) -> Desk:
    return Desk(store, reader, Access(("127.0.0.1",)), 1800, timedelta(days=3650), deadline=1.5)
