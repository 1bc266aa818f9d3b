"""From evidence to certainty: the row's base and the weights of the signs, summed and clamped to 0 … 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rtm_gate.analysis.senses.weights import Weights
from rtm_gate.model.analysis import Clue

LITERAL = 0.5
_FIGURATIVE_MOST = 0.4
_BESIDE = frozenset({"beside", "beside_afar"})


class Sign(NamedTuple):
    """Something that speaks for or against the literal sense: the name of its weight, and what is shown."""

    weight: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a hit before anything is weighed. `grave`: dead or hurt are told of, so play beside it counts half at most."""

    term: str
    base: float
    figurative: bool = False
    disguise: str = ""
    signs: tuple[Sign, ...] = ()
    grave: bool = False


def clues_of(evidence: Evidence, weights: Weights) -> tuple[Clue, ...]:
    """The clues as shown, base first. What stands beside a hit and has nothing left to take away is none."""
    clues = [Clue("base", evidence.base, evidence.term)]
    if evidence.disguise:
        clues.append(Clue("disguise", 0.0, evidence.disguise))
    for sign, weight in zip(evidence.signs, weighed([sign.weight for sign in evidence.signs], evidence.grave, weights), strict=True):
        if weight or sign.weight not in _BESIDE:
            clues.append(Clue(sign.kind, weight, sign.text))
    return tuple(clues)


def weighed(names: Sequence[str], grave: bool, weights: Weights) -> list[float]:
    """What each sign of these weights adds. Those of play beside the hit share `beside_most`, in their order."""
    left = weights["beside_most"] / 2 if grave else weights["beside_most"]
    found = []
    for name in names:
        weight = weights[name]
        if name in _BESIDE:
            weight = round(max(left, weight), 3)
            left = round(left - weight, 3)
        found.append(weight)
    return found


def certainty_of(base: float, figurative: bool, added: Sequence[float]) -> float:
    """0 to 1. A figurative row is never literal, whatever stands around it."""
    if figurative:
        return min(_FIGURATIVE_MOST, max(0.0, base))
    return round(min(1.0, max(0.0, base + sum(added))), 3)
