"""Words and what they may mean: handed to analysis and, through it, to the news."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a lexicon.

    `forms` are all written forms, lower case, several words allowed. `base` is the certainty (0 to 1) that a bare hit is
    meant literally. `literal` are phrases nearby that raise it; `harmless` are phrases that contain or meet a form and
    make it innocent ("photo shoot"). `figurative` marks a row whose hits are never literal.
    """

    id: str
    topic: str
    forms: tuple[str, ...]
    base: float = 0.6
    literal: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    figurative: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its rows. `hashtags` are globs over whole tags ("#PrayFor*"), compared without case.

    `contrast` topics (sport, film, market …) are never sensitive; they lower the certainty of hits beside them.
    `posts_only`: no subject of the news. `source` is `standard` or the policy file it came from. `iab` is the IAB sensitive-topic id where one exists.
    """

    name: str
    title: str
    terms: tuple[Term, ...]
    hashtags: tuple[str, ...] = ()
    contrast: bool = False
    iab: str = ""
    source: str = "standard"
    posts_only: bool = False

    @property
    def top(self) -> str:
        return top_of(self.name)


def top_of(topic: str) -> str:
    """`politics.election` -> `politics`."""
    return topic.partition(".")[0]


def is_within(topic: str, asked: str) -> bool:
    """Whether a topic is the one asked for or below it: `tragedy.crash` is within `tragedy`."""
    return topic == asked or topic.startswith(f"{asked}.")


@dataclass(frozen=True, slots=True)
class OwnName:
    """A brand, a product or a competitor, as written; `called` are its other names: spellings, nicknames, handles ("@acme")."""

    name: str
    called: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name, *self.called)


@dataclass(frozen=True, slots=True)
class OwnNames:
    """The brand's own names, its products and its competitors."""

    brands: tuple[OwnName, ...] = ()
    products: tuple[OwnName, ...] = ()
    competitors: tuple[OwnName, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lexicon of the standard topics and the policy's own, in one; `digest` names its content for caches."""

    topics: tuple[Topic, ...]
    digest: str
