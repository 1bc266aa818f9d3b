"""A text cut into runs, so that words which findings rest on can be marked where they stand, also where they overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

Weight = Literal["no-go", "hold", "note", "aside", "harmless"]
"""From what objects most to what does not count: the weight of a run is that of its heaviest mark."""
WEIGHTS: tuple[Weight, ...] = get_args(Weight)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words from `start` to `end` (code points). `ref` is what is printed after them and `target` the id it leads to."""

    start: int
    end: int
    ref: str
    target: str
    weight: Weight


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of the text. `weight` is None outside all marks, `ending` are the marks that end with it, in the order given."""

    text: str
    weight: Weight | None = None
    ending: tuple[Mark, ...] = ()


def runs(text: str, marks: Iterable[Mark]) -> tuple[Run, ...]:
    """The whole text in order. Marks beyond the text are cut to it, empty ones are left out."""
    within = [mark for mark in marks if 0 <= mark.start < min(mark.end, len(text))]
    starting: dict[int, list[Mark]] = {}
    for mark in within:
        starting.setdefault(mark.start, []).append(mark)
    ends = (min(mark.end, len(text)) for mark in within)
    cuts = sorted({0, len(text), *starting, *ends})
    found: list[Run] = []
    open_marks: list[Mark] = []
    for start, end in pairwise(cuts):
        open_marks += starting.get(start, ())
        ending = tuple(mark for mark in open_marks if min(mark.end, len(text)) == end)
        weight = min((mark.weight for mark in open_marks), key=WEIGHTS.index, default=None)
        found.append(Run(text[start:end], weight, ending))
        open_marks = [mark for mark in open_marks if mark not in ending]
    return tuple(found)
