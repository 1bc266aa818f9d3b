"""Severity and certainty by the standard rulings, and the order in which topics are grave."""

from __future__ import annotations

from rtm_gate.model.news import SEVERITIES, Alert, Casualties, Severity
from rtm_gate.model.topics import GRAVE
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.stories.hazards import is_watch

GRAVITY = (
    "terror", "war", "tragedy", "disaster", "unrest", "death", "health", "hate", "justice", "gender", "movement", "religion", "remembrance",
    "politics", "recall", "layoffs", "brand_crisis", "weapons", "drugs", "sex", "finance", "outage", "weather",
)  # fmt: skip
"""Top topics a story may be about, the gravest first. What a policy adds counts between gender and movement."""

HARMLESS = frozenset({"sport", "film", "market", "food", "games", "claim", "profanity"})
"""Topics that are never what a story is about in the sense of this room."""

SUDDEN = GRAVE - {"health"}
"""Grave events that happen at once; an outbreak grows."""

_OF_PEOPLE_DYING = SUDDEN | {"health", "death", "weather"}
"""Topics whose news may be that people died. In a court report or on a day of remembrance they died before."""

MANY_DEAD = 3
"""From here on deaths are a tragedy, whatever else the headline is about (rulings: severity)."""

_EXTREME_WITH_DEAD = frozenset({"war", "terror"})
_POLICY_TOPIC = GRAVITY.index("movement") - 0.5


def gravity(topic: str) -> float:
    """0 is the gravest."""
    top = top_of(topic)
    return GRAVITY.index(top) if top in GRAVITY else _POLICY_TOPIC


def worst(*levels: Severity | None) -> Severity | None:
    """The highest known severity; None when none is known."""
    return max(filter(None, levels), key=SEVERITIES.index, default=None)


def at_least_major(severity: Severity | None) -> bool:
    return severity in ("major", "extreme")


def lower(severity: Severity) -> Severity:
    return SEVERITIES[max(0, SEVERITIES.index(severity) - 1)]


def only_possible(alert: Alert) -> bool:
    """It may come: CAP certainty Possible or Unlikely, urgency Future, or a watch by name."""
    return alert.certainty in ("possible", "unlikely") or alert.urgency.lower() == "future" or is_watch(alert.event)


def severity_of_alert(alert: Alert) -> Severity | None:
    """What the alert says; one step lower where its certainty is Possible or Unlikely or its urgency Future."""
    if alert.severity and (alert.certainty in ("possible", "unlikely") or alert.urgency.lower() == "future"):
        return lower(alert.severity)
    return alert.severity


def tells_of_deaths(topic: str) -> bool:
    return top_of(topic) in _OF_PEOPLE_DYING


def severity_of_dead(topic: str, dead: Casualties) -> Severity | None:
    """By people dead, as far as one text tells; None when it says nothing about it. Vague words become major only where two sources agree."""
    if not dead.any or not tells_of_deaths(topic):
        return None
    if top_of(topic) in _EXTREME_WITH_DEAD or (dead.dead or 0) >= 10:
        return "extreme"
    # Several are more than two.
    return "major" if (dead.dead or 0) >= MANY_DEAD or (dead.several and dead.dead is None) else "moderate"
