"""What the reports of one event have in common, counted: the words they are told in, and their topics and places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import fsum, log

from rtm_gate.model.news import ReadStory
from rtm_gate.model.topics import GRAVE
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.situations.kinship import Setting, in_one_place, kin, odds, of_nature, regions_touch, setting_of
from rtm_gate.news.stories.grades import MANY_DEAD
from rtm_gate.news.stories.words import country_words

# How many reports of an event must have told a word before its absence, or its presence, is believed.
_PRIOR = 16.0
# Half of what a word that no earlier report used would say against the event: every editor finds new words.
_NOVELTY = 0.5

# A crowd of reports of which less than one in three is sensitive is about something else than a disaster.
_CROWD = 6
_HARMLESS = 3
_WORDS = 2
MANY = 20
"""A toll so large that no second event of these days will have just the same."""


def features_of(read: ReadStory) -> list[str]:
    """What a report tells, sorted: words, tags, and the same toll in one place; a small one, of the same kind of event."""
    dead = read.dead or 0
    kind = "" if dead >= MANY_DEAD else read.topic
    tolls = {f"{kind} {code} {dead}" for code in read.regions if "-" in code and dead and read.topic and (not kind or "." in kind)}
    return sorted(read.tokens | tolls | set(marks_of(read)))


def marks_of(read: ReadStory) -> list[str]:
    """What two events of some days hardly share, wherever either is said to be: tags, and the same large toll of the same kind of event."""
    large = "." in read.topic and (read.dead or 0) >= MANY
    return [*read.tags, *([f"{top_of(read.topic)} {read.dead}"] if large else ())]


def lands_of(read: ReadStory) -> list[str]:
    """Keys by which hazards of nature and their reports are looked up, whatever their words: the countries."""
    return sorted({f"in {code[:2]}" for code in read.regions}) if of_nature(read.topic) else []


def _is_grave(setting: Setting) -> bool:
    return top_of(setting.topic) in GRAVE


def _toll(read: ReadStory) -> list[int]:
    """A number of dead that says something: two events of a day may well have one or two each."""
    return [read.dead] if read.dead is not None and read.dead >= MANY_DEAD else []


def _most(settings: list[tuple[Setting, int]], like: Callable[[Setting], bool]) -> bool:
    """At least half of the reports."""
    return 2 * sum(count for setting, count in settings if like(setting)) >= sum(count for _, count in settings)


class Profile:
    """Counts over some reports. Whole numbers only, so that the order of adding and taking away leaves no trace."""

    __slots__ = ("_met", "reports", "sensitive", "settings", "told", "tolls")

    def __init__(self) -> None:
        self.reports = 0
        self.sensitive = 0
        self.told: Counter[str] = Counter()
        self.settings: Counter[Setting] = Counter()
        self.tolls: Counter[int] = Counter()
        self._met: dict[tuple[Setting, bool, bool], float] = {}

    def add(self, read: ReadStory, keys: list[str]) -> list[str]:
        """Counts a report under its keys, each named once; the keys that are new."""
        new = [key for key in keys if key not in self.told]
        self.reports += 1
        self.sensitive += bool(read.topic)
        self.told.update(keys)
        self.settings[setting_of(read)] += 1
        self.tolls.update(_toll(read))
        self._met.clear()
        return new

    def take(self, read: ReadStory, keys: list[str]) -> list[str]:
        """Forgets a report that was counted under these keys; the keys that are left to none."""
        self.reports -= 1
        self.sensitive -= bool(read.topic)
        self.told.subtract(keys)
        gone = [key for key in keys if not self.told[key]]
        for key in gone:
            del self.told[key]
        setting = setting_of(read)
        self._met.clear()
        self.settings[setting] -= 1
        self.tolls -= Counter(_toll(read))
        if not self.settings[setting]:
            del self.settings[setting]
        return gone

    def wording(self, features: list[str], chance: dict[str, float], *, same_kind: bool) -> float:
        """How much the words speak for one event, in nats: the logarithm of how much likelier its reports tell them than any report does.

        `chance`: how likely any report tells a feature. `same_kind`: both are stories, so that a new word speaks against it; an
        office and a journalist never use the same words.
        """
        all_ = log(self.reports + _PRIOR)
        shared = [feature for feature in features if feature in self.told]
        said = sum(log(self.told[feature] / chance[feature] + _PRIOR) - all_ for feature in shared)
        return said + (_NOVELTY * (len(features) - len(shared)) * (log(_PRIOR) - all_) if same_kind else 0)

    def bears_out(self, read: ReadStory, features: list[str]) -> bool:
        """Whether more than its country speaks for a sensitive report: the kind of event by name, the toll, the state or city, or two words.

        In a country at war a kidnapping and a bombing of one day are two events.
        """
        if not read.topic or not self.sensitive:
            return True
        named = ("." in read.topic or read.topic == "terror") and any(other.topic == read.topic for other in self.settings)
        if named or (read.dead or 0) in self.tolls or any(other.topic and in_one_place(read.regions, other.regions) for other in self.settings):
            return True
        # Where a report says where it is, the name of the country is its place and not one of its words.
        own = set(features) - country_words() if read.regions else features
        return sum(feature in self.told for feature in own) >= _WORDS

    def setting(self, read: ReadStory, *, tagged: bool = False, official: bool = False) -> float:
        """How many times likelier the topic and the place of `read` are in this event than elsewhere: the mean over its reports; 0 rules it out."""
        own = setting_of(read)
        known = self._met.get((own, tagged, official))
        if known is None:
            known = self._met[own, tagged, official] = 0 if not tagged and self._excludes(own) else self._mean(own, tagged, official)
        return known

    def _mean(self, own: Setting, tagged: bool, official: bool) -> float:
        # Exactly rounded, so that the order in which the settings were met leaves no trace.
        return fsum(count * odds(own, other, tagged=tagged, official=official) for other, count in self.settings.items()) / self.reports

    def _excludes(self, own: Setting) -> bool:
        """What no words make up for: another kind of event, another place, or a crowd of reports that tell of nothing grave."""
        sensitive = [(other, count) for other, count in self.settings.items() if other.topic]
        grave = [(other, count) for other, count in sensitive if _is_grave(other)]
        if own.topic and sensitive and (_is_grave(own) or grave) and not _most(sensitive, lambda other: kin(own.topic, other.topic)):
            return True
        placed = [(other, count) for other, count in (sensitive if _is_grave(own) else grave) if other.regions]
        if own.regions and placed and not _most(placed, lambda other: regions_touch(own.regions, other.regions)):
            return True
        return _is_grave(own) and self.reports >= _CROWD and _HARMLESS * self.sensitive < self.reports
