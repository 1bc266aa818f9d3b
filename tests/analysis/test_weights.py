"""Weights are data: each is met by a text whose sum a person can redo, files are checked whole, and nothing turns evidence around."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.analysis import STANDARD, Analyser, Weights, WeightsError, weights_of
from rtm_gate.analysis.reader import Weighed
from rtm_gate.analysis.senses.weighing import weighed
from rtm_gate.analysis.senses.weights import ROWS
from tests.analysis.tables import rows, small_vocabulary, table

Row = dict[str, Any]
SUMS, FILES = rows("weights"), table("weights")["file"]
TEXTS = [row["text"] for row in [*SUMS, *rows("mentions")]]
OTHERS = st.fixed_dictionaries({row.name: st.integers(round(row.least * 100), round(row.most * 100)).map(lambda n: n / 100) for row in ROWS}).map(weights_of)
"""Any weights within their bounds."""


def spelled(one: Weighed) -> str:
    names = [sign.weight for sign in one.evidence.signs]
    added = zip(["base", *names], [one.evidence.base, *weighed(names, one.evidence.grave, STANDARD)], strict=True)
    return ", ".join(f"{name} {weight:+}" for name, weight in added) + f" = {one.mention.certainty}"


@pytest.mark.parametrize("row", SUMS, ids=lambda row: row["text"])
def test_a_sum_can_be_redone(small: Analyser, row: Row) -> None:
    assert row["sum"] in [spelled(one) for one in small.weighed_in(row["text"]) if one.mention.text == row["word"]]


def test_every_weight_has_a_sum() -> None:
    """`beside_most` is seen where words of sport together take less away than each; what a trained pipeline says is tested with one."""
    shown = {part.split()[0] for row in SUMS for part in row["sum"].split(", ")}
    assert shown == {row.name for row in ROWS} - {"beside_most", "proper_name", "exclamation"} | {"base"}


def test_what_is_shown_leads_to_the_weight(small: Analyser) -> None:
    """A clue's name begins the names of the weights it may stand for."""
    signs = {sign for text in TEXTS for one in small.weighed_in(text) for sign in one.evidence.signs}
    assert {sign.weight.startswith(sign.kind.replace(" ", "_")) or sign.kind.startswith("beside ") for sign in signs} == {True}
    assert {sign.weight.partition("_")[0] for sign in signs if sign.kind.startswith("beside ")} == {"beside"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_shipped_weight_keeps_to_its_side(row: Any) -> None:
    assert row.least <= row.value <= row.most
    assert row.value != 0
    assert min(row.least * row.value, row.most * row.value) >= 0
    assert weights_of({row.name: row.least})[row.name] == row.least
    assert weights_of({row.name: row.most})[row.name] == row.most
    assert row.why


@pytest.mark.parametrize("file", [file for file in FILES if "changes" in file], ids=lambda file: file["says"])
def test_a_file(file: Row) -> None:
    made = weights_of(tomllib.loads(file["says"]))
    assert made.changed == file["changes"]
    assert (made.name == "standard") is (not file["changes"])


@pytest.mark.parametrize("file", [file for file in FILES if "problems" in file], ids=lambda file: file["says"])
def test_a_file_with_faults(file: Row) -> None:
    with pytest.raises(WeightsError) as caught:
        weights_of(tomllib.loads(file["says"]))
    assert caught.value.problems == file["problems"]


@given(changed=st.dictionaries(st.sampled_from([row.name for row in ROWS]), st.floats() | st.integers() | st.booleans(), min_size=1, max_size=4))
def test_no_file_turns_evidence_around(changed: dict[str, Any]) -> None:
    try:
        made = weights_of(changed)
    except WeightsError:
        return
    assert all(row.least <= made[row.name] <= row.most and made[row.name] * row.value >= 0 for row in ROWS)


@given(weights=OTHERS, text=st.sampled_from(TEXTS))
def test_a_certainty_is_the_sum_of_its_clues_whatever_they_weigh(small: Analyser, weights: Weights, text: str) -> None:
    """Weights decide how much a sign counts, never which signs there are."""
    other = small.with_weights(weights)
    for one, before in zip(other.weighed_in(text), small.weighed_in(text), strict=True):
        assert one.evidence == before.evidence
        mention = one.mention
        assert mention.certainty == pytest.approx(min(1.0, max(0.0, sum(clue.weight for clue in mention.evidence))), abs=0.001)
        assert mention.literal is (mention.certainty >= 0.5)
        beside = [clue.weight for clue in mention.evidence if clue.kind.startswith("beside ")]
        assert sum(beside) >= weights["beside_most"] - 0.001


def test_other_names_keep_the_weights() -> None:
    from rtm_gate.model.vocabulary import OwnName, OwnNames

    weights = weights_of({"quantity": 0})
    reader = Analyser(small_vocabulary(), weights=weights)
    (mention,) = reader.with_own(OwnNames(brands=(OwnName("Zorp"),))).read_text("An explosion of flavour").mentions
    assert (mention.literal, mention.certainty) == (True, 0.6)
    assert reader.read_by.weights == weights.digest != STANDARD.digest
