"""Where each alert stands at a moment: in force, only possible, over, withdrawn, or a false alarm. Later messages retire earlier ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rtm_gate.model.news import Alert, Story
from rtm_gate.news.signals import is_false_alarm
from rtm_gate.news.stories.grades import only_possible
from rtm_gate.news.times import AHEAD

Kind = Literal["in_force", "watch", "report", "over", "withdrawn", "false_alarm", "retracted"]


@dataclass(frozen=True, slots=True)
class Standing:
    """`report`: an official message without an end (GDACS, USGS). `retracted`: an alert that a `false_alarm` message took back.

    `ended` is when the hazard was over, for `over` only.
    """

    kind: Kind
    ended: datetime | None = None


def standings(stories: Iterable[Story], now: datetime) -> dict[str, Standing]:
    """Story id -> standing, of the stories that carry an alert. Tests and exercises are withdrawn from the start and retire nothing."""
    known = [(story, story.alert) for story in stories if story.alert is not None]
    real = sorted(((s, a) for s, a in known if not a.test), key=lambda pair: (pair[0].published, pair[0].source, pair[0].id))
    retired_by = _retired(real, now)
    found = {story.id: Standing("withdrawn") for story, alert in known if alert.test}
    for story, alert in real:
        found[story.id] = _standing(story, alert, retired_by.get(story.id, ()), now)
    return found


def _retired(real: Sequence[tuple[Story, Alert]], now: datetime) -> dict[str, list[tuple[Story, Alert]]]:
    """Story id -> the later messages that retire it, by references (transitively) or by the event number of NWS."""
    by_id: dict[str, list[tuple[Story, Alert]]] = {}
    for story, alert in real:
        for key in _keys(story, alert) | {ref for ref in alert.references if ref.startswith("vtec:")}:
            by_id.setdefault(key, []).append((story, alert))
    retired: dict[str, list[tuple[Story, Alert]]] = {}
    for story, alert in real:
        if alert.message.lower() == "ack" or story.published > now + AHEAD:
            continue
        seen, todo = _keys(story, alert), list(alert.references)
        while todo:
            key = _short(todo.pop())
            if key in seen:
                continue
            seen.add(key)
            by_number = key.startswith("vtec:")
            for other, earlier in by_id.get(key, ()):
                # A message retires none that was sent after it, and none that retires it: a circle cannot silence everything.
                mutual = other.id in {later.id for later, _ in retired.get(story.id, ())}
                older = other.published < story.published or (other.published == story.published and not by_number)
                if other.id == story.id or mutual or not older:
                    continue
                retired.setdefault(other.id, []).append((story, alert))
                if not by_number:
                    todo.extend(ref for ref in earlier.references if not ref.startswith("vtec:"))
    return retired


def _keys(story: Story, alert: Alert) -> set[str]:
    return {_short(alert.id), _short(story.entry)}


def names_of(alert: Alert) -> set[str]:
    """The messages of its chain that an alert names: itself and those it updates or cancels."""
    return {_short(name) for name in (alert.id, *alert.references)}


def known_by(story: Story, alert: Alert) -> set[str]:
    """The names under which later messages of its chain may know an alert."""
    return _keys(story, alert) | names_of(alert)


def _short(identifier: str) -> str:
    """Feeds name an entry by the address of its message, references by the identifier at the end of that address."""
    tail = re.split(r"[/=]", identifier)[-1]
    return tail if identifier.startswith("http") and len(tail) >= 12 else identifier


def _standing(story: Story, alert: Alert, later: Sequence[tuple[Story, Alert]], now: datetime) -> Standing:
    message = alert.message.lower()
    if _retracts(story, alert):
        return Standing("false_alarm")
    if any(_retracts(*pair) for pair in later):
        return Standing("retracted")
    over = [other.published for other, row in later if row.urgency.lower() == "past" and row.message.lower() != "cancel"]
    if later:
        # The all-clear ends the hazard; an update takes its place; a cancellation withdraws it.
        return Standing("over", min(over)) if over and not any(row.message.lower() == "cancel" for _, row in later) else Standing("withdrawn")
    if message in ("cancel", "ack") or not alert.current:
        return Standing("withdrawn")
    if alert.urgency.lower() == "past":
        # An earthquake is past by nature: its message is a report. Of anything else it is the end.
        return Standing("report") if "earthquake" in alert.event.lower() else Standing("over", story.published)
    if alert.ends is not None and now >= alert.ends:
        return Standing("over", alert.ends)
    if only_possible(alert):
        return Standing("watch")
    return Standing("in_force" if alert.ends else "report")


def _retracts(story: Story, alert: Alert) -> bool:
    """By its headline only: a warning's text says of many other hazards that there is none. A first alert never takes itself back."""
    message = alert.message.lower()
    return message == "error" or (message != "alert" and is_false_alarm(story.title))
