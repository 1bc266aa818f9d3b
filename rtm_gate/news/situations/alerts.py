"""Which event an alert belongs to by what it says of itself: the messages it names, and alerts of the same kind for the same area."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from rtm_gate.model.news import Alert, ReadStory
from rtm_gate.news.situations.chains import known_by, names_of
from rtm_gate.news.stories.grades import only_possible


class Alerts:
    """The events of earlier alerts: by name for `named`, by kind and area for `alike`. Add in the order of publishing."""

    def __init__(self, *, alike: timedelta, named: timedelta) -> None:
        self._span, self._horizon = alike, named
        self._recent: deque[tuple[datetime, str, ReadStory, Alert]] = deque()
        self._named: dict[str, dict[str, datetime]] = {}
        self._alike: dict[object, tuple[datetime, str]] = {}

    def add(self, id_: str, read: ReadStory, alert: Alert) -> None:
        when = read.story.published
        self._recent.append((when, id_, read, alert))
        self._alike[_kind(read, alert)] = when, id_
        for name in known_by(read.story, alert):
            self._named.setdefault(name, {})[id_] = when

    def home(self, read: ReadStory, alert: Alert) -> str | None:
        """The event of the messages it names, the last heard of before others; else that of the last alert of its kind."""
        last, alike = self._alike.get(_kind(read, alert), (read.story.published, None))
        if read.story.published - last > self._span:
            alike = None
        named = self.named(alert)
        return alike if not named or alike in named else max(named, key=lambda id_: (named[id_], id_))

    def named(self, alert: Alert) -> dict[str, datetime]:
        """Event id -> when its alert that this one names was last heard of."""
        found: dict[str, datetime] = {}
        for name in names_of(alert):
            for id_, last in self._named.get(name, {}).items():
                found[id_] = max(last, found.get(id_, last))
        return found

    def forget(self, now: datetime) -> None:
        while self._recent and now - self._recent[0][0] > self._horizon:
            when, id_, read, alert = self._recent.popleft()
            if self._alike.get(_kind(read, alert)) == (when, id_):
                del self._alike[_kind(read, alert)]
            for name in known_by(read.story, alert):
                events = self._named.get(name, {})
                if events.get(id_) == when:
                    del events[id_]
                    if not events:
                        del self._named[name]


def _kind(read: ReadStory, alert: Alert) -> object:
    """What two alerts of one situation have in common. Severity stays with the area it was said of: other areas, other situations."""
    return (read.topic, read.severity, read.regions, only_possible(alert)) if read.regions else read.story.id
