"""From labelled texts to weights, with what they are worth on texts that the fit has not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rtm_gate.analysis.calibration.figures import Figures
from rtm_gate.analysis.calibration.fit import fit
from rtm_gate.analysis.calibration.labels import FOLDS, Labelled, digest_of, each_once
from rtm_gate.analysis.calibration.sample import Sample, sampled
from rtm_gate.analysis.reader import Analyser
from rtm_gate.analysis.senses.weights import STANDARD, Weights

LEAST = 20
"""Texts of either kind. Each of the parts is held out once, and should have a few of both to be judged by."""

Progress = Callable[[Iterable[Labelled], str], Iterable[Labelled]]


class TooFewError(ValueError):
    """Too little to fit anything to."""


@dataclass(frozen=True, slots=True)
class Reread:
    """A text that the new weights read otherwise: the word that decides, with its certainty before and after."""

    label: Labelled
    word: str
    topic: str
    before: float
    after: float
    literal: bool

    @property
    def right(self) -> bool:
        """Whether it is read as labelled now."""
        return self.literal == self.label.literal


@dataclass(frozen=True, slots=True)
class Calibration:
    """`before` and `after` are of the texts held out, each read by weights fitted to the other parts. `wordless` are texts, literal ones and
    others, without a word that counts: no weight reads them otherwise. `reread` has the wrong ones first.
    """

    labels: tuple[Labelled, ...]
    wordless: tuple[int, int]
    weights: Weights
    uses: dict[str, int]
    before: Figures
    after: Figures
    reread: tuple[Reread, ...]

    @property
    def better(self) -> bool:
        """Fewer of the texts held out are misread, and F1 is not lower."""
        return self.after.misread < self.before.misread and (self.after.f1 or 0) >= (self.before.f1 or 0)

    @property
    def digest(self) -> str:
        return digest_of(self.labels)


def calibrate(analyser: Analyser, labels: Iterable[Labelled], progress: Progress = lambda rows, _: rows) -> Calibration:
    """Raises TooFewError. The order of the labels does not matter, nor which weights the analyser has."""
    every = each_once(labels)
    _enough(every)
    samples = sampled(analyser, progress(every, "reading"))
    # Texts without a word are in every figure and in no fit.
    worded = [sample for sample in samples if sample.words]
    parts = [fit([sample for sample in worded if sample.label.fold != part]) for part in range(FOLDS)]
    weights = fit(worded)
    return Calibration(
        every,
        (sum(not s.words and s.label.literal for s in samples), sum(not s.words and not s.label.literal for s in samples)),
        weights,
        dict(Counter(name for sample in worded for name in {name for word in sample.words for name in word.pattern.uses})),
        Figures.of((sample.label.literal, sample.is_literal(STANDARD)) for sample in samples),
        Figures.of((sample.label.literal, sample.is_literal(parts[sample.label.fold])) for sample in samples),
        tuple(sorted((_reread(s, weights) for s in worded if s.is_literal(STANDARD) != s.is_literal(weights)), key=lambda one: (one.right, one.label))),
    )


def _reread(sample: Sample, weights: Weights) -> Reread:
    literal = sample.is_literal(weights)
    word = sample.surest(weights if literal else STANDARD)
    return Reread(sample.label, word.text, word.topic, word.pattern.certainty(STANDARD), word.pattern.certainty(weights), literal)


def _enough(labels: Sequence[Labelled]) -> None:
    literal = sum(label.literal for label in labels)
    if min(literal, len(labels) - literal) < LEAST:
        raise TooFewError(
            f"there are {literal} texts that are literal and {len(labels) - literal} that are not; at least {LEAST} of either kind are needed: "
            f"weights are fitted to four fifths of them and judged by the fifth held out, and fewer than {LEAST // FOLDS} of a kind in it say nothing"
        )
