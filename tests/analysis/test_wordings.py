"""Every text of wordings.toml: the kind it stands under is read in it, or is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rtm_gate.analysis import Analyser
from tests.analysis.tables import table

_TABLE = table("wordings")
_MANNERS = ("arguing", "bait", "connection")
_SELLING = set(table("intents")["selling"])
_KINDS = [kind for kind in _TABLE if kind != "ordinary"]


def _read(reader: Analyser, text: str) -> set[str]:
    found = reader.read_text(text)
    signs = {intent.kind for intent in found.intents}
    mixed = {"selling_in_sympathy"} if "sympathy" in signs and signs & _SELLING else set()
    return {claim.kind for claim in found.claims} | (signs & {*_MANNERS, "disclosure", "unclear_disclosure"}) | mixed


def _rows(good: str, known: str) -> Iterator[object]:
    """Rows that hold, and those that are known not to: when one of these holds at last, its row has to be moved."""
    for kind in _KINDS:
        yield from (pytest.param(kind, text, id=f"{kind}: {text}") for text in _TABLE[kind].get(good, ()))
        yield from (pytest.param(kind, text, id=f"{kind}: {text}", marks=pytest.mark.xfail(strict=True)) for text in _TABLE[kind].get(known, ()))


@pytest.mark.parametrize(("kind", "text"), [*_rows("says", "missed")])
def test_what_says_so(small: Analyser, kind: str, text: str) -> None:
    assert kind in _read(small, text)


@pytest.mark.parametrize(("kind", "text"), [*_rows("not", "mistaken")])
def test_what_only_sounds_like_it(small: Analyser, kind: str, text: str) -> None:
    assert kind not in _read(small, text)


@pytest.mark.parametrize("text", _TABLE["ordinary"]["says"])
def test_an_ordinary_post(small: Analyser, text: str) -> None:
    assert _read(small, text) <= {"bait"}
