"""How a draft touches a situation, with the evidence on both sides.

A draft shares a word with a situation when it holds, in any sense, a vocabulary term of the situation's topic; it shares
a name when a proper name stands on both sides. A shared ordinary word is never enough (rulings: shared word), but for the thing that
a grave event happened to: on the day a ferry sinks, a ferry is a word of its topic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rtm_gate.facts.things import TELLING_SHARE, things_of
from rtm_gate.model.analysis import OWN_NAME, Analysis, Hashtag, Mention, Name, Suppressed
from rtm_gate.model.news import ReadStory, Situation
from rtm_gate.model.topics import DEBATED, GRAVE
from rtm_gate.model.vocabulary import OwnNames, top_of
from rtm_gate.news.stories.words import spoken
from rtm_gate.vocabulary.names import key_of
from rtm_gate.vocabulary.regions import touch
from rtm_gate.vocabulary.words import is_common, stop_words

SHORTEST_LONE_NAME = 5
"""A lone proper name shorter than this says too little (rulings: shared word)."""
SHORTEST_STEM, SHORTEST_WORD = 4, 3
PUNCTUATION = "\"'’‘“”.,:;!?()[]#…-–"
TOLD_WITH = {"weapons": ("tragedy.shooting", "terror", "war"), "death": ("tragedy", "terror", "disaster", "war")}
"""Events that are told with the words of another topic: bullets belong to a shooting, a funeral to any of them."""
ALSO_TOLD = {"terror": ("tragedy.accident", "tragedy.fire")}
"""Topics whose words may be the very words of another: what explodes may be a bomb or a boiler."""
NO_NAMES = OwnNames()
NO_PROPER_NAMES = frozenset({"phrase", "thing"})
"""Kinds of `Name` that are shared as words."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What of the draft meets a situation. `met` are the codes that touch, the draft's and the situation's; `about` as in `about_ours`."""

    words: tuple[Mention | Suppressed | Name, ...]
    names: tuple[Name, ...]
    hashtags: tuple[Hashtag, ...]
    met: tuple[tuple[str, str], ...]
    about: str

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(hashtag.tag.lower() for hashtag in self.hashtags))

    @property
    def kinds(self) -> tuple[str, ...]:
        named = (("hashtag", self.tags), ("words", self.words), ("entity", self.names), ("region", self.met))
        return tuple(kind for kind, present in named if present)


def relate(analysis: Analysis, regions: Iterable[str], situation: Situation, about: str, own: OwnNames = NO_NAMES) -> Relation:
    """`regions` are those of the draft, `own` our names: one of them is shared under whatever name the stories have for it."""
    met = tuple(dict.fromkeys((a, b) for a in regions for b in situation.regions if touch(a, b)))
    near = bool(met) or situation.worldwide or not situation.regions
    words: list[Mention | Suppressed | Name] = [m for m in analysis.mentions if _meant(m, situation, near)]
    words += [s for s in analysis.suppressed if _heard(s, situation, near)]
    keys = frozenset(situation.names)
    words += [n for n in analysis.names if n.kind == "phrase" and n.key in keys]
    words += _things(analysis, situation, near)
    said = [n for n in analysis.names if n.kind not in NO_PROPER_NAMES]
    said += [Name(p.text.lower(), "place", p.text, p.field, p.start, p.end) for p in analysis.places]
    names = tuple({(n.field, n.start, n.end): n for n in said if any(_shared(key, situation.said) for key in keys_of(n, own))}.values())
    hashtags = tuple(h for h in analysis.hashtags if h.tag.lower() in situation.tags)
    return Relation(tuple(words), names, hashtags, met, about)


def sense_of(item: Mention | Suppressed | Name) -> str:
    """How the draft's own words were read."""
    if isinstance(item, Name):
        return item.kind
    if isinstance(item, Suppressed):
        return "own name" if item.because.startswith(OWN_NAME) else "harmless elsewhere"
    return "literal" if item.literal else "figurative"


def _meant(hit: Mention, situation: Situation, near: bool) -> bool:
    """A word without a known harmless sense: shared wherever the event is; in a debate only when it is literal, or of just this debate."""
    if _in_its_words(hit.topic, hit, situation):
        return True
    if not same_topic(hit.topic, situation.topic):
        return _tells(hit.topic, situation.topic) and near and (hit.literal or top_of(hit.topic) == "weapons")
    if hit.literal or top_of(situation.topic) not in DEBATED - GRAVE:
        return True
    return near and (_told_with(hit, situation) or (hit.topic == situation.topic and "." in hit.topic))


