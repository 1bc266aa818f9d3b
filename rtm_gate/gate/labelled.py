"""Labelled texts from outside: JSON Lines read strictly, and all that is wrong with them listed at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rtm_gate.analysis.calibration import Labelled
from rtm_gate.gate.drafts import parse
from rtm_gate.language.syntax.words import did_you_mean, listed
from rtm_gate.model.draft import InvalidDraftError
from rtm_gate.model.vocabulary import Vocabulary

KEYS = ("text", "literal", "topic", "id")


class LabelsError(ValueError):
    """`problems` lists every line that is no labelled text, and every two that contradict each other."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_labels(lines: Iterable[bytes], vocabulary: Vocabulary) -> list[Labelled]:
    """A text a line, its number as the id where it has none; empty lines are left out. Raises LabelsError."""
    topics = {name for topic in vocabulary.topics if not topic.contrast for name in (topic.name, topic.top)}
    contrast = {name for topic in vocabulary.topics if topic.contrast for name in (topic.name, topic.top)} - topics
    found: dict[tuple[str, str, bool], int] = {}
    labels, problems = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row, wrong = _row(line)
        wrong = wrong or list(_problems(row, topics, contrast))
        if wrong:
            problems.append(f"line {number}: {'; '.join(wrong)}")
            continue
        text, topic, literal = row["text"], row.get("topic", ""), row["literal"]
        if other := found.get((text, topic, not literal)):
            problems.append(f"line {number}: is the text of line {other} with the other label")
        found.setdefault((text, topic, literal), number)
        labels.append(Labelled(text, topic, literal, str(row.get("id", number))))
    if problems:
        raise LabelsError(problems)
    return labels


def _row(line: bytes) -> tuple[dict[str, Any], list[str]]:
    try:
        row = parse(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return {}, ["is not UTF-8 text"]
    except InvalidDraftError as error:
        return {}, error.problems
    return (row, []) if isinstance(row, dict) else ({}, ["is not a JSON object"])


def _problems(row: dict[str, Any], topics: set[str], contrast: set[str]) -> Iterator[str]:
    for key in row:
        if key not in KEYS:
            yield f"there is no key `{key}`; {did_you_mean(key, KEYS) or f'keys are {listed(KEYS)}'}"
    if not isinstance(row.get("text"), str) or not row["text"].strip():
        yield "text: has to be a text"
    if not isinstance(row.get("literal"), bool):
        yield "literal: has to be true or false"
    if "topic" in row:
        yield from _topic(row["topic"], topics, contrast)
    if "id" in row and (isinstance(row["id"], bool) or not isinstance(row["id"], str | int)):
        yield "id: has to be a text or a whole number"
    if any(_is_broken(value) for value in (row.get("text"), row.get("id"))):
        yield "holds a broken character (a lone surrogate)"


def _topic(name: Any, topics: set[str], contrast: set[str]) -> Iterator[str]:
    if not isinstance(name, str):
        yield "topic: has to be the name of a topic"
    elif name in contrast:
        yield f"topic: `{name}` is a topic of contrast, which is never sensitive"
    elif name not in topics:
        hint = did_you_mean(name, topics)
        yield f"topic: there is no topic `{name}`" + (f"; {hint}" if hint else "")


def _is_broken(value: Any) -> bool:
    return isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value)
