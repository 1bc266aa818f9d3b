"""Things with which a grave situation is told: a ferry that sank, a bridge that fell. A draft that names one shares a word with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from rtm_gate.facts.grave import is_grave
from rtm_gate.model.news import Situation
from rtm_gate.vocabulary.things import things_in

TELLING_SHARE = 3
"""One story in three at least has to use a word for the event to be told with it."""
_WORD = re.compile(r"[^\W_]+|(?!(?<=\w)-(?=\w))[^\w\s]")
_UNSURE = frozenset({"watch", "false_alarm"})


def things_of(situation: Situation) -> frozenset[str]:
    """The families it is told with; none unless it is grave and sure, or every advert would wait for what one outlet heard."""
    if situation.state in _UNSURE or not is_grave(situation):
        return frozenset()
    told = Counter(family for read in situation.stories for family in things_named(read.story.title))
    return frozenset(family for family, times in told.items() if times * TELLING_SHARE >= len(situation.stories))


def thing_told(family: str, situation: Situation) -> tuple[str, str]:
    """The thing as the first headline calls it that names one of the family, and the source. Raises StopIteration when none does."""
    named = ((things_named(read.story.title).get(family), read.story.source) for read in situation.stories)
    return next((words, source) for words, source in named if words)


@lru_cache(maxsize=65_536)
def things_named(title: str) -> Mapping[str, str]:
    """The families that a headline names, each with the words that do, as they are written."""
    words = list(_WORD.finditer(title))
    found: dict[str, str] = {}
    for first, last, family in things_in([word.group().lower() for word in words]):
        found.setdefault(family, title[words[first].start() : words[last - 1].end()])
    return MappingProxyType(found)
