"""What nobody declared: the class of a message and the category of its trigger. Facts with evidence, never policy."""

from __future__ import annotations

from rtm_gate.model.analysis import Analysis
from rtm_gate.model.draft import Draft
from rtm_gate.model.vocabulary import top_of

BIDDING = frozenset({"offer", "campaign_tag"})
"""Signs that no service message carries: it answers, it does not bid for custom."""
SELLING = frozenset({"offer", "call_to_action", "product"})
SERVING_KINDS = frozenset({"reply", "transactional", "in_session"})


def message_class(draft: Draft, analysis: Analysis) -> tuple[str, str]:
    """The class and the reason in words (rulings: definitions 6).

    An offer makes a service or transactional message promotional whatever the caller says: `spares` cannot smuggle.
    """
    seen = {intent.kind for intent in analysis.intents}
    if draft.message_class:
        if draft.message_class in ("service", "safety") and _bids(seen):
            return "promotional", f"declared {draft.message_class}, but it makes an offer"
        return draft.message_class, "declared"
    if draft.kind == "statement":
        return "statement", "a statement"
    if draft.kind in SERVING_KINDS and not _bids(seen):
        return "service", "a reply without an offer" if draft.kind == "reply" else f"{draft.kind} without an offer"
    if {"own_voice", "safety"} <= seen and not seen & SELLING:
        return "statement", "speaks of its own people's safety"
    if "own_voice" in seen and seen & {"closing", "sympathy"} and not seen & (SELLING | {"campaign_tag", "question"}):
        return "statement", "speaks for the brand with closing or condolence words"
    if "safety" in seen and not seen & SELLING:
        return "safety", "an instruction about a hazard"
    if "problem" in seen and "service" in seen and not seen & SELLING:
        return "service", "answers somebody's problem"
    if seen & SELLING:
        return "promotional", "an offer, a call to action or a product"
    return "editorial", "sells nothing"


def _bids(seen: set[str]) -> bool:
    """Whether it bids for custom: "order our new burger" does, "tap here to reset your password" is help."""
    return bool(seen & BIDDING) or ({"call_to_action", "product"} <= seen and not seen & {"service", "problem"})


TRIGGER_OF_TOPIC = {
    "politics": "political_social",
    "movement": "political_social",
    "justice": "political_social",
    "war": "political_social",
    "unrest": "political_social",
    "gender": "political_social",
    "weather": "weather",
    "disaster": "weather",
    "market": "industry_news",
    "finance": "industry_news",
}


def trigger_category(draft: Draft, analysis: Analysis) -> str:
    """The likeliest of the standard trigger categories."""
    if draft.kind == "reply":
        return "complaint"
    if any(media.origin == "ugc" for media in draft.media):
        return "customer_content"
    if any(name.kind == "competitor" for name in analysis.names):
        return "competitor"
    for mention in analysis.mentions:
        if mention.literal and top_of(mention.topic) in TRIGGER_OF_TOPIC:
            return TRIGGER_OF_TOPIC[top_of(mention.topic)]
    return "viral_moment" if draft.trending else "cultural_moment"
