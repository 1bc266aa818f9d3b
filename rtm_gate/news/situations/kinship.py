"""How much topic and place speak for two reports being about one event, whatever their words."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rtm_gate.model.news import ReadStory
from rtm_gate.model.vocabulary import top_of
from rtm_gate.vocabulary.regions import touch

# Topics that one event is told under: a bombing is terror here and an explosion there.
_FAMILIES = (
    frozenset({"tragedy", "terror", "war", "unrest", "death", "justice", "gender", "movement", "hate", "weapons"}),
    frozenset({"disaster", "weather", "death", "outage"}),
    frozenset({"tragedy", "death", "disaster"}),
    frozenset({"health", "death"}),
    frozenset({"politics", "war", "unrest", "justice", "movement", "gender"}),
    frozenset({"recall", "layoffs", "brand_crisis", "finance", "outage"}),
    frozenset({"recall", "brand_crisis", "health", "justice"}),
    frozenset({"remembrance", "religion"}),
)

# What a storm does: a typhoon is told by its wind, and by its water.
_WATER = frozenset({"disaster.storm", "disaster.flood"})

# How many times likelier the match is within one event than between two events of the same days.
_SAME_KIND, _KIN, _HALF_KNOWN, _STRANGERS = 100.0, 10.0, 0.3, 0.1
_SAME_PLACE, _SAME_COUNTRY = 200.0, 30.0
_APART = 0.1
MOST = _SAME_KIND * _SAME_PLACE


class Setting(NamedTuple):
    """What a report is about and where; an empty topic is nothing sensitive, empty regions nowhere named."""

    topic: str
    regions: tuple[str, ...]


def setting_of(read: ReadStory) -> Setting:
    return Setting(read.topic, read.regions)


def kin(one: str, other: str) -> bool:
    """Topics under which one event may be told. Two hazards of nature are one only when they are the same or one is unnamed."""
    if not one or not other:
        return False
    left, right = top_of(one), top_of(other)
    if left == right == "disaster":
        return one == other or "." not in one or "." not in other or "disaster.other" in (one, other) or {one, other} <= _WATER
    return left == right or any(left in family and right in family for family in _FAMILIES)


def of_nature(topic: str) -> bool:
    return top_of(topic) in ("disaster", "weather")


def regions_touch(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(touch(left, right) for left in one for right in other)


@lru_cache(maxsize=65_536)
def odds(one: Setting, other: Setting, *, tagged: bool = False, official: bool = False) -> float:
    """How many times likelier these two settings are in one event than in two; 0 rules it out.

    Floods here and floods there are told in the same words: only a shared tag (`tagged`) makes one event of two places that do not
    meet. An alert (`official`) is only ever one with reports of its own hazard.
    """
    near = not one.regions or not other.regions or regions_touch(one.regions, other.regions)
    if not kin(one.topic, other.topic):
        if official:
            return 0
        known = 1 if one.topic == other.topic else _HALF_KNOWN if not one.topic or not other.topic else _STRANGERS
        return known if near else known * _APART
    if not near:
        return _APART if tagged and not official else 0
    # A war or an election is told in many events at once, two collapsed houses or two disasters hardly.
    disasters = top_of(one.topic) == top_of(other.topic) == "disaster"
    kind = _SAME_KIND if disasters or (one.topic == other.topic and "." in one.topic) else _KIN
    if not one.regions or not other.regions:
        return kind
    # A report that names many places says little by each of them.
    named = max(len(one.regions), len(other.regions))
    return kind * max(1, (_SAME_PLACE if in_one_place(one.regions, other.regions) else _SAME_COUNTRY) / named)


def in_one_place(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """They name the same state or province, not merely the country."""
    return any("-" in left and (left == right or ("-" in right and touch(left, right))) for left in one for right in other)
