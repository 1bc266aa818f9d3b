"""What a check is made of, and what it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rtm_gate.facts.own import own_names
from rtm_gate.facts.people import People
from rtm_gate.model.analysis import Analysis
from rtm_gate.model.draft import Draft
from rtm_gate.model.fact import Fact
from rtm_gate.model.images import KnownImage
from rtm_gate.model.moment import HOUR, seconds
from rtm_gate.model.news import News
from rtm_gate.model.policy import Policy
from rtm_gate.model.portfolio import Portfolio
from rtm_gate.model.team import Team
from rtm_gate.model.vocabulary import OwnNames
from rtm_gate.vocabulary.regions import is_named

Row = dict[str, Any]
"""A row of evidence as a verdict prints it, with its `kind`."""

SHELF_LIFE = 14 * 24 * HOUR
REACTIVE_SHELF_LIFE = 12 * HOUR
LARGEST_PLACE = 12
"""Regions a place may stand for: who says `Europe` does not name a place where the post is shown."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One draft at one instant: all that may be judged, nothing that has to be fetched.

    `images` are the pictures a project lists beside the shipped ones, `portfolio` what its record says of its posts; `own` is what the brand,
    its products and its competitors are called.
    """

    draft: Draft
    analysis: Analysis
    news: News
    policy: Policy
    now: datetime
    team: Team | None = None
    images: tuple[KnownImage, ...] = ()
    portfolio: Portfolio | None = None
    own: OwnNames = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "own", own_names(self.draft.account, self.policy.brands))

    @property
    def submitted(self) -> int:
        return seconds(self.draft.submitted_at or self.now)

    @property
    def publish(self) -> int:
        """The later of now and the schedule."""
        return max(seconds(self.now), seconds(self.draft.scheduled_at or self.now))

    @property
    def zone(self) -> ZoneInfo:
        """Where the policy's days begin."""
        return ZoneInfo(self.policy.timezone)

    @property
    def shelf_life(self) -> int:
        """Seconds the post is useful: what the draft says, but for reactive posts never more than the policy's limit."""
        limit = self.policy.shelf_life.get(self.draft.kind, REACTIVE_SHELF_LIFE if self.draft.kind == "reactive" else SHELF_LIFE)
        if self.draft.shelf_life_hours is None:
            return limit
        own = int(self.draft.shelf_life_hours * HOUR)
        return min(own, limit) if self.draft.kind == "reactive" else own

    @property
    def regions(self) -> tuple[str, ...]:
        """Where the draft is shown: its regions and the places in its text; the policy's audience where it names no regions.

        A subdivision that nobody knows stands for its country: a slip of the pen must not move a post out of the world.
        """
        named = tuple(code if is_named(code) else code.partition("-")[0] for code in self.draft.regions) or self.policy.audience
        placed = tuple(code for place in self.analysis.places if len(place.regions) <= LARGEST_PLACE for code in place.regions)
        return tuple(dict.fromkeys((*named, *placed)))


@dataclass(frozen=True, slots=True)
class Facts:
    """`evidence` maps a fact's ref, and `<ref>.<flag>`, to the rows that show it. `inferred` says what nobody declared."""

    rows: tuple[Fact, ...]
    evidence: Mapping[str, Sequence[Row]]
    inferred: Mapping[str, str]
    people: People
