"""docs/facts.md: what a policy may ask about, made from rtm_gate/model/schema.py."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.model.schema import SCHEMA, ComesFrom, FactKind, Field, Type

HEAD = """\
# Facts and fields

What a policy may ask about. This page is made from `rtm_gate/model/schema.py` by `make reference`; every example on it is checked as a policy.
`rtm-gate policy explain --fields FACT` lists the fields of one in a terminal.

A fact of which a check has one is asked by name: `when draft.queued`. Of the others there may be none or many: `when any situation where grave`;
their examples stand behind the `where`. A *set* has many values: `draft.regions includes US-NY`.

"""
TYPES = {
    Type.WORD: ("a name in small letters; one of a closed list where the field names one", "–", "`is`, `is not`, `is one of`"),
    Type.TOPIC: ("a topic, which stands for all below it: `tragedy` for `tragedy.crash` too", "–", "`is`, `is not`, `is one of`"),
    Type.REGION: ("an ISO 3166 country or subdivision: `US`, `US-NY`", "–", "`includes`, `includes any of`"),
    Type.TEXT: ('words in quotes; `*` stands for any: `"#PrayFor*"`', "–", "`like`"),
    Type.FLAG: ("nothing: its name is the question", "–", "its name alone, `not`"),
    Type.COUNT: ("a whole number: `3`, `280 characters`", "one", "`is`, `at least`, `at most`, `over`, `under`"),
    Type.INSTANT: ("a time or a day: `2026-01-05T12:00Z`, `2026-01-05`, or another field", "second, UTC", "`before`, `after`"),
    Type.DURATION: ("`30 minutes`, `24 hours`, `7 days`, or a setting", "second", "`at least`, `at most`, `over`, `under`"),
    Type.RATIO: ("a multiple, a percentage or a number: `3x`, `20%`, `0.5`", "one, to six places", "`at least`, `at most`, `over`, `under`"),
    Type.LEVEL: ("one of its words, which have an order", "–", "`is`, `at least`, `at most`, `over`, `under`"),
}
SOURCES = {
    ComesFrom.CALLER: "the draft as it was handed in, or the policy where the draft is silent",
    ComesFrom.TEXT: "read in the draft's words, tags, links and descriptions",
    ComesFrom.NEWS: "the feeds, and what follows from them",
    ComesFrom.PEOPLE: "sign-offs, answers, scores and what somebody looked at, as recorded or as the draft says",
    ComesFrom.CALENDAR: "days that are kept where the draft is shown",
    ComesFrom.TOOLS: "listening and analytics tools",
    ComesFrom.PROJECT: "what the project says of itself",
}
SORTS = """\
## Supplied and observed

| | means | when it is missing |
|---|---|---|
| supplied | evidence that somebody gives, or that stands in the text | not given: a flag is false, a comparison does not hold; `not` and `is not` do |
| observed | read from the world | unknown: met in a rule that stops, which then holds at most and says `assumed`; not met in `except when` |

`is known` and `is unknown` ask which it is.

"""
WORDS = {
    "class": "promotional", "platform": "x", "channels": "x", "language": "foreign", "template": "weather_tie_in", "origin": "ai_assisted", "author": "sam",
    "author_role": "manager", "stage": "lead", "name": "main", "industry": "finance", "term": "shooting", "tag": '"#barweek"', "type": "video",
    "category": "viral_moment", "inferred": "viral_moment", "segments": "fans", "person": "kim", "axis": "interest", "role": "manager",
    "checks": "fact_check", "question": "legal_cleared", "metric": "negative_replies",
}  # fmt: skip
"""An example of each open word; of a closed one it is its first."""
TOPICS = {"core_issues": "gender", "issues": "politics"}
LIKE = {"draft.text": '"*we have all been there*"', "hashtag.text": '"#PrayFor*"'}
OUT_OF_TEN = ("scores.spread", "scores.relevance", "scores.interest", "score.value")
SHARES = ("sensitive_share", "planned_share", "certainty", "value")


def page() -> str:
    kinds = [kind for kind in SCHEMA.values() if not kind.internal]
    return HEAD + "".join([*_types(), SORTS, *_sources(), *(row for kind in kinds for row in _kind(kind))]).rstrip("\n") + "\n"


def _types() -> Iterator[str]:
    yield "## Types\n\n| type | written | unit | asked with |\n|---|---|---|---|\n"
    yield from (f"| {kind} | {written} | {unit} | {asked} |\n" for kind, (written, unit, asked) in TYPES.items())
    yield "\n"


def _sources() -> Iterator[str]:
    yield "## Where a value comes from\n\n| | |\n|---|---|\n"
    yield from (f"| {source} | {said} |\n" for source, said in SOURCES.items())
    yield "\n"


def _kind(kind: FactKind) -> Iterator[str]:
    yield f"## {kind.name}\n\n{kind.doc[:1].upper()}{kind.doc[1:]}; "
    yield "a check has one.\n\n" if kind.single else f"a check has any number: `any {kind.name} where …`.\n\n"
    yield "| field | type | sort | from | means | example |\n|---|---|---|---|---|---|\n"
    for field in kind.fields.values():
        words = f": {', '.join(field.words)}" if field.words else ""
        sort = "observed" if field.observed else "supplied"
        type_ = f"set of {field.type}s" if field.many else str(field.type)
        yield f"| `{field.name}` | {type_} | {sort} | {kind.whence(field.name)} | {field.doc}{words} | `{example(kind, field)}` |\n"
    yield "\n"


def example(kind: FactKind, field: Field) -> str:
    """A condition on the field; of a fact that there may be many of, the part behind `where`."""
    asked = f"{kind.name}.{field.name}" if kind.single else field.name
    return f"{asked} {_rest(kind.name, field)}".strip()


def _rest(kind: str, field: Field) -> str:
    verb = "includes" if field.many else "is"
    match field.type:
        case Type.FLAG:
            return ""
        case Type.WORD:
            return f"{verb} {field.words[0] if field.words else WORDS[field.name]}"
        case Type.TOPIC:
            return f"{verb} {TOPICS.get(field.name, 'disaster')}"
        case Type.REGION:
            return f"{verb} US-NY"
        case Type.TEXT:
            return f"like {LIKE[f'{kind}.{field.name}']}"
        case Type.COUNT:
            return "over 280 characters" if field.name == "length" else "at least 2"
        case Type.INSTANT:
            return "after 2026-01-05T12:00Z"
        case Type.DURATION:
            return "over 24 hours"
        case Type.LEVEL:
            return f"at least {field.words[-2]}"
        case Type.RATIO if f"{kind}.{field.name}" in OUT_OF_TEN:
            return "over 2" if field.name == "spread" else "at least 7"
        case Type.RATIO:
            return "over 20%" if field.name in SHARES else "at least 3x"
