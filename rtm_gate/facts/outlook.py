"""Which of many situations a draft can have to do with, found by index: the cost of a check must not grow with the news.

A situation is left out only where no rule of the policy could be about it, whatever else is true; so the verdict is the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from rtm_gate.facts.about import SHORTEST_BRAND_PREFIX, spelled
from rtm_gate.facts.asks import Ask, Touch, asks_of, may_be_met, passes_known
from rtm_gate.facts.places import with_ancestors
from rtm_gate.facts.relation import NO_PROPER_NAMES, TOLD_WITH, keys_of
from rtm_gate.facts.scene import Scene
from rtm_gate.facts.situation import OF_THE_MOMENT, foreseen, is_sensitive
from rtm_gate.facts.things import things_of
from rtm_gate.model.analysis import Analysis, Name
from rtm_gate.model.fact import Fact
from rtm_gate.model.news import Situation
from rtm_gate.model.policy import Policy
from rtm_gate.model.vocabulary import top_of

FEW = 24
"""Up to so many situations are all looked at: an index would cost more than it saves."""

Numbers = frozenset[int]
NONE: Numbers = frozenset()


class Same:
    """Something known by its identity: situations and policies are never changed, and too large to be compared."""

    def __init__(self, it: object) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.it is other.it


def concerning(scene: Scene, facts: Sequence[Fact]) -> Sequence[Situation]:
    """The situations that some rule could be about, in their order. `facts` are all those of the check that are not made from situations."""
    situations = scene.news.situations
    return situations if len(situations) <= FEW else closely(scene, facts)


def closely(scene: Scene, facts: Sequence[Fact]) -> Sequence[Situation]:
    """The same, however few there are: where it matters which they are, and not what finding them costs."""
    situations = scene.news.situations
    return [situations[number] for number in sorted(_outlook(Same(situations), Same(scene.policy)).near(scene, facts))]


@lru_cache(maxsize=4)
def _outlook(situations: Same, policy: Same) -> Outlook:
    assert isinstance(situations.it, tuple)
    assert isinstance(policy.it, Policy)
    return Outlook(situations.it, policy.it)


class Outlook:
    """The situations of one moment of the news, by all that a draft may touch them with; made for one policy."""

    def __init__(self, situations: Sequence[Situation], policy: Policy) -> None:
        self._asks = asks_of(policy)
        self._made_later = frozenset((like.kind, like.name) for like in policy.likes) | frozenset(("situation", field) for field in OF_THE_MOMENT)
        sensitive = [(number, situation) for number, situation in enumerate(situations) if is_sensitive(situation.topic)]
        self._values = {number: foreseen(situation, policy.audience) for number, situation in sensitive}
        self._passing: dict[int, Numbers] = {}
        self._tags = _index((number, situation.tags) for number, situation in sensitive)
        self._names = _index((number, situation.names) for number, situation in sensitive)
        self._said = _index((number, situation.said.split()) for number, situation in sensitive)
        self._terms = _index((number, situation.terms) for number, situation in sensitive)
        self._things = _index((number, things_of(situation)) for number, situation in sensitive)
        self._tops = _index((number, (top_of(situation.topic),)) for number, situation in sensitive)
        regions = [(number, with_ancestors(situation.regions)) for number, situation in sensitive]
        self._own_regions = _index((number, [code for code, own in rows if own]) for number, rows in regions)
        self._regions = _index((number, [code for code, _ in rows]) for number, rows in regions)
        self._headlines = _index((n, {w for read in s.stories for w in spelled(read.story.title).split()}) for n, s in enumerate(situations))
        self._spellings = sorted(self._headlines)

    def near(self, scene: Scene, facts: Sequence[Fact]) -> Numbers:
        by_kind: dict[str, list[Fact]] = {}
        for fact in facts:
            by_kind.setdefault(fact.kind, []).append(fact)
        touched: dict[Touch, Numbers] = {}
        found = set(self._about(scene))
        for place, ask in enumerate(self._asks):
            numbers = self._pass(place, ask)
            if numbers and may_be_met(ask, by_kind, self._made_later):
                for touch in sorted(ask.touches):
                    if touch not in touched:
                        touched[touch] = self._touched(touch, scene)
                    numbers &= touched[touch]
                found |= numbers
        return frozenset(found)

    def _pass(self, place: int, ask: Ask) -> Numbers:
        """Those that pass its tests; kept by its place among the asks, since hashing it would cost more than judging it."""
        if place not in self._passing:
            passing = (number for number, values in self._values.items() if passes_known(ask.tests, values, "situation", self._made_later))
            self._passing[place] = frozenset(passing)
        return self._passing[place]

    def _touched(self, touch: Touch, scene: Scene) -> Numbers:
        """All that the draft can touch in this way, and perhaps more."""
        match touch:
            case "words":
                return self._by_words(scene.analysis)
            case "entity":
                said = [name for name in scene.analysis.names if name.kind not in NO_PROPER_NAMES]
                places = [Name(place.text.lower(), "name", place.text, place.field, place.start, place.end) for place in scene.analysis.places]
                return NONE.union(*(self._by_name(key.split()) for name in (*said, *places) for key in keys_of(name, scene.own)))
            case "hashtag":
                return NONE.union(*(self._tags.get(hashtag.tag.lower(), NONE) for hashtag in scene.analysis.hashtags))
            case "region":
                # One side at least names the place itself: two states of one country do not touch.
                return NONE.union(*((self._regions if own else self._own_regions).get(code, NONE) for code, own in with_ancestors(scene.regions)))

    def _by_words(self, analysis: Analysis) -> Numbers:
        tops = {top_of(hit.topic) for hit in analysis.mentions} | {top_of(hit.would_be) for hit in analysis.suppressed}
        tops |= {top_of(told) for top in tops for told in TOLD_WITH.get(top, ())}
        terms = (self._terms.get(term, NONE) for term in {hit.term for hit in analysis.mentions} | {hit.term for hit in analysis.suppressed})
        phrases = (self._names.get(name.key, NONE) for name in analysis.names if name.kind == "phrase")
        things = (self._things.get(name.key, NONE) for name in analysis.names if name.kind == "thing")
        return NONE.union(*(self._tops.get(top, NONE) for top in tops), *terms, *phrases, *things)

    def _by_name(self, words: Sequence[str]) -> Numbers:
        """Of a longer name two words in a row at least stand in the stories."""
        if len(words) == 1:
            return self._said.get(words[0], NONE)
        return NONE.union(*(self._said.get(one, NONE) & self._said.get(other, NONE) for one, other in pairwise(words)))

    def _about(self, scene: Scene) -> Numbers:
        """Headlines with all words of a name of the brand, a product or a competitor, or a word that begins with one of the brand's."""
        own = scene.own
        found = [self._headlined(spelled(spelling).split()) for name in (*own.brands, *own.products, *own.competitors) for spelling in name.spellings]
        brands = [spelling.lower() for name in own.brands for spelling in name.spellings]
        return NONE.union(*found, *(self._headlines[word] for brand in brands for word in self._beginning(brand)))

    def _headlined(self, words: Sequence[str]) -> Numbers:
        return frozenset.intersection(*(self._headlines.get(word, NONE) for word in words)) if words else NONE

    def _beginning(self, prefix: str) -> Iterable[str]:
        if len(prefix) < SHORTEST_BRAND_PREFIX:
            return
        for word in self._spellings[bisect_left(self._spellings, prefix) :]:
            if not word.startswith(prefix):
                return
            yield word


def _index(rows: Iterable[tuple[int, Iterable[str]]]) -> dict[str, Numbers]:
    found: dict[str, set[int]] = {}
    for number, keys in rows:
        for key in keys:
            found.setdefault(key, set()).add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}
