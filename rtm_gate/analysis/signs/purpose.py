"""What a text is for: the wordings of patterns/purpose.toml, disclosure.toml and manners.toml, and the few that need the text's own case."""

from __future__ import annotations

import regex

from rtm_gate.analysis.patterns import Patterns

PURPOSES = Patterns(("purpose", "purpose"), ("disclosure", "disclosure"), ("manners", "manners"))
"""Kind of intent and pattern over the lower-case text."""

OTHER = Patterns(("purpose", "other"))
"""`charity`, what gives way to it, and `mascot`."""

PERSON = regex.compile(r"(?<![\w'’.])(?:I(?:'m|'ve|'d|'ll)?(?!\w|'|\.\w| (?:II|V))|[Mm]y(?:self)?|[Mm]e|[Mm]ine)(?![\w'])")
"""Over the text with its case: a single person speaks."""

SOMEBODY = regex.compile(
    r"^(?!(?:You|They|She|Who|Everyone|Everybody|Nobody|Somebody|Someone|Anyone|Police|Science|Research|Today|What|Team|Mum|Mom|Dad)\b)"
    r"(\p{Lu}\p{Ll}+[^\Ws]) (?:just )?(?:found|bought|got|grabbed|brought|picked up|scored|made|told|and I|says|said|gave me|lent)\b"
    r"(?= .*\b(?:we|I|me|my|us)\b)",
    regex.DOTALL,
)
"""A friend's name and what they did: somebody's private life on the brand's account."""

EMPLOYED = regex.compile(r"\bI(?:'ve| have)? (?:also |now |have )?work(?:ed|ing)? (?:at|for) (?!I\b)@?\p{Lu}")
"""Somebody names the house that pays them."""

REMEMBERED = regex.compile(r"\b[Rr]emember(?:ing)?(?= (?:the )?(?:#?\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}|\d+ (?:lives|victims|people)))")
"""Somebody is remembered by name."""

COMMERCE = frozenset(
    {"deal", "deals", "sale", "sales", "toy", "toys", "shop", "shopping", "offer", "offers", "discount", "discounts", "promo", "giveaway", "contest"}
    | {"sweepstakes", "save", "savings", "bogo", "bargain", "bargains", "buy", "order", "coupon", "gift", "gifts"}
)
"""Words that make a campaign of a hashtag."""
