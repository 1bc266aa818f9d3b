"""The world as the gate believes it to be: stories, situations, and how far the feeds can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rtm_gate.model.feeds import TagContext

Severity = Literal["minor", "moderate", "major", "extreme"]
SEVERITIES: tuple[Severity, ...] = ("minor", "moderate", "major", "extreme")
Certainty = Literal["unlikely", "possible", "likely", "observed"]
CERTAINTIES: tuple[Certainty, ...] = ("unlikely", "possible", "likely", "observed")
State = Literal["watch", "active", "extended", "taper", "closed", "false_alarm"]
Action = Literal["open", "extend", "close"]


@dataclass(frozen=True, slots=True)
class Alert:
    """What an official dialect (CAP, NWS, GDACS, USGS) says beside its words. Times are UTC; None = not said."""

    dialect: Literal["cap", "gdacs", "usgs"]
    id: str
    event: str
    status: str = "Actual"
    message: str = "Alert"
    severity: Severity | None = None
    certainty: Certainty | None = None
    urgency: str = ""
    onset: datetime | None = None
    ends: datetime | None = None
    area: str = ""
    codes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    current: bool = True
    test: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One entry of one feed, text made safe. `id` is the hash of source and entry id; `content` the hash of what it says.

    `outlet` is who wrote it, where the feed gathers the entries of others: a site (`reuters.com`), else a name in lower case; else empty.
    `updated` is what the publisher says; once its versions are held together (`read_stories`) it is later than `published` only where
    its words were seen to change.
    """

    id: str
    source: str
    entry: str
    content: str
    title: str
    summary: str
    url: str
    published: datetime
    updated: datetime
    official: bool
    dated: bool = True
    categories: tuple[str, ...] = ()
    alert: Alert | None = None
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Casualties:
    """What a text says of people dead. `dead` is the highest count said. Without one: `dozens` (or more), `several`, or merely `deadly`.

    `none`: it says nobody was hurt.
    """

    dead: int | None = None
    dozens: bool = False
    several: bool = False
    deadly: bool = False
    none: bool = False

    @property
    def any(self) -> bool:
        return bool(self.dead) or self.dozens or self.several or self.deadly


@dataclass(frozen=True, slots=True)
class ReadStory:
    """A story and what its words say: topic (empty: nothing sensitive), severity, people dead, regions, names, tags, terms.

    `keys` are lower-case names and phrases for the relation to drafts; `terms` the ids of the vocabulary rows met in any
    sense; `tokens` the content words used to merge stories. `deaths` is what it says of people dead, whatever its topic; `dead` counts them
    where the topic is one of people dying.
    """

    story: Story
    topic: str
    severity: Severity | None
    certainty: Certainty | None
    dead: int | None
    regions: tuple[str, ...]
    worldwide: bool
    tags: tuple[str, ...]
    terms: tuple[str, ...]
    names: tuple[str, ...]
    tokens: frozenset[str]
    doubt: str = ""
    deaths: Casualties = Casualties()


@dataclass(frozen=True, slots=True)
class Kept:
    """A story as it is kept: the feed it came from, and when it was seen."""

    feed: str
    seen: datetime
    read: ReadStory


@dataclass(frozen=True, slots=True)
class Situation:
    """A current event made of stories, in the order (published, source, id). Numbers are those of the standard rulings.

    `regions` empty and not `worldwide` = unknown area. `ends` is the end of an alert in force. `reason` says why it is in its
    state. `said` is all its headlines and summaries, as lower-case words between single spaces.
    `turns` is when it may read otherwise if no more news comes, None when never: before the earliest `turns` of all situations,
    all of them read as they do now.
    """

    id: str
    title: str
    topic: str
    severity: Severity | None
    certainty: Certainty | None
    state: State
    official: bool
    sources: int
    regions: tuple[str, ...]
    worldwide: bool
    dead: int | None
    started: datetime
    updated: datetime
    ends: datetime | None
    tags: tuple[str, ...]
    terms: tuple[str, ...]
    names: tuple[str, ...]
    stories: tuple[ReadStory, ...]
    said: str = ""
    reason: str = ""
    turns: datetime | None = None

    @property
    def area(self) -> tuple[str, ...]:
        """Where it is, to be shown: its regions, else `worldwide`, else nothing."""
        return self.regions or (("worldwide",) if self.worldwide else ())


@dataclass(frozen=True, slots=True)
class Transition:
    """One step in the life of a situation. `before` is None at its start; `causes` are the ids of the stories that brought it,
    none where only time passed."""

    at: datetime
    before: State | None
    after: State
    reason: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a person decided about a situation. `situation` is its id: for `extend` and `close` any id it ever had, for `open` a new one.

    `until`: how long an `open` or `extend` lasts. `title`, `topic`, `severity` and `regions` are those of an `open`; `regions` may be
    (`worldwide`,), and none is an unknown area.
    """

    at: datetime
    situation: str
    action: Action
    person: str
    reason: str
    until: datetime | None = None
    title: str = ""
    topic: str = ""
    severity: Severity | None = None
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One feed as read. `problem` is empty when healthy, else a sentence ("the server sent an HTML page").

    `topics` are those the catalog lists it for; empty: it tells of everything.
    """

    name: str
    url: str
    fetched: datetime | None
    entries: int
    new: int
    problem: str = ""
    topics: tuple[str, ...] = ()

    @property
    def healthy(self) -> bool:
        return not self.problem


@dataclass(frozen=True, slots=True)
class News:
    """All a check knows of the world. `given` is false for `--no-feeds`: the caller chose to judge without news.

    `fault` says what failed in the gate itself while reading, and `failed` which part of it; empty when nothing did.
    A bad feed is no fault of the gate. `tags` are the readings of tags that still count; `snapshot` names stories and changes, not these.
    """

    given: bool
    situations: tuple[Situation, ...]
    sources: tuple[SourceHealth, ...]
    snapshot: str
    fault: str = ""
    failed: Literal["", "news", "store"] = ""
    tags: tuple[TagContext, ...] = ()
