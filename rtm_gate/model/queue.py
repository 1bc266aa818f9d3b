"""The queue: drafts that wait to be published, each with the last answer and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["waiting", "handed", "published", "withdrawn"]
STATES: tuple[State, ...] = ("waiting", "handed", "published", "withdrawn")
WATCHED: tuple[State, ...] = ("waiting", "handed")
"""States in which a draft is judged again and again."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """What answers may rest on, as numbers that only grow, and the digest of the policy.

    `news` is the number of the news snapshot; `halts` that of the last row of the record by which somebody halted or resumed, 0: none.
    """

    news: int = 0
    policy: str = ""
    halts: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """The last answer. `verdict` is its JSON, `judged` when it was found, `checked` when it was last known to hold.

    `epoch` and `signs` (the last row of the record with a sign-off for this draft) are what it was held against; `inputs` is the digest of
    what it rests on, empty where it has to be judged anew in any case; `turns` the next instant at which a time condition may change it.
    `valid_until` ends a go.
    """

    word: str
    verdict: str
    judged: datetime
    checked: datetime
    valid_until: datetime | None
    epoch: Epoch
    signs: int
    inputs: str
    turns: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One draft of the queue. `draft` and `analysis` are JSON, `reader` is the digest of what made the analysis; both empty until it is read.

    `publish` None: as soon as it may. `standing` is None until it is judged. `reported` is the word that somebody was last told; empty: none.
    """

    id: str
    content: str
    draft: str
    analysis: str
    reader: str
    publish: datetime | None
    added: datetime
    state: State
    handed: datetime | None = None
    claimed_by: str | None = None
    claimed_at: datetime | None = None
    reported: str = ""
    standing: Standing | None = None

    @property
    def place(self) -> tuple[datetime, str]:
        """Where it stands in the queue: when it is due, and its id."""
        return self.publish or self.added, self.id
