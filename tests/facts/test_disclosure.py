"""Whether and where a post says that it is paid for."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.analysis import Analyser
from rtm_gate.facts.disclosure import disclosure_evidence, disclosure_flags
from rtm_gate.model.analysis import FieldText
from rtm_gate.model.draft import Draft, read_draft
from rtm_gate.model.vocabulary import Vocabulary

_TABLE: dict[str, list[dict[str, Any]]] = tomllib.loads((Path(__file__).parent / "disclosure.toml").read_text(encoding="utf-8"))
_NAMES = {"disclosed": "disclosed", "disclosed_first": "first", "disclosed_unclearly": "unclear"}
_READER = Analyser(Vocabulary((), "none"))


def _flags(text: str | list[str]) -> tuple[Draft, list[str], set[str]]:
    draft, _ = read_draft({"text": text, "platform": "x", "kind": "planned"})
    read = _READER.read([FieldText(field, piece) for field, piece in draft.pieces.items()])
    shown = {name.removeprefix("draft.") for name, _ in disclosure_evidence(draft, read)}
    return draft, [name for name, value in disclosure_flags(draft, read).items() if value], shown


@pytest.mark.parametrize("row", [*_TABLE["row"], *_TABLE["thread"]], ids=lambda row: str(row["text"]))
def test_where_it_is_said(row: dict[str, Any]) -> None:
    _, flags, shown = _flags(row["text"])
    assert [_NAMES[flag] for flag in flags] == row["flags"]
    assert shown == set(flags), "each flag shows its words"


@given(st.lists(st.sampled_from(["#ad", "#sp", "Glow", "#glow", "\n", "https://glow.example", "a serum for dry skin", "Paid partnership", "."]), max_size=30))
def test_in_sight_is_said(words: list[str]) -> None:
    """In sight is always said, and within what is shown of a caption."""
    text = " ".join([*words, "."])
    draft, flags, _ = _flags(text)
    if "disclosed_first" in flags:
        assert "disclosed" in flags
        start = draft.text[0].lstrip()[:125].lower()
        assert "#ad" in start or "paid partnership" in start
