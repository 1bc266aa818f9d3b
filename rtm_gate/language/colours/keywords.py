"""The words of the language by what they do: the one table of whatever colours a policy.

A word of the grammar belongs in exactly one row, but for a word that begins an item and is also said inside one.
`tests/language/test_colours.py` compares the rows with grammar/policy.lark.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rtm_gate.language.syntax.words import BLOCKS

KEYWORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # Words that begin an item of a file; a name or a text follows.
        "block": BLOCKS,
        # Words that begin a clause of a block, and the words they go with.
        "clause": (
            "aim", "answer", "answers", "applies", "approval", "approve", "ask", "asked", "audience", "axes", "because", "but", "by", "called", "certainty",
            "check", "competitor", "copy", "covers", "day", "except", "expect", "fix", "formats", "hashtags", "high", "images", "language", "lasts", "late",
            "life", "low", "match", "means", "meant", "near", "needs", "never", "news", "off", "only", "open", "otherwise", "owner", "person", "product",
            "refuted", "respond", "resume", "reviewed", "risk", "roles", "scorers", "serves", "shelf", "similar", "spares", "stale", "stops", "terms",
            "text", "then", "timezone", "tolerates", "tone", "topics", "valid", "when", "with",
        ),
        # What a finding does.
        "effect": ("go", "hold", "no-go", "pause", "recommend", "require", "warn"),
        # How much, how many, compared with what, joined how.
        "operator": (
            "advice", "after", "again", "ago", "and", "any", "at", "be", "before", "every", "fewer", "first", "for", "from", "has", "in", "includes", "is",
            "known", "least", "like", "mentions", "more", "most", "must", "no", "not", "of", "on", "one", "or", "over", "should", "than", "the",
            "to", "touches", "under", "unknown", "until", "where", "within",
        ),
        # After a number.
        "unit": (
            "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "character", "characters",
        ),
        # Words that stand where a name or a text could.
        "value": ("everything", "line", "picture", "post", "posts"),
    }
)  # fmt: skip
