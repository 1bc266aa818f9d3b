"""Which stories are about one event: a new one joins the event that best explains its words, topic, place and hour, or begins one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from math import log

from rtm_gate.model.news import ReadStory
from rtm_gate.news.situations.alerts import Alerts
from rtm_gate.news.situations.kinship import MOST
from rtm_gate.news.situations.profile import Profile, features_of, lands_of, marks_of
from rtm_gate.news.stories.words import chance_of
from rtm_gate.news.text import short_hash

SPAN = timedelta(hours=72)
"""Stories older than this do not decide where a new one belongs."""
HORIZON = timedelta(days=9)
"""How long an alert is known by its identifiers, so that what updates or cancels it finds it: as long as a situation may be shown.

An event is decided by the stories of the last `SPAN` and the alerts of the last `HORIZON`; nothing older has a say.
"""

# Events that are going on and that nobody has reported yet: what a story must be more likely about than about any of them.
_UNSEEN = 150
# How many reports the general frequency of a word is worth, beside the events at hand that tell it.
_BACKGROUND = 10_000
# How many words a headline has that tell something; a shorter one leaves some to be understood.
_HEADLINE = 8
# No word is expected in more than this share of reports.
_MOST = 0.05
_LONGEST = log(MOST)
_HOUR = timedelta(hours=1)


def in_order(stories: Iterable[ReadStory]) -> list[ReadStory]:
    """The order in which stories make events, whatever feed came first: published, source, id."""
    return sorted(stories, key=_place_of)


def _place_of(read: ReadStory) -> tuple[datetime, str, str]:
    return read.story.published, read.story.source, read.story.id


class _Event:
    """`told` and `alerts` count the members of the last `SPAN` hours; `latest` is when the last of all was published."""

    __slots__ = ("alerts", "id", "latest", "members", "told")

    def __init__(self, id_: str, began: datetime) -> None:
        self.id = id_
        self.members: list[ReadStory] = []
        self.told = Profile()
        self.alerts = Profile()
        self.latest = began

    def profile(self, *, alerts: bool) -> Profile:
        return self.alerts if alerts else self.told


class Events:
    """Grows story by story, in the order (published, source, id). What is true at some moment only, such as an alert's end, has no say.

    Stories are compared with the profiles of events, which an index finds, never with each other.
    """

    def __init__(self) -> None:
        self._events: dict[str, _Event] = {}
        self._recent: deque[tuple[datetime, str, ReadStory]] = deque()
        self._holders: dict[tuple[bool, str], dict[str, None]] = {}
        self._live = 0
        self._alerts = Alerts(alike=SPAN, named=HORIZON)

    @classmethod
    def resumed(cls, placed: Iterable[tuple[str, ReadStory]]) -> Events:
        """The state after these stories were added and found to belong to these events, in the order (published, source, id).

        The stories of the last `HORIZON` before the next one are enough to go on as if all had been given; of those without an
        alert, the last `SPAN`.
        """
        events = cls()
        for id_, read in placed:
            events._forget(read.story.published)
            events._place(id_, read)
        return events

    def add(self, read: ReadStory) -> str:
        """The id of the event that the story joined or began. An event's id is the hash of its first story's."""
        self._forget(read.story.published)
        id_ = self._home(read) or short_hash(read.story.id)
        self._place(id_, read)
        return id_

    def members(self) -> dict[str, list[ReadStory]]:
        """Event id -> its stories in order, of all stories that were added."""
        return {event.id: event.members for event in self._events.values()}

    # ---- deciding ---------------------------------------------------------------------------------------------------------

    def _home(self, read: ReadStory) -> str | None:
        alert = read.story.alert
        if alert is None:
            return self._likeliest(read)
        if alert.test:
            return None
        return self._alerts.home(read, alert) or self._likeliest(read)

    def _likeliest(self, read: ReadStory) -> str | None:
        """The event whose evidence, in nats, exceeds that of all the events it might be about instead."""
        official = read.story.alert is not None
        enough = log(self._live + _UNSEEN)
        best: tuple[float, datetime, str] | None = None
        for alerts in (False,) if official else (False, True):
            across = official or alerts
            features = features_of(read)
            chance = {feature: self._chance(feature, len(features), alerts) for feature in features}
            candidates = self._candidates(read, chance, alerts)
            for id_ in sorted(candidates, key=lambda id_: (-candidates[id_], id_)):
                event = self._events[id_]
                profile = event.profile(alerts=alerts)
                age = log(1 + (read.story.published - event.latest) / _HOUR)
                at_most = candidates[id_] - age
                beaten = best[0] if best else enough
                if at_most + (_LONGEST if read.topic and profile.sensitive else 0) < beaten:
                    continue
                if not across and not profile.bears_out(read, features):
                    continue
                setting = profile.setting(read, tagged=any(mark in profile.told for mark in marks_of(read)), official=across)
                if not setting or at_most + log(setting) < beaten:
                    continue
                found = profile.wording(features, chance, same_kind=not across) + log(setting) - age, event.latest, id_
                if found > (best or (enough, event.latest, id_)):
                    best = found
        return best[2] if best else None

    def _candidates(self, read: ReadStory, chance: dict[str, float], alerts: bool) -> dict[str, float]:
        """The events that share anything with it, and the most that the shared words may say for each."""
        found = {id_: 0.0 for land in lands_of(read) for id_ in self._holders.get((alerts, land), ())}
        for feature, likely in chance.items():
            gain = -log(likely)
            for id_ in self._holders.get((alerts, feature), ()):
                found[id_] = found.get(id_, 0.0) + gain
        return found

    def _chance(self, feature: str, length: int, alerts: bool) -> float:
        """How likely any report tells this: by the language as a whole, and by the other events of these days."""
        others = max(0, len(self._holders.get((alerts, feature), ())) - 1)
        return (_BACKGROUND * min(_MOST, max(length, _HEADLINE) * chance_of(feature)) + others) / (_BACKGROUND + max(self._live, others))

    # ---- keeping ----------------------------------------------------------------------------------------------------------

    def _place(self, id_: str, read: ReadStory) -> None:
        event = self._events.get(id_)
        if event is None:
            event = self._events[id_] = _Event(id_, read.story.published)
        event.members.append(read)
        alert = read.story.alert
        if alert is not None and alert.test:
            return
        event.latest = read.story.published
        self._recent.append((read.story.published, id_, read))
        self._live += alert is None and not event.told.reports
        for key in event.profile(alerts=alert is not None).add(read, _keys(read)):
            self._holders.setdefault((alert is not None, key), {})[id_] = None
        if alert is not None:
            self._alerts.add(id_, read, alert)

    def _forget(self, now: datetime) -> None:
        """Lets the stories go that have no say any more."""
        while self._recent and now - self._recent[0][0] > SPAN:
            _, id_, read = self._recent.popleft()
            alerts = read.story.alert is not None
            profile = self._events[id_].profile(alerts=alerts)
            for key in profile.take(read, _keys(read)):
                holders = self._holders[alerts, key]
                del holders[id_]
                if not holders:
                    del self._holders[alerts, key]
            self._live -= not alerts and not profile.reports
        self._alerts.forget(now)


def _keys(read: ReadStory) -> list[str]:
    return features_of(read) + lands_of(read)


def later_of(events: Mapping[str, Iterable[ReadStory]]) -> dict[str, list[ReadStory]]:
    """Event id -> the messages of other events that update or cancel one of its alerts, in order."""
    told = sorted(((read, id_) for id_, members in events.items() for read in members), key=lambda pair: _place_of(pair[0]))
    alerts = Alerts(alike=SPAN, named=HORIZON)
    found: dict[str, list[ReadStory]] = {}
    for read, own in told:
        alert = read.story.alert
        if alert is None or alert.test:
            continue
        alerts.forget(read.story.published)
        alerts.add(own, read, alert)
        for id_ in alerts.named(alert):
            if id_ != own:
                found.setdefault(id_, []).append(read)
    return found
