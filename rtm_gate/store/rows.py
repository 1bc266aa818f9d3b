"""What the store itself has to say of the news, beside the nouns of the model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EventRow:
    """Stories that tell of one event. `first` and `last`: when its first and last member were published.

    `until`: the latest end of an alert in it. `telling`: it may matter to a check.
    """

    id: str
    first: datetime
    last: datetime
    until: datetime | None
    telling: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The news at a moment. `id` is its epoch: a later one has a larger number, and none is given twice."""

    id: int
    at: datetime
    digest: str
    stories: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows of each kind were dropped for their age."""

    stories: int
    events: int
    polls: int
    tag_uses: int
    snapshots: int
