"""What the gate reads in a text: plain values with their evidence. Offsets count Unicode code points of the named field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True, slots=True)
class FieldText:
    """A piece of a draft: `field` is `text`, `text[1]` (second part of a thread), `media[0].alt`, `media[0].text`, `links[0]`."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Clue:
    """Named evidence for or against the literal sense of a hit; `weight` is what it added to the certainty."""

    kind: str
    weight: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A word of a topic. `certainty` (0 to 1) is the clamped sum of the clues' weights; `literal` is certainty of at least 0.5."""

    topic: str
    term: str
    text: str
    field: str
    start: int
    end: int
    literal: bool
    negated: bool
    in_hashtag: bool
    certainty: float
    evidence: tuple[Clue, ...]


OWN_NAME = "own name "
"""How `Suppressed.because` begins where a word stands in a name of the brand's own."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A hit with a known harmless sense: kept, shown, never counted but in the relation to the news."""

    field: str
    start: int
    end: int
    text: str
    would_be: str
    because: str
    term: str


@dataclass(frozen=True, slots=True)
class Hashtag:
    """`tag` as written with its #; `words` its split; `known` is false where the split found no known words.

    `topic` is that of a matching tag list or of a literal term in its words; empty when neutral.
    `language` is `en`, `foreign` for a tag in another script or language, `und` for one whose words are unknown.
    `readings` are other ways in which a reader may part it; `misread` is the sensitive topic of one of them that the words have not.
    """

    tag: str
    field: str
    start: int
    end: int
    words: tuple[str, ...]
    known: bool
    language: str
    topic: str = ""
    topic_source: Literal["", "tag", "words"] = ""
    readings: tuple[tuple[str, ...], ...] = ()
    misread: str = ""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """`regions` are ISO 3166 codes, the most specific known first choice: `US-MA` for Boston."""

    text: str
    field: str
    start: int
    end: int
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """`kind`: comparative, medical, financial, environmental, superlative. `about` is `competitor` where one is named."""

    kind: str
    text: str
    field: str
    start: int
    end: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Intent:
    """A sign of purpose: `offer`, `call_to_action`, `product`, `brand`, `sympathy`, `greeting`, `service`, `problem`, `safety`,
    `disclosure`, `unclear_disclosure`, `connection`, `arguing`, `belittling`, `bait`,
    `closing`, `own_voice` (first person plural), `first_person`, `campaign_tag`, `mascot`, `pun`, `question`."""

    kind: str
    text: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """What may be shared with the news, by a lower-case `key`. `kind` is name, place, phrase, brand, product, competitor, or thing: a ferry,
    with its family as the key."""

    key: str
    kind: str
    text: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was read. Lists are sorted by (field order, start, end)."""

    mentions: tuple[Mention, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    hashtags: tuple[Hashtag, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    claims: tuple[Claim, ...] = ()
    intents: tuple[Intent, ...] = ()
    names: tuple[Name, ...] = ()
    language: str = "und"
    unfamiliar: tuple[str, ...] = ()
    tone: tuple[str, ...] = ()
    length: int = 0

    def without(self, topics: frozenset[str]) -> Analysis:
        """The same, had nobody looked for these topics."""
        return replace(
            self,
            mentions=tuple(hit for hit in self.mentions if hit.topic not in topics),
            suppressed=tuple(hit for hit in self.suppressed if hit.would_be not in topics),
            hashtags=tuple(replace(tag, topic="") if tag.topic in topics else tag for tag in self.hashtags),
        )
