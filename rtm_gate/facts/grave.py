"""Whether a situation is grave: one that may silence a brand."""

from __future__ import annotations

from rtm_gate.model.news import SEVERITIES, Situation
from rtm_gate.model.topics import GRAVE
from rtm_gate.model.vocabulary import top_of

MAJOR = SEVERITIES.index("major")


def is_grave(situation: Situation) -> bool:
    """Unrest is grave with dead only, health as an outbreak (at least major); rulings: the table's first line."""
    top = top_of(situation.topic)
    major = situation.severity is not None and SEVERITIES.index(situation.severity) >= MAJOR
    if top == "unrest":
        return bool(situation.dead) or major
    if top == "health":
        return major
    return top in GRAVE
