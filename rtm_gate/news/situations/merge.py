"""Which stories are about one event: the same family of topics, places that meet, words or tags in common, within 72 hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from rtm_gate.model.news import ReadStory
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.situations.chains import Standing
from rtm_gate.news.situations.life import Member
from rtm_gate.news.stories.grades import only_possible
from rtm_gate.vocabulary.regions import touch
from rtm_gate.vocabulary.words import is_common

SPAN = timedelta(hours=72)
_NEAR = timedelta(hours=24)
_LONG_NAME = 6

_Place = tuple[int, int]  # number of the cluster, position in it

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


def kin(one: str, other: str) -> bool:
    """Topics under which one event may be told. Two hazards of nature are one only when they are the same or one is unnamed."""
    if not one or not other:
        return False
    left, right = top_of(one), top_of(other)
    if left == right == "disaster":
        return one == other or "." not in one or "." not in other or "disaster.other" in (one, other)
    return left == right or any(left in family and right in family for family in _FAMILIES)


def regions_touch(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(touch(left, right) for left in one for right in other)


class Clusters:
    """Grows story by story, in the order they were published; every story joins the cluster it has most in common with.

    Candidates come from indexes: a national feed of thousands of alerts must not be compared pair by pair.
    """

    def __init__(self) -> None:
        self._clusters: list[list[Member]] = []
        self._by_word: dict[str, list[_Place]] = {}
        self._by_country: dict[tuple[bool, str], list[_Place]] = {}
        self._by_alert: dict[object, list[_Place]] = {}

    def members(self) -> list[list[Member]]:
        return self._clusters

    def add(self, read: ReadStory, standing: Standing | None) -> None:
        number = self._best(read, standing)
        if number is None:
            number = len(self._clusters)
            self._clusters.append([])
        place = (number, len(self._clusters[number]))
        self._clusters[number].append((read, standing))
        for word in _words(read):
            self._by_word.setdefault(word, []).append(place)
        if _of_nature(read):
            for country in {code[:2] for code in read.regions}:
                self._by_country.setdefault((standing is not None, country), []).append(place)
        for key in _alert_keys(read, standing):
            self._by_alert.setdefault(key, []).append(place)

    def _best(self, read: ReadStory, standing: Standing | None) -> int | None:
        places: set[_Place] = set()
        if standing is None:
            places.update(place for word in _words(read) for place in self._by_word.get(word, ()))
        else:
            places.update(place for key in _alert_keys(read, standing) for place in self._by_alert.get(key, ())[-1:])
            places.update(place for word in _words(read) for place in self._by_word.get(word, ()) if self._at(place)[1] is None)
        if _of_nature(read):
            # A hazard meets its reports by country, whatever their words; alerts meet each other by what they say.
            for alerts in (False,) if standing is not None else (False, True):
                places.update(place for country in {code[:2] for code in read.regions} for place in self._by_country.get((alerts, country), ()))
        scores: dict[int, float] = {}
        for place in places:
            score = likeness((read, standing), self._at(place))
            if score > scores.get(place[0], 0):
                scores[place[0]] = score
        return min(scores, key=lambda number: (-scores[number], number), default=None)

    def _at(self, place: _Place) -> Member:
        return self._clusters[place[0]][place[1]]


def _of_nature(read: ReadStory) -> bool:
    return top_of(read.topic) in ("disaster", "weather")


def _alert_keys(read: ReadStory, standing: Standing | None) -> Iterable[object]:
    """What another alert must share with this one: an identifier, or everything that makes two alerts one situation."""
    alert = read.story.alert
    if standing is None or alert is None:
        return ()
    return {alert.id, *alert.references, (read.topic, read.severity, read.regions, standing.kind, only_possible(alert))}


def _words(read: ReadStory) -> frozenset[str]:
    """What stories of one event are looked up by: words, tags, and the same toll of the same kind of event in one place."""
    tolls = {f"{read.topic} {code} {read.dead}" for code in read.regions if "-" in code and read.dead is not None and "." in read.topic}
    return read.tokens | frozenset(read.tags) | tolls


def likeness(one: Member, other: Member) -> float:
    """0 when they are not about one event; else the more, the more they share."""
    (left, standing), (right, earlier) = one, other
    if left.story.published - right.story.published > SPAN:
        return 0
    if standing is not None and earlier is not None:
        return _of_alerts(left, standing, right, earlier)
    if standing is not None or earlier is not None:
        return _of_alert_and_story(left, right) if standing is not None else _of_alert_and_story(right, left)
    return _of_stories(left, right)


def _of_alerts(left: ReadStory, standing: Standing, right: ReadStory, earlier: Standing) -> float:
    one, other = left.story.alert, right.story.alert
    if one is None or other is None:
        return 0
    if other.id in one.references or one.id in other.references or one.id == other.id:
        return 9
    # Severity stays with the area it was said of, so alerts of different areas or grades are situations of their own.
    alike = left.topic == right.topic and left.severity == right.severity and left.regions == right.regions and bool(left.regions)
    return 5 if alike and only_possible(one) == only_possible(other) and standing.kind == earlier.kind else 0


def _of_alert_and_story(alert: ReadStory, told: ReadStory) -> float:
    """An alert and a report of the same hazard there. A report that names no place, or only the country, must share its words."""
    if not kin(alert.topic, told.topic):
        return 0
    shared = len(alert.tokens & told.tokens)
    if not told.regions or not alert.regions:
        return 1 + shared if shared else 0
    if not regions_touch(alert.regions, told.regions):
        return 0
    inside = any(touch(code, area) and len(code) >= len(area) for code in told.regions for area in alert.regions)
    return 2 + shared if inside or shared >= 2 else 0


def _of_stories(left: ReadStory, right: ReadStory) -> float:
    shared = len(left.tokens & right.tokens)
    tags = len(set(left.tags) & set(right.tags))
    names = len({name for name in set(left.names) & set(right.names) if " " in name})
    weight = shared + 3 * tags + names
    if kin(left.topic, right.topic):
        if left.regions and right.regions:
            if not regions_touch(left.regions, right.regions):
                # Floods here and floods there are told in the same words: only a tag makes one event of two places that do not meet.
                return weight if tags else 0
            exact = any("-" in code for code in set(left.regions) & set(right.regions))
            # Two collapsed houses in one country within days are one; two stories of its war need not be.
            same = left.topic == right.topic and "." in left.topic
            hazard = top_of(left.topic) == top_of(right.topic) == "disaster" and abs(left.story.published - right.story.published) <= _NEAR
            toll = exact and same and left.dead is not None and left.dead == right.dead
            return weight + 1 if tags or names or shared >= 2 or (shared and (exact or same)) or hazard or toll else 0
        # A follow-up that no longer says where: the same kind of event on the same day.
        follow_up = shared and (left.topic == right.topic or _rare_name(left, right)) and abs(left.story.published - right.story.published) <= _NEAR
        return weight if tags or names or shared >= 2 or follow_up else 0
    if left.topic or right.topic:
        return weight if shared >= 3 and _overlap(left, right) >= 0.5 else 0
    return weight if (shared >= 2 and _overlap(left, right) >= 0.5) or (shared >= 3 and _overlap(left, right) >= 0.4) else 0


def _rare_name(left: ReadStory, right: ReadStory) -> bool:
    """A proper name that hardly stands in two events of one day: a team, a ship, a town."""
    return any(len(name) >= _LONG_NAME and not is_common(name) for name in set(left.names) & set(right.names))


def _overlap(left: ReadStory, right: ReadStory) -> float:
    return len(left.tokens & right.tokens) / max(1, min(len(left.tokens), len(right.tokens)))