def _heard(hit: Suppressed, situation: Situation, near: bool) -> bool:
    """Whether a harmless sense is heard as the event.

    Near it, any word of its topic is. Far away only where the event is sure and told with that word: a storm of reviews on the day of a
    deadly storm. A debate is heard only in the very word it is told with, or every `vote for your favourite` would be political for ever.
    """
    if top_of(situation.topic) in DEBATED - GRAVE:
        return near and top_of(hit.would_be) == top_of(situation.topic) and _told_with(hit, situation)
    if near and (same_topic(hit.would_be, situation.topic) or (_tells(hit.would_be, situation.topic) and _told_with(hit, situation))):
        return True
    sure = situation.state != "watch"
    if (near or sure) and _in_its_words(hit.would_be, hit, situation):
        return True
    return sure and not near and hit.would_be == situation.topic and _told_with(hit, situation)


def _in_its_words(topic: str, hit: Mention | Suppressed, situation: Situation) -> bool:
    """A word for one kind of event with which another is told: a blast at a fireworks plant is an accident, and a blast all the same."""
    return situation.topic in ALSO_TOLD.get(topic, ()) and _often(situation, lambda read: hit.term in read.terms)


def _tells(topic: str, event: str) -> bool:
    """Whether an event of the one topic is told with the words of the other."""
    told = TOLD_WITH.get(top_of(topic), ())
    return event in told or top_of(event) in told


def _told_with(hit: Mention | Suppressed, situation: Situation) -> bool:
    """By the row of the lexicon, or by a word of the phrase in a headline: `declare war on` stains, the day a war is told of."""
    own = _telling(hit.text)
    return _often(situation, lambda read: hit.term in read.terms or bool(own & _telling(read.story.title)))


def _things(analysis: Analysis, situation: Situation, near: bool) -> list[Name]:
    """The things that the event happened to: nobody sees an advert for the ferry on the day a ferry sinks without it.

    Far away only where the world speaks of it: small planes come down somewhere every day.
    """
    heard = near or situation.severity == "extreme"
    named = [name for name in analysis.names if name.kind == "thing"] if heard else []
    told = things_of(situation) if named else frozenset[str]()
    return [name for name in named if name.key in told]


def _telling(text: str) -> set[str]:
    """The words of a text that carry a subject, short ones as they are."""
    words = {word.strip(PUNCTUATION) for word in text.lower().split()} - stop_words()
    return {stem(word) or word for word in words if len(word) >= SHORTEST_WORD}


def _often(situation: Situation, told: Callable[[ReadStory], bool]) -> bool:
    telling = sum(map(told, situation.stories))
    return telling > 0 and telling * TELLING_SHARE >= len(situation.stories)


def stem(word: str) -> str:
    """A word without its punctuation and its commonest endings; empty when too short to tell anything."""
    bare = word.strip(PUNCTUATION)
    for ending in ("ing", "ed", "es", "s"):
        if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST_STEM:
            return bare[: -len(ending)]
    return bare if len(bare) >= SHORTEST_STEM else ""


def same_topic(term: str, topic: str) -> bool:
    """A term of the topic itself, of its parent, or of a part of it: `tragedy` meets `tragedy.shooting`, a crash does not.

    `disaster.other` is what nobody named closer: it meets every disaster.
    """
    whole, part = (name.removesuffix(".other") for name in (term, topic))
    return whole == part or (top_of(whole) == top_of(part) and "." not in min(whole, part, key=len))


def keys_of(name: Name, own: OwnNames) -> tuple[str, ...]:
    """What to look for in the stories: the key of a name, and for one of ours those of all its spellings."""
    ours = {"brand": own.brands, "product": own.products, "competitor": own.competitors}.get(name.kind, ())
    found = next((one for one in ours if key_of(one.name).lstrip("@") == key_of(name.key)), None)
    return (name.key, *(spoken([spelling]).strip() for spelling in found.called)) if found else (name.key,)


def _shared(key: str, said: str) -> bool:
    """A name of two words or more that stands in the stories, or begins or ends with one that does: `queen elizabeth ii workout`;
    or a lone word of at least five letters that is not common."""
    words = key.split()
    if len(words) == 1:
        return len(key) >= SHORTEST_LONE_NAME and not is_common(key) and f" {key} " in said
    if f" {key} " in said:
        return True
    shorter = (words[:-1], words[1:])
    return any(f" {' '.join(part)} " in said and (len(part) > 2 or not all(map(is_common, part))) for part in shorter if len(part) > 1)
