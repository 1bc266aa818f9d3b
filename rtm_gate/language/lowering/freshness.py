"""What `stale news after …` becomes: core rules like those of any block, so that they are judged, confirmed and shown as such."""

from __future__ import annotations

from rtm_gate.model.rule import CoreRule, Effect, Pattern, Test

BLOCK = "stale_news"
_STALE = Pattern("news", "news", (Test("stale", "==", True),))
_NOT_GIVEN = Pattern("news", "news", (Test("given", "==", False),))
_REACTIVE = (Test("kind", "==", "reactive"), Test("class", "!=", "safety"), Test("class", "!=", "service"))
_PROMOTIONAL = (Test("class", "==", "promotional"),)


def rules_of(effect: Effect) -> tuple[CoreRule, ...]:
    """Promotional and reactive drafts wait for news that can be trusted; a reactive one also where nobody asked for news at all.

    Service and safety go on: they answer people, not the news (rulings: trusted news).
    """
    ways = ((_STALE, _PROMOTIONAL), (_STALE, _REACTIVE), (_NOT_GIVEN, _REACTIVE))
    return tuple(CoreRule(BLOCK, n, (Pattern("draft", "draft", tests), news), (), effect) for n, (news, tests) in enumerate(ways, start=1))
