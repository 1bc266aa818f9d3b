"""How well texts are read, against their labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of texts: literal ones `found` and `missed`, others read as literal (`false_alarms`) and not (`spared`)."""

    found: int
    missed: int
    false_alarms: int
    spared: int

    @classmethod
    def of(cls, rows: Iterable[tuple[bool, bool]]) -> Figures:
        """From (label, reading) of each text."""
        every = list(rows)
        return cls(every.count((True, True)), every.count((True, False)), every.count((False, True)), every.count((False, False)))

    @property
    def precision(self) -> float | None:
        """Of what is read as literal, the part that is. None where nothing is."""
        return _part(self.found, self.found + self.false_alarms)

    @property
    def recall(self) -> float | None:
        return _part(self.found, self.found + self.missed)

    @property
    def f1(self) -> float | None:
        return _part(2 * self.found, 2 * self.found + self.missed + self.false_alarms)

    @property
    def misread(self) -> int:
        return self.missed + self.false_alarms


def _part(some: int, every: int) -> float | None:
    return round(some / every, 4) if every else None
