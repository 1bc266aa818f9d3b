"""The reader with the standard topics: headlines and posts, and every row's own examples."""

from __future__ import annotations

import pytest

from rtm_gate.analysis import Analyser
from rtm_gate.model.analysis import Analysis
from rtm_gate.model.vocabulary import top_of
from rtm_gate.vocabulary.topics import examples
from tests.analysis.tables import table

GRAVE = {"tragedy", "terror", "disaster", "war", "unrest", "health"}
_TEXTS = table("headlines")


def _grave(read: Analysis) -> list[tuple[str, str, float]]:
    return [(m.topic, m.text, m.certainty) for m in read.mentions if m.literal and top_of(m.topic) in GRAVE]


@pytest.mark.parametrize("text", _TEXTS["grave"])
def test_grave_headline(standard: Analyser, text: str) -> None:
    assert _grave(standard.read_text(text))


@pytest.mark.parametrize("text", [*_TEXTS["harmless_headlines"], *_TEXTS["harmless_posts"]])
def test_harmless(standard: Analyser, text: str) -> None:
    assert _grave(standard.read_text(text)) == []


def test_the_lexicon_s_own_examples(standard: Analyser) -> None:
    """Each row brings texts that must be read literally and texts that must not: nearly all must hold, whatever row is added."""
    wrong = [f"{example.topic}: {example.text}" for example in examples() if _is_literal(standard.read_text(example.text), example.topic) != example.literal]
    assert len(wrong) <= 0.02 * len(examples()), wrong


def _is_literal(read: Analysis, topic: str) -> bool:
    return any(m.literal and (m.topic == topic or m.topic.startswith(topic + ".")) for m in read.mentions)
