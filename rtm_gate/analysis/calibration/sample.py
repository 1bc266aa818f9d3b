"""A labelled text as the fit needs it: its words with what they are weighed from. Texts are read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rtm_gate.analysis.calibration.labels import Labelled
from rtm_gate.analysis.reader import Analyser
from rtm_gate.analysis.senses.weighing import LITERAL, certainty_of, weighed
from rtm_gate.analysis.senses.weights import STANDARD, Weights
from rtm_gate.model.vocabulary import is_within

BESIDE_MOST = "beside_most"


@dataclass(frozen=True, slots=True)
class Pattern:
    """All that decides a word's certainty but the weights. Many words have the same."""

    base: float
    figurative: bool
    grave: bool
    signs: tuple[str, ...]

    def certainty(self, weights: Weights) -> float:
        """As the reader has it: by the same sum, with the same limits."""
        return certainty_of(self.base, self.figurative, weighed(self.signs, self.grave, weights))

    @property
    def touched_by(self) -> frozenset[str]:
        """The weights it may depend on."""
        if self.figurative:
            return frozenset()
        beside = {BESIDE_MOST} if any(sign.startswith("beside") for sign in self.signs) else set()
        return frozenset({*self.signs, *beside})

    @property
    def uses(self) -> frozenset[str]:
        """The weights that count in it; `beside_most` where it limits others, as shipped."""
        limited = any(added != STANDARD[sign] for sign, added in zip(self.signs, weighed(self.signs, self.grave, STANDARD), strict=True))
        return frozenset({*self.signs, *([BESIDE_MOST] if limited else [])}) & self.touched_by


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    topic: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Sample:
    """`words` are those that count for the label: of its topic, never of one that is not sensitive."""

    label: Labelled
    words: tuple[Word, ...]

    def certainty(self, weights: Weights) -> float:
        """That of its surest word; 0 without any."""
        return max((word.pattern.certainty(weights) for word in self.words), default=0.0)

    def is_literal(self, weights: Weights) -> bool:
        return self.certainty(weights) >= LITERAL

    def surest(self, weights: Weights) -> Word:
        """The word that decides; the first of equals. Raises ValueError without any."""
        return max(self.words, key=lambda word: word.pattern.certainty(weights))


def sampled(analyser: Analyser, labels: Iterable[Labelled]) -> list[Sample]:
    """Reads each text once, whatever the analyser's weights are: they decide nothing here."""
    pattern = lru_cache(maxsize=None)(Pattern)
    found = []
    for label in labels:
        words = [
            Word(one.mention.text, one.mention.topic, pattern(one.evidence.base, one.evidence.figurative, one.evidence.grave, _names(one.evidence.signs)))
            for one in analyser.weighed_in(label.text)
            if not one.contrast and (not label.topic or is_within(one.mention.topic, label.topic))
        ]
        found.append(Sample(label, tuple(words)))
    return found


def _names(signs: Iterable[tuple[str, str, str]]) -> tuple[str, ...]:
    return tuple(weight for weight, _, _ in signs)
