"""What an author wrote, as a tree: the result of parsing one file. Nothing is resolved or checked yet.

Every node knows its place. Comments are not among them: who keeps them (`language/layout`) reads the text itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rtm_gate.model.source import At

Sort = Literal[
    "name", "path", "text", "count", "number", "percent", "multiple", "date", "instant", "region", "duration", "characters",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A word or a dotted path."""

    text: str
    at: At

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.text.split("."))


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    at: At


@dataclass(frozen=True, slots=True)
class Value:
    """`amount`: seconds of a duration, epoch seconds of an instant or a date, millionths of a number, percentage or multiple, else the count."""

    sort: Sort
    text: str
    at: At
    amount: int = 0


# ---- conditions -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Condition, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition
    at: At


@dataclass(frozen=True, slots=True)
class Group:
    """Parentheses."""

    part: Condition
    at: At


@dataclass(frozen=True, slots=True)
class Quantified:
    how: Literal["any", "no", "at least", "fewer than"]
    count: int
    kind: Name
    where: Condition | None
    at: At


@dataclass(frozen=True, slots=True)
class Flag:
    subject: Name
    at: At


Comparison = Literal[
    "is", "is not", "is one of", "is not one of", "is known", "is unknown", "at least", "at most", "over", "under", "like", "includes",
    "includes any of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compare:
    subject: Name
    how: Comparison
    values: tuple[Value, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Mentions:
    subject: Name
    topics: tuple[Name, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Has:
    subject: Name
    what: Name
    no: bool
    at: At


@dataclass(frozen=True, slots=True)
class Touches:
    how: tuple[Name, ...]
    at: At


Condition = All | Either | Not | Group | Quantified | Flag | Compare | Mentions | Has | Touches


# ---- times and effects -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class TimeOf:
    """`span` (a duration or a setting) after or before the field `path`; no span: the field itself; no path: the fixed instant."""

    path: Name | None
    span: Value | None
    before: bool
    fixed: Value | None
    at: At


@dataclass(frozen=True, slots=True)
class Effect:
    """`span` is how long a `pause` lasts."""

    kind: Literal["go", "warn", "recommend", "pause", "require", "hold", "hold for", "hold until", "hold shown", "no-go"]
    at: At
    names: tuple[Name, ...] = ()
    texts: tuple[Text, ...] = ()
    place: Literal["text", "first_line", "every_post", "picture"] = "text"
    time: TimeOf | None = None
    cap: TimeOf | None = None
    span: Value | None = None


# ---- clauses and items -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that is only words, texts or values: `word` is how it begins (`owner`, `terms`, `stale news`)."""

    word: str
    at: At
    names: tuple[Name, ...] = ()
    texts: tuple[Text, ...] = ()
    values: tuple[Value, ...] = ()
    effects: tuple[Effect, ...] = ()
    condition: Condition | None = None
    times: tuple[TimeOf, ...] = ()
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """`check` is set for `check NAME`, else `count` people of `roles` (`people` = anybody)."""

    count: int
    roles: tuple[Name, ...]
    check: Name | None
    at: At


@dataclass(frozen=True, slots=True)
class Ask:
    """A question of a checklist; `good` are its good answers. `must`: a wrong answer ends it."""

    name: Name
    question: Text
    must: bool
    good: tuple[Name, ...]
    asked: tuple[Condition, ...]
    refuted: tuple[Condition, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Tally:
    """What so many open questions come to; `most` None: `least` or more."""

    least: int
    most: int | None
    effects: tuple[Effect, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a matrix: `levels` are (high, axis) in the order written."""

    levels: tuple[tuple[bool, Name], tuple[bool, Name]]
    effects: tuple[Effect, ...]
    respond: Value | None
    at: At


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a calendar. `when` is how it is found, in the words of `vocabulary/observances.py`: `last monday of may`."""

    name: Name
    title: Text
    called: tuple[Text, ...]
    when: Text
    regions: tuple[Value, ...]
    tone: Name
    at: At


Part = Ask | Tally | Cell | Day
ItemWord = Literal[
    "policy", "brand", "include", "check", "setting", "set", "switch off", "halt", "topic", "tier", "trigger", "blackout", "rule", "platform",
    "template", "checklist", "matrix", "calendar", "watch", "guarantee",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """Anything that begins at the outermost level. `name` is missing for include, policy, halt and test; a brand has its title for one.

    `value` is what a setting is or is set to; `parts` are the questions, tallies, cells and days; `text` is the item as written.
    """

    word: ItemWord
    name: Name | None
    title: Text | None
    clauses: tuple[Clause, ...]
    at: At
    shadow: bool = False
    value: Value | None = None
    parts: tuple[Part, ...] = ()
    text: str = ""

    @property
    def id(self) -> str:
        """What findings and tests call it. Drafts name platforms and templates, so their names may be those of other blocks."""
        assert self.name is not None
        return f"{self.word}.{self.name.text}" if self.word in ("platform", "template") else self.name.text

    def all(self, *words: str) -> list[Clause]:
        """Its clauses that begin with one of these words."""
        return [clause for clause in self.clauses if clause.word in words]

    def first(self, word: str) -> Clause | None:
        return next(iter(self.all(word)), None)


@dataclass(frozen=True, slots=True)
class Pair:
    key: Name
    values: tuple[Value, ...]
    at: At


@dataclass(frozen=True, slots=True)
class GivenFact:
    kind: Name
    pairs: tuple[Pair, ...]
    at: At


@dataclass(frozen=True, slots=True)
class GivenStory:
    age: Value
    headline: Text
    source: Text | None
    at: At


@dataclass(frozen=True, slots=True)
class Expected:
    verdict: Literal["go", "hold", "no-go"]
    blocks: tuple[Name, ...]
    tier: Name | None
    advice: tuple[Name, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Test:
    title: Text
    now: tuple[Value, ...]
    news: tuple[tuple[GivenStory, ...], ...]
    facts: tuple[GivenFact, ...]
    expect: tuple[Expected, ...]
    at: At


@dataclass(frozen=True, slots=True)
class File:
    """`canonical` is the text without comments and layout; `lost` are the names of the items that could not be read."""

    name: str
    items: tuple[Item, ...]
    tests: tuple[Test, ...]
    canonical: str
    lost: tuple[str, ...] = ()
