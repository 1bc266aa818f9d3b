"""How properties are tested: the same examples on every run and no deadlines; `make soak` draws many more, at random. And what comes first."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("gate", deadline=None, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=2000)
settings.load_profile("soak" if os.environ.get("RTM_GATE_SOAK") else "gate")

WALKS = ("test_readme.py", "test_news_page.py", "test_ledger_page.py")
"""Pages that are walked command by command. Each is one process's work for a minute or two, so that at the end one core would wait for it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in WALKS)
