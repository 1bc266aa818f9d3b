"""Labelled texts: what a line may say, and how all that is wrong with a file is said at once."""

from __future__ import annotations

import json

import pytest

from rtm_gate.analysis.calibration import Labelled
from rtm_gate.gate.labelled import LabelsError, read_labels
from rtm_gate.model.vocabulary import Vocabulary
from rtm_gate.vocabulary.topics import digest_of, standard_topics

WORDS = Vocabulary(standard_topics(), digest_of(standard_topics()))


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ('{"text": "A bomb.", "literal": true}', Labelled("A bomb.", "", True, "1")),
        ('{"text": "A bomb.", "literal": false, "topic": "terror"}', Labelled("A bomb.", "terror", False, "1")),
        ('{"text": "A quake.", "literal": true, "topic": "disaster.quake", "id": "q-7"}', Labelled("A quake.", "disaster.quake", True, "q-7")),
        ('\ufeff{"text": "Café 💥", "literal": true, "id": 12}\r', Labelled("Café 💥", "", True, "12")),
    ],
)
def test_a_line(line: str, label: Labelled) -> None:
    assert read_labels([line.encode(), b"", b"  \r"], WORDS) == [label]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"\xff", "is not UTF-8 text"),
        (b"text", "is not JSON (Expecting value: line 1 column 1 (char 0))"),
        (b'{"text": "a", "text": "b", "literal": true}', "is not JSON (`text` stands twice)"),
        (b"[]", "is not a JSON object"),
        (b"{}", "text: has to be a text; literal: has to be true or false"),
        (b'{"text": " ", "literal": "yes"}', "text: has to be a text; literal: has to be true or false"),
        (b'{"text": "a", "literal": 1}', "literal: has to be true or false"),
        (b'{"text": "a", "literal": true, "topci": "war"}', "there is no key `topci`; did you mean `topic`?"),
        (b'{"text": "a", "literal": true, "topic": "tragdy"}', "topic: there is no topic `tragdy`; did you mean `tragedy`?"),
        (b'{"text": "a", "literal": true, "topic": ""}', "topic: there is no topic ``"),
        (b'{"text": "a", "literal": true, "topic": ["war"]}', "topic: has to be the name of a topic"),
        (b'{"text": "a", "literal": true, "topic": "sport"}', "topic: `sport` is a topic of contrast, which is never sensitive"),
        (b'{"text": "a", "literal": true, "id": true}', "id: has to be a text or a whole number"),
        (b'{"text": "\\ud83d", "literal": true}', "holds a broken character (a lone surrogate)"),
    ],
)
def test_a_line_that_is_none(line: bytes, said: str) -> None:
    with pytest.raises(LabelsError) as caught:
        read_labels([b'{"text": "A bomb.", "literal": true}', line], WORDS)
    assert caught.value.problems == [f"line 2: {said}"]


def test_everything_wrong_is_said_at_once() -> None:
    lines = [b"x", b"", b"[]", json.dumps({"text": "a", "literal": None}).encode()]
    with pytest.raises(LabelsError) as caught:
        read_labels(lines, WORDS)
    assert [problem.partition(":")[0] for problem in caught.value.problems] == ["line 1", "line 3", "line 4"]


def test_a_text_has_one_label() -> None:
    """Of each topic: it may speak of a storm, and not of a war."""
    rows = [
        {"text": "Storm of war", "literal": True, "topic": "weather"},
        {"text": "Storm of war", "literal": False, "topic": "war"},
        {"text": "Storm of war", "literal": False, "topic": "war"},
    ]
    assert len(read_labels([json.dumps(row).encode() for row in rows], WORDS)) == 3
    with pytest.raises(LabelsError) as caught:
        read_labels([json.dumps(row).encode() for row in [*rows, rows[0] | {"literal": False}]], WORDS)
    assert caught.value.problems == ["line 4: is the text of line 1 with the other label"]
