"""A checked policy: names resolved, types checked, every block lowered. What the gate, the facts and the verdict need of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from rtm_gate.model.rule import CoreRule, Effect, Pattern
from rtm_gate.model.source import At
from rtm_gate.model.vocabulary import Topic


@dataclass(frozen=True, slots=True)
class Block:
    """What an author wrote, for findings to point at."""

    name: str
    kind: Literal["rule", "blackout", "trigger", "platform", "template", "checklist", "matrix", "watch", "guarantee", "policy"]
    title: str
    because: str
    fix: str
    owner: str
    at: At
    shadow: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """`count` distinct people of any of `roles`; no roles: any people."""

    count: int
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tier:
    """Who must sign. `valid_for` and `answer_within` in seconds."""

    name: str
    title: str
    seats: tuple[Seat, ...]
    checks: tuple[str, ...]
    at: At
    answer_within: int | None = None
    valid_for: int | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    name: str
    title: str
    covers: tuple[str, ...]
    topics: tuple[str, ...]
    risk: str
    at: At


@dataclass(frozen=True, slots=True)
class CountQuery:
    """`at least 2 F where …`: the facts room counts the distinct facts bound to the first pattern over all alternatives.

    It becomes one fact `count {of: name, n}`.
    """

    name: str
    alternatives: tuple[tuple[Pattern, ...], ...]


@dataclass(frozen=True, slots=True)
class LikeQuery:
    """`field like "#PrayFor*"`: the facts room sets the flag `name` on every fact of `kind` whose `field` matches the glob."""

    name: str
    kind: str
    field: str
    glob: str


@dataclass(frozen=True, slots=True)
class Story:
    """`2 hours ago "headline" from "source"` in a test block; `age` in seconds."""

    age: int
    headline: str
    source: str


@dataclass(frozen=True, slots=True)
class Expectation:
    verdict: Literal["go", "hold", "no-go"]
    blocks: tuple[str, ...]
    tier: str | None
    at: At


@dataclass(frozen=True, slots=True)
class PolicyTest:
    """A `test` block. `facts` maps a fact kind to the field values given, in the shapes of a draft."""

    name: str
    now: datetime | None
    draft: Mapping[str, Any]
    news: tuple[Story, ...] | None
    facts: tuple[tuple[str, Mapping[str, Any]], ...]
    expect: tuple[Expectation, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Policy:
    """Durations in seconds. `shelf_life` maps a kind of draft to its useful life."""

    name: str
    digest: str
    files: tuple[str, ...]
    owner: str
    timezone: str
    audience: tuple[str, ...]
    roles: tuple[str, ...]
    checks: Mapping[str, str]
    otherwise: Effect
    stale_after: int
    stale_effect: Effect
    lease: int
    shelf_life: Mapping[str, int]
    settings: Mapping[str, Any]
    topics: tuple[Topic, ...]
    tiers: Mapping[str, Tier]
    triggers: Mapping[str, Trigger]
    blocks: Mapping[str, Block]
    rules: tuple[CoreRule, ...]
    counts: tuple[CountQuery, ...] = ()
    likes: tuple[LikeQuery, ...] = ()
    tests: tuple[PolicyTest, ...] = field(default=())
