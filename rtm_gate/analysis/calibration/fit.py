"""The fit: one weight after the other is moved in small steps, as long as fewer labels speak against the reading than for it.

Two costs are weighed against each other, in thousandths of certainty. A text costs what its surest word lacks to the right side of
0.5, and to MARGIN beyond it; where the shipped weights read it right with less than that, what they give it is enough. So texts that are
read as labelled cost nothing, and hold a weight where it is. A weight costs PULL times its way from the shipped value: it moves only
where more than PULL texts, those that speak against the move taken off, come nearer to their labels by it. (A clue that stands in a
text twice counts as two.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from types import MappingProxyType
from typing import NamedTuple

from rtm_gate.analysis.calibration.sample import Pattern, Sample
from rtm_gate.analysis.senses.weighing import LITERAL
from rtm_gate.analysis.senses.weights import ROWS, STANDARD, Row, Weights

STEP = 0.05
PULL = 3
MARGIN = 0.1
_WHOLE = 1000
_LINE, _MARGIN = round(LITERAL * _WHOLE), round(MARGIN * _WHOLE)


def fit(samples: Sequence[Sample]) -> Weights:
    """The weights of least cost that single moves from the shipped ones lead to. Deterministic; the order of the samples does not count."""
    texts = _Texts(samples)
    weights, moved = STANDARD, True
    while moved:
        moved = False
        for row in ROWS:
            costs = {value: texts.cost_of_move(weights, row, value) for value in _candidates(row)}
            best = min(costs, key=lambda value: costs[value])
            if costs[best] < costs[weights[row.name]]:
                weights, moved = _with(weights, row.name, best), True
                texts.weigh(weights, row.name)
    return weights


class _Text(NamedTuple):
    """`aim`: where its surest word costs nothing, from there upwards if it is literal, downwards if not."""

    literal: bool
    aim: int
    words: tuple[int, ...]


class _Texts:
    """What the surest words of all texts come to under the present weights; a move is weighed only where it changes something."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        patterns = list(dict.fromkeys(word.pattern for sample in samples for word in sample.words))
        number = {pattern: index for index, pattern in enumerate(patterns)}
        self._patterns = patterns
        self._now = [_thousandths(pattern, STANDARD) for pattern in patterns]
        self._texts = [_text(sample.label.literal, tuple({number[word.pattern] for word in sample.words}), self._now) for sample in samples]
        self._touched: dict[str, list[int]] = defaultdict(list)
        for index, pattern in enumerate(patterns):
            for name in pattern.touched_by:
                self._touched[name].append(index)
        self._concerned = {name: self._with_any(set(touched)) for name, touched in self._touched.items()}

    def cost_of_move(self, weights: Weights, row: Row, value: float) -> tuple[int, float]:
        """What the texts concerned and the weight's own way cost; of equal costs the shorter way is better."""
        moved = _with(weights, row.name, value)
        certainty = {index: _thousandths(self._patterns[index], moved) for index in self._touched[row.name]}
        now = self._now
        misread = 0
        for literal, aim, words in self._concerned.get(row.name, ()):
            surest = max(certainty[word] if word in certainty else now[word] for word in words)
            misread += max(0, aim - surest) if literal else max(0, surest - aim)
        way = abs(value - row.value)
        return misread + PULL * round(way * _WHOLE), way

    def weigh(self, weights: Weights, name: str) -> None:
        """Takes a move."""
        for index in self._touched[name]:
            self._now[index] = _thousandths(self._patterns[index], weights)

    def _with_any(self, touched: set[int]) -> list[_Text]:
        return [text for text in self._texts if touched.intersection(text.words)]


def _text(literal: bool, words: tuple[int, ...], shipped: Sequence[int]) -> _Text:
    surest = max(shipped[word] for word in words)
    if literal:
        return _Text(literal, min(surest, _LINE + _MARGIN) if surest >= _LINE else _LINE + _MARGIN, words)
    return _Text(literal, max(surest, _LINE - _MARGIN) if surest < _LINE else _LINE - _MARGIN, words)


def _candidates(row: Row) -> list[float]:
    """Whole steps within the bounds, the bounds themselves among them."""
    steps = round((row.most - row.least) / STEP)
    return [round(row.least + step * STEP, 2) for step in range(steps + 1)]


def _with(weights: Weights, name: str, value: float) -> Weights:
    return Weights(MappingProxyType({**weights.values, name: value}))


def _thousandths(pattern: Pattern, weights: Weights) -> int:
    return round(pattern.certainty(weights) * _WHOLE)
