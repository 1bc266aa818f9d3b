"""The fit: worked out by hand in a table, and what holds for any labels."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.analysis import STANDARD, Analyser, Weights, weights_of
from rtm_gate.analysis.calibration import LEAST, Labelled, TooFewError, calibrate
from rtm_gate.analysis.calibration.figures import Figures
from rtm_gate.analysis.calibration.fit import STEP, fit
from rtm_gate.analysis.calibration.labels import FOLDS, digest_of
from rtm_gate.analysis.calibration.sample import sampled
from rtm_gate.analysis.senses.weights import ROWS
from rtm_gate.model.topics import TOPICS as STANDARD_TOPICS
from rtm_gate.vocabulary.topics import examples
from tests.analysis.tables import rows

Row = dict[str, Any]
TEXTS = sorted({row["text"] for row in [*rows("weights"), *rows("mentions")]})
TOPICS = st.sampled_from(["", "tragedy", "tragedy.shooting", "terror", "disaster"])
LABELS = st.lists(st.builds(Labelled, st.sampled_from(TEXTS), TOPICS, st.booleans()), max_size=60)
OTHERS = st.fixed_dictionaries({row.name: st.integers(round(row.least * 100), round(row.most * 100)).map(lambda n: n / 100) for row in ROWS}).map(weights_of)


def labels_of(row: Row) -> list[Labelled]:
    return [Labelled(one["text"].format(n=n), one.get("topic", ""), one["literal"]) for one in row["texts"] for n in range(one["times"])]


def fitted(reader: Analyser, labels: list[Labelled]) -> Weights:
    return fit([sample for sample in sampled(reader, labels) if sample.words])


@pytest.mark.parametrize("row", rows("calibration"), ids=lambda row: f"{row['texts'][0]['times']} times {row['texts'][0]['text']}")
def test_what_labels_change(small: Analyser, row: Row) -> None:
    assert fitted(small, labels_of(row)).changed == row["changes"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_shipped_values_and_bounds_are_whole_steps(row: Any) -> None:
    """Else the fit could not come back to what is shipped, nor reach a bound."""
    for way in (row.value - row.least, row.most - row.value):
        assert way / STEP == pytest.approx(round(way / STEP))


@given(labels=LABELS, copies=st.integers(1, 6))
def test_no_labels_move_a_weight_over_its_bounds(small: Analyser, labels: list[Labelled], copies: int) -> None:
    weights = fitted(small, labels * copies)
    assert all(row.least <= weights[row.name] <= row.most and weights[row.name] * row.value >= 0 for row in ROWS)
    # What the fit makes, a project's file may say.
    assert weights_of(weights.changed) == weights


@given(texts=st.lists(st.tuples(st.sampled_from(TEXTS), TOPICS), max_size=60))
def test_labels_that_agree_with_the_reading_change_nothing(small: Analyser, texts: list[tuple[str, str]]) -> None:
    read = [Labelled(text, topic, sampled(small, [Labelled(text, topic, True)])[0].is_literal(STANDARD)) for text, topic in texts]
    assert fitted(small, read) == STANDARD


@given(label=st.builds(Labelled, st.sampled_from(TEXTS), TOPICS, st.booleans()))
def test_one_label_changes_nothing(small: Analyser, label: Labelled) -> None:
    assert fitted(small, [label]) == STANDARD


@given(labels=LABELS, seed=st.integers(0, 9))
def test_the_order_does_not_count(small: Analyser, labels: list[Labelled], seed: int) -> None:
    shuffled = random.Random(seed).sample(labels, len(labels))
    assert fitted(small, shuffled) == fitted(small, labels)
    assert digest_of(shuffled) == digest_of(labels)


@given(text=st.sampled_from(TEXTS), topic=TOPICS, weights=OTHERS)
def test_what_the_fit_sees_is_what_the_reader_reads(small: Analyser, text: str, topic: str, weights: Weights) -> None:
    """Figures are made of certainties weighed anew: they are those of a reader with these weights, to the last digit."""
    (sample,) = sampled(small, [Labelled(text, topic, True)])
    contrast = {"sport", "market"}
    read = [
        m for m in small.with_weights(weights).read_text(text).mentions if m.topic not in contrast and f"{m.topic}.".startswith(f"{topic}." if topic else "")
    ]
    assert sample.certainty(weights) == max((m.certainty for m in read), default=0.0)
    assert sample.is_literal(weights) is any(m.literal for m in read)


# ---- the whole of it ----------------------------------------------------------------------------------------------------


SHIPPED = [Labelled(one.text, one.topic, one.literal) for one in examples() if not STANDARD_TOPICS[one.topic].contrast]


def test_the_lexicon_s_own_examples_change_nothing(standard: Analyser) -> None:
    """The shipped weights were made with them in mind."""
    found = calibrate(standard, SHIPPED)
    assert found.weights == STANDARD
    assert found.before == found.after
    assert not found.better


def test_figures_are_those_of_real_readings(standard: Analyser) -> None:
    """Read anew, text by text: by the shipped weights, and each part held out by what the others were fitted to."""
    labels = [replace(one, literal=one.literal if len(one.text) % 3 else not one.literal) for one in SHIPPED]
    found = calibrate(standard, labels)

    def literal(label: Labelled, weights: Weights) -> bool:
        mentions = standard.with_weights(weights).read_text(label.text).mentions
        return any(m.literal and f"{m.topic}.".startswith(f"{label.topic}.") for m in mentions)

    worded = [sample for sample in sampled(standard, found.labels) if sample.words]
    parts = [fit([sample for sample in worded if sample.label.fold != part]) for part in range(FOLDS)]
    assert any(part != STANDARD for part in parts)
    assert found.before == Figures.of((label.literal, literal(label, STANDARD)) for label in found.labels)
    assert found.after == Figures.of((label.literal, literal(label, parts[label.fold])) for label in found.labels)
    assert {one.label for one in found.reread} == {label for label in found.labels if literal(label, STANDARD) != literal(label, found.weights)}
    for one in found.reread:
        for weights, certainty in ((STANDARD, one.before), (found.weights, one.after)):
            mentions = standard.with_weights(weights).read_text(one.label.text).mentions
            assert certainty in [m.certainty for m in mentions if (m.text, m.topic) == (one.word, one.topic)]


@pytest.mark.parametrize(("literal", "others", "enough"), [(LEAST, LEAST, True), (LEAST - 1, 50, False), (50, LEAST - 1, False), (0, 0, False)])
def test_too_few(small: Analyser, literal: int, others: int, enough: bool) -> None:
    labels = [Labelled(f"A bomb {n}", "", True) for n in range(literal)] + [Labelled(f"No bomb {n}", "", False) for n in range(others)]
    # What is said twice counts once.
    if enough:
        assert calibrate(small, labels * 2).weights == STANDARD
    else:
        with pytest.raises(TooFewError, match=f"there are {literal} texts that are literal and {others} that are not; at least {LEAST} of either kind"):
            calibrate(small, labels * 2)


@pytest.mark.parametrize(
    ("found", "missed", "false_alarms", "figures"),
    [(8, 2, 2, (0.8, 0.8, 0.8)), (0, 5, 0, (None, 0.0, 0.0)), (0, 0, 0, (None, None, None)), (1, 0, 2, (0.3333, 1.0, 0.5))],
)
def test_figures(found: int, missed: int, false_alarms: int, figures: tuple[float | None, ...]) -> None:
    rows = [(True, True)] * found + [(True, False)] * missed + [(False, True)] * false_alarms + [(False, False)] * 3
    made = Figures.of(rows)
    assert (made.precision, made.recall, made.f1) == figures
    assert (made.misread, made.spared) == (missed + false_alarms, 3)
