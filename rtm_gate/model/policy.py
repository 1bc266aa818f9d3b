"""A checked policy: names resolved, types checked, every block lowered. What the gate, the facts and the verdict need of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from rtm_gate.model.calendar import KeptDay
from rtm_gate.model.fact import Value
from rtm_gate.model.rule import CoreRule, Effect, Pattern
from rtm_gate.model.source import At
from rtm_gate.model.vocabulary import OwnName, Topic


@dataclass(frozen=True, slots=True)
class Block:
    """What an author wrote, for findings to point at. `serves` says where it comes from: a row of a table, a clause of a law."""

    name: str
    kind: Literal["rule", "blackout", "trigger", "platform", "template", "checklist", "matrix", "watch", "guarantee", "policy"]
    title: str
    because: str
    fix: str
    owner: str
    at: At
    shadow: bool = False
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brand:
    """A `brand` block: whose names these are, what it sells, with whom it competes, and who stands for it."""

    own: OwnName
    products: tuple[OwnName, ...] = ()
    competitors: tuple[OwnName, ...] = ()
    people: tuple[OwnName, ...] = ()


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
class Platform:
    """`tolerates` is the highest risk whose trigger a template may stand in for; `tone`, `formats` and `aim` (seconds) are advice."""

    name: str
    title: str
    tolerates: str
    tone: tuple[str, ...]
    formats: tuple[str, ...]
    aim: int | None
    at: At


@dataclass(frozen=True, slots=True)
class Template:
    """Copy cleared beforehand; `{slots}` stand for what changes. From `due` on it has to be read again."""

    name: str
    title: str
    copy: str
    images: tuple[str, ...]
    due: date | None
    at: At


@dataclass(frozen=True, slots=True)
class Question:
    """`checklist` is the block that asks it; `good` are its good answers; `must`: a wrong answer ends it."""

    name: str
    text: str
    checklist: str
    must: bool
    good: tuple[str, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Tally:
    """What `least` to `most` open questions come to; `most` None: or more."""

    least: int
    most: int | None
    effects: tuple[Effect, ...]

    def covers(self, count: int) -> bool:
        return self.least <= count and (self.most is None or count <= self.most)


@dataclass(frozen=True, slots=True)
class Halt:
    """Who may stop everything, what goes on, and which tier starts it again, at most `at_most` times in `every` seconds (0: any)."""

    by: tuple[str, ...]
    spares: tuple[str, ...]
    resume: str
    at_most: int
    every: int
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
class Excuse:
    """An `except when` that lifts a block: `met` is the block's `when` and the exception at once, `said` the exception alone.

    Only tests of the policy judge it: a check knows no more of an exception than that its block did not fire.
    """

    met: CoreRule
    said: CoreRule


@dataclass(frozen=True, slots=True)
class Story:
    """`2 hours ago "headline" from "source"` in a test block; `age` in seconds."""

    age: int
    headline: str
    source: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """`blocks` decide, `advice` are blocks that only say something."""

    verdict: Literal["go", "hold", "no-go"]
    blocks: tuple[str, ...]
    tier: str | None
    at: At
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What a test says of one fact.

    `part` has what is written as in a draft, and of a situation what is no field of it (`touches`, `regions`, `title`);
    `values` has fields of the fact, in the units of facts, sets as tuples.
    """

    kind: str
    part: Mapping[str, Any]
    values: Mapping[str, Value | tuple[str, ...]]
    at: At


@dataclass(frozen=True, slots=True)
class PolicyTest:
    """A `test` block. `draft` has the keys of a draft; what is said of the draft fact beside them stands in `facts`.

    `skipped` says why it is not run: a block it speaks of is switched off.
    """

    name: str
    now: datetime | None
    draft: Mapping[str, Any]
    news: tuple[Story, ...] | None
    facts: tuple[Given, ...]
    expect: tuple[Expectation, ...]
    at: At
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class TopicExample:
    """A text that a topic has to be read in (`matches`), or must not."""

    topic: str
    text: str
    matches: bool
    at: At

    @property
    def name(self) -> str:
        return f"{self.topic} must {'match' if self.matches else 'not match'}: {self.text}"

    @property
    def skipped(self) -> str:
        """It is always run."""
        return ""


@dataclass(frozen=True, slots=True)
class Policy:
    """Durations in seconds. `shelf_life` maps a kind of draft to its useful life, `tallies` a checklist to what its answers come to,
    `switched_off` a block to the reason. `watches` are judged over outcomes of published posts, never over a draft.
    """

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
    excuses: tuple[Excuse, ...] = ()
    tests: tuple[PolicyTest, ...] = ()
    examples: tuple[TopicExample, ...] = ()
    brands: tuple[Brand, ...] = ()
    platforms: Mapping[str, Platform] = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    tallies: Mapping[str, tuple[Tally, ...]] = field(default_factory=dict)
    days: tuple[KeptDay, ...] = ()
    watches: tuple[CoreRule, ...] = ()
    halt: Halt | None = None
    switched_off: Mapping[str, str] = field(default_factory=dict)
