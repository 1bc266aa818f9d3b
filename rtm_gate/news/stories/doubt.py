"""Whether the facts of a story can be sure at a moment, by its times and by its own word (rulings: life)."""

from __future__ import annotations

from datetime import datetime

from rtm_gate.model.news import Story
from rtm_gate.news.signals import is_rumour
from rtm_gate.news.times import AHEAD, OLD, first_after, plus


def doubt_of(story: Story, now: datetime) -> str:
    """Why the story's facts are unsure at `now`, in words that follow "it"; empty when they are not."""
    if story.published > now + AHEAD:
        return "is dated in the future"
    alert = story.alert
    if alert is None:
        return "says that it is unconfirmed" if is_rumour(story.title) else ""
    if alert.doubt:
        return alert.doubt
    happened = _happened(story)
    if happened is not None and happened > now + AHEAD:
        return "tells of an event in the future"
    # Old when it was told: what was told in time does not become doubtful by growing old.
    if happened is not None and story.published - happened > OLD:
        return "tells of an event more than 72 hours ago"
    if alert.dialect == "cap" and now >= _stale(story, alert.ends):
        return "was issued more than 72 hours ago"
    return ""


def doubt_turns(story: Story, now: datetime) -> datetime | None:
    """The next instant at which `doubt_of` answers otherwise, None when never."""
    alert, happened = story.alert, _happened(story)
    if ahead := first_after(now, (plus(story.published, -AHEAD),)):
        return ahead
    if alert is None or alert.doubt:
        return None
    if happened is not None and (ahead := first_after(now, (plus(happened, -AHEAD),))):
        return ahead
    return first_after(now, (_stale(story, alert.ends),)) if alert.dialect == "cap" else None


def _happened(story: Story) -> datetime | None:
    """The onset of a weather alert lies ahead by nature; an earthquake's does not."""
    alert = story.alert
    return alert.onset if alert is not None and alert.dialect != "cap" and alert.event == "Earthquake" else None


def _stale(story: Story, ends: datetime | None) -> datetime:
    """When an alert that names no later end is too old to be believed in force."""
    old = plus(story.updated, OLD)
    return old if ends is None else max(old, ends)
