"""Counts of dead, from a table of headlines."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.model.news import Casualties
from rtm_gate.news.stories.casualties import casualties

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "casualties.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "dead"), TABLE["count"])
def test_a_count(text: str, dead: int) -> None:
    assert casualties(text, 2026).dead == dead


@pytest.mark.parametrize("text", TABLE["dozens"])
def test_dozens(text: str) -> None:
    found = casualties(text, 2026)
    assert (found.dead, found.dozens) == (None, True)


@pytest.mark.parametrize("text", TABLE["several"])
def test_several(text: str) -> None:
    found = casualties(text, 2026)
    assert (found.dead, found.several) == (None, True)


@pytest.mark.parametrize("text", TABLE["deadly"])
def test_deadly_without_a_count(text: str) -> None:
    assert casualties(text, 2026) == Casualties(deadly=True)


@pytest.mark.parametrize("text", TABLE["nobody"])
def test_nobody(text: str) -> None:
    assert casualties(text, 2026) == Casualties(none=True)


@pytest.mark.parametrize("text", TABLE["nothing"])
def test_nothing_said(text: str) -> None:
    assert not casualties(text, 2026).any


@pytest.mark.parametrize("text", TABLE["past"])
def test_past_deaths_are_no_count(text: str) -> None:
    assert casualties(text, 2026).dead is None


@given(count=st.integers(3, 1800))
def test_any_number_is_read_back(count: int) -> None:
    assert casualties(f"Factory fire kills {count} in the old town", 2026).dead == count
    assert casualties(f"{count:,} people were killed in a fire", 2026).dead == count
