"""What docs/words.md says is true: its commands show what it shows, its table is the shipped weights, its numbers are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rtm_gate.analysis.calibration import LEAST
from rtm_gate.analysis.calibration.fit import MARGIN, PULL, STEP
from rtm_gate.analysis.calibration.labels import FOLDS
from rtm_gate.analysis.senses.weights import ROWS, Row
from rtm_gate.gate.labelled import read_labels
from rtm_gate.gate.weights import read_weights
from rtm_gate.model.vocabulary import Vocabulary
from rtm_gate.vocabulary.topics import digest_of, standard_topics
from tests.pages import DOCS, ROOT, samples
from tests.walking import Walk, assert_as_shown, plan, walk

PAGE = DOCS / "words.md"
TEXT = PAGE.read_text(encoding="utf-8")
WORDS = " ".join(TEXT.split())
COMMANDS = plan(PAGE)
SHOWN = {"cue_afar": "cue", "cue_next": "cue", "casualties_afar": "casualties", "named_storm": "named storm"}
SHOWN |= {"place_before": "place", "place_after": "place", "place_elsewhere": "place"}
SHOWN |= {"proper_name": "proper name", "beside": "beside …", "beside_afar": "beside …", "beside_most": "–"}


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    folder = tmp_path_factory.mktemp("words")
    (folder / "examples").symlink_to(ROOT / "examples")
    return walk(PAGE, folder)


@pytest.mark.parametrize("number", range(len(COMMANDS)), ids=[command.line for command in COMMANDS])
def test_a_command_does_what_it_says(walked: Walk, number: int) -> None:
    assert_as_shown(COMMANDS[number], walked.done[number])


def test_the_sum_is_redone_by_hand() -> None:
    (shown,) = [sample.text for sample in samples(PAGE, "text") if "base" in sample.text]
    certainty = float(re.findall(r"literal, (\d\.\d\d) = base", shown)[0])
    assert round(sum(map(float, re.findall(r"\+(\d\.\d\d)", shown))), 2) == certainty
    by_hand = re.findall(r"Here it is\s+((?:\d\.\d\d \+ )+\d\.\d\d) = (\d\.\d\d)", TEXT)
    assert [(round(sum(map(float, parts.split(" + "))), 2), float(result)) for parts, result in by_hand] == [(certainty, certainty)]


def line(row: Row) -> str:
    return f"| `{row.name}` | {SHOWN.get(row.name, row.name)} | {row.value:+.2f} | {row.least:+.2f} to {row.most:+.2f} | {row.why} |"


def test_the_table_is_the_shipped_weights() -> None:
    assert re.findall(r"^\| `.*$", TEXT, re.MULTILINE) == [line(row) for row in ROWS]


def test_its_labels_and_weights_can_be_read(walked: Walk, tmp_path: Path) -> None:
    (labels,), (weights,) = samples(PAGE, "json"), samples(PAGE, "toml")
    assert len(read_labels(labels.text.encode().split(b"\n"), Vocabulary(standard_topics(), digest_of(standard_topics())))) == 2
    (tmp_path / "weights.toml").write_text(weights.text, encoding="utf-8")
    assert read_weights(tmp_path / "weights.toml") == read_weights(walked.folder / "weights.toml")


@pytest.mark.parametrize(
    "phrase",
    [
        f"are dealt into {FOLDS} parts",
        f"what its surest word lacks to {MARGIN} on the right side of 0.5",
        f"A weight costs {PULL} times its way from the shipped value, so it moves, in steps of {STEP}, only where more than {PULL} texts ask for it",
        f"Fewer than {LEAST} texts of either kind are refused",
    ],
)
def test_its_numbers_are_those_of_the_code(phrase: str) -> None:
    assert phrase in WORDS
