"""How a draft touches a situation, with the evidence on both sides.

A draft shares a word with a situation when it holds, in any sense, a vocabulary term of the situation's topic; it shares
a name when a proper name stands on both sides. A shared ordinary word is never enough (rulings: shared word).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rtm_gate.model.analysis import Analysis, Mention, Name, Suppressed
from rtm_gate.model.news import Situation
from rtm_gate.model.vocabulary import top_of
from rtm_gate.vocabulary.regions import touch
from rtm_gate.vocabulary.words import is_common

SHORTEST_LONE_NAME = 5
"""A lone proper name shorter than this says too little (rulings: shared word)."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What of the draft meets a situation. `own` is the brand's or product's name met in its stories, with `about`."""

    words: tuple[Mention | Suppressed | Name, ...]
    names: tuple[Name, ...]
    tags: tuple[str, ...]
    region: bool
    about: str

    @property
    def kinds(self) -> tuple[str, ...]:
        named = (("hashtag", self.tags), ("words", self.words), ("entity", self.names), ("region", self.region))
        return tuple(kind for kind, present in named if present)


def relate(analysis: Analysis, regions: Iterable[str], situation: Situation, about: str) -> Relation:
    """`regions` are those of the draft."""
    here = any(touch(a, b) for a in regions for b in situation.regions)
    near = here or situation.worldwide or not situation.regions
    words: list[Mention | Suppressed | Name] = [m for m in analysis.mentions if same_topic(m.topic, situation.topic)]
    if near:
        # A harmless sense is only read as a pun where the event is felt: a flood of reviews on the day of a flood far away is no joke on it.
        words += [s for s in analysis.suppressed if same_topic(s.would_be, situation.topic)]
    keys = frozenset(situation.names)
    words += [n for n in analysis.names if n.kind == "phrase" and n.key in keys]
    tokens = frozenset(token for key in keys for token in key.split() if len(token) >= SHORTEST_LONE_NAME)
    names = tuple(n for n in analysis.names if n.kind != "phrase" and _shared(n, keys, tokens))
    tags = tuple(dict.fromkeys(h.tag.lower() for h in analysis.hashtags if h.tag.lower() in situation.tags))
    return Relation(tuple(words), names, tags, here, about)


def same_topic(term: str, topic: str) -> bool:
    """A term of the topic itself, of its parent, or of a part of it: `tragedy` meets `tragedy.shooting`, a crash does not."""
    return term == topic or (top_of(term) == top_of(topic) and "." not in min(term, topic, key=len))


def _shared(name: Name, keys: frozenset[str], tokens: frozenset[str]) -> bool:
    if " " in name.key:
        return name.key in keys
    return len(name.key) >= SHORTEST_LONE_NAME and not is_common(name.key) and (name.key in keys or name.key in tokens)
