"""Texts with what people say of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

FOLDS = 5


@dataclass(frozen=True, slots=True, order=True)
class Labelled:
    """`literal`: the text speaks of the thing itself. With a `topic` only words of it, or of a topic below it, are asked about."""

    text: str
    topic: str
    literal: bool
    id: str = ""

    @property
    def fold(self) -> int:
        """Which of the parts it belongs to: by its text alone, so neither the order of the lines nor other lines matter."""
        return int(_hash(self.text), 16) % FOLDS


def each_once(labels: Iterable[Labelled]) -> tuple[Labelled, ...]:
    """Sorted; what is said twice counts once."""
    found: dict[tuple[str, str, bool], Labelled] = {}
    for label in sorted(labels):
        found.setdefault((label.text, label.topic, label.literal), label)
    return tuple(found.values())


def digest_of(labels: Iterable[Labelled]) -> str:
    """`sha256:…` of texts and labels, in whatever order they came."""
    return "sha256:" + _hash("\n".join(f"{_hash(label.text)} {label.topic} {label.literal}" for label in each_once(labels)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
