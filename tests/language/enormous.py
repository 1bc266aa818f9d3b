"""Policies that are too deep, too wide, too long or too many of something."""

from __future__ import annotations

from collections.abc import Callable

HEAD = 'policy "Big" { language 1  owner "a@b.example"  audience GB  roles manager }\ntier manager { needs 1 manager }\n'


def rule(condition: str, name: str = "r", then: str = "hold for manager") -> str:
    return f'rule {name} "R" {{ when {condition}  then {then}  because "b"  fix "f" }}\n'


def each(template: str) -> Callable[[int], str]:
    """As many as wanted of a line with `{}` for its number."""
    return lambda many: HEAD + "".join(template.replace("{}", str(number)) + "\n" for number in range(many))


ENORMOUS: dict[str, Callable[[int], str]] = {
    # Deep.
    "parentheses": lambda many: HEAD + rule("(" * many + "draft is planned" + ")" * many),
    "as many parentheses as may be": lambda _: HEAD + rule("not (" * 20 + "draft is planned" + ")" * 20),
    "nots": lambda many: HEAD + rule("not " * many + "draft is planned"),
    "opened": lambda many: HEAD + "(" * many,
    "braces": lambda many: HEAD + "{" * many,
    "blocks in blocks": lambda many: HEAD + 'rule x "X" {' * many,
    "closed": lambda many: "}" * many,
    "quotes": lambda many: HEAD + '"' * (many | 1),
    "backslashes": lambda many: HEAD + '"' + "\\" * (many | 1),
    # Wide.
    "ors": lambda many: HEAD + rule(" or ".join(f"draft.length over {number} characters" for number in range(many))),
    "ors that may be": lambda _: HEAD + rule(" or ".join(f"draft.length over {number} characters" for number in range(60))),
    "products of ors": lambda many: (
        HEAD + rule(" and ".join(f"(draft.platform is p{n} or draft.author is a{n} or draft.length over {n} characters)" for n in range(many // 10)))
    ),
    "denied products": lambda many: HEAD + rule(" and ".join(f"not (any mention where topic is war and certainty at least {n})" for n in range(many // 10))),
    "members": lambda many: HEAD + rule("draft.platform is one of " + ", ".join(f"p{number}" for number in range(many))),
    "other members": lambda _: HEAD + rule("not draft.platform is one of " + ", ".join(f"p{number}" for number in range(190))),
    "terms": lambda many: HEAD + "topic t { terms " + ", ".join(f'"term {number} a"' for number in range(many)) + " }\n" + rule("draft mentions t"),
    "stars": lambda many: HEAD + rule('any hashtag where tag like "' + "*a" * many + '*"'),
    "effects": lambda many: HEAD + rule("draft is planned", then=", ".join(["hold for manager"] * many)),
    # Long.
    "a line": lambda many: HEAD + "# " + "x" * many * 180,
    "a text": lambda many: HEAD + rule("draft is planned").replace('"b"', '"' + "x" * many * 180 + '"'),
    "a name": lambda many: HEAD + rule("draft is planned", "r" * many * 10),
    "a field": lambda many: HEAD + rule("draft." + "r" * many * 10 + " is planned"),
    "a path": lambda many: HEAD + rule("draft" + ".a" * many),
    "words": lambda many: HEAD + "word " * many,
    "noughts": lambda many: HEAD + rule("draft.length over " + "0" * 5000 + "1 characters"),
    "digits": lambda many: HEAD + rule("draft.length over " + "9" * many * 10 + " characters"),
    "the far future": lambda _: HEAD + rule("draft is reactive", then="hold until 4000 weeks after draft.submitted"),
    "the distant past": lambda _: HEAD + rule("draft is reactive", then="hold until 4000 weeks before draft.submitted"),
    # Many.
    "clauses": lambda many: HEAD + 'rule r "R" { when draft is planned  then warn\n' + 'because "x"\n' * many + "}",
    "alternatives": lambda many: HEAD + 'trigger r "R" { ' + "never when draft is planned\n" * many + "}",
    "rules": each('topic t{} { terms "term{} alpha" }\nrule r{} "R" { when draft mentions t{}  then hold for manager  because "b" }'),
    "the same rule": each('rule r "R" { when draft is planned  then warn }'),
    "rules that say the same": each('rule r{} "R" { when draft is planned and draft.length over {} characters  then hold for manager  because "b" }'),
    "rules that count": each('rule r{} "R" { when at least 2 hashtag where tag is t{}  then hold for manager  because "b" }'),
    "unknown topics": each('rule r{} "R" { when draft mentions topik{}  then warn }'),
    "unknown tiers": each('tier tier{} { needs 1 manager }\nrule r{} "R" { when draft is planned  then hold for tieer{} }'),
    "topics": each('topic t{} { terms "term{} alpha" }'),
    "tiers": each("tier t{} { needs 1 manager }"),
    "settings": each('setting s{} {} "S"'),
    "checks": each('check c{} "C"'),
    "days": lambda many: HEAD + "calendar c {\n" + "".join(f'day d{number} "D" on 2026-01-01 solemn\n' for number in range(many)) + "}",
    "questions": lambda many: HEAD + 'checklist c "C" {\n' + "".join(f'ask a{number} "A?" must be yes\n' for number in range(many)) + "}",
    "tests": lambda many: HEAD + rule("draft is planned") + 'test "a" { draft { platform x  kind planned  text "a" }  expect hold from r }\n' * many,
    "includes": each('include "a{}.rtm"'),
}
"""By name: from how many to a text."""
