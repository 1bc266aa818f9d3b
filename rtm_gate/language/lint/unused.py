"""Names that nothing refers to: settings, tiers, roles, topics. Tests do not count, they only try what is there.

Checks are left alone: drafts and sign-offs bring them from outside, whether the policy asks or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rtm_gate.language.lint.possible import impossible
from rtm_gate.language.lint.subject import Subject, below, named, warning
from rtm_gate.language.syntax import nodes
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.rule import Pattern, Test
from rtm_gate.model.source import At
from rtm_gate.model.topics import DEBATED, GRAVE, TOPICS
from rtm_gate.model.vocabulary import top_of

_TIER_CLAUSES = ("approval", "resume by")
_SAID_OF = {"mention": "", "situation": "", "hashtag": "topic", "trigger": "topic", "member": "value"}
"""Facts that a topic's words bring about (any test on them is a use), or that carry a topic in a field (a test on it is one)."""


def unused(subject: Subject) -> Iterator[Diagnostic]:
    items = tuple(item for file in subject.files for item in file.items)
    effects = list(below(items, nodes.Effect))
    seats = [seat for item in items if item.word == "tier" for seat in below(item, nodes.Seat)]
    values = {value.text for value in below(items, nodes.Value) if value.sort in ("name", "text")}
    tiers = {name.text for effect in effects if effect.kind == "hold for" for name in effect.names}
    tiers |= {name.text for item in items for clause in item.all(*_TIER_CLAUSES) for name in clause.names}
    for sort, used in (("setting", values), ("tier", tiers)):
        for name, item in subject.names.of(sort).items():
            if name not in used:
                yield _unused(sort, name, named(item).at)
    yield from _roles(subject, items, seats, values)
    yield from _topics(subject)


def _unused(sort: str, name: str, at: At) -> Diagnostic:
    wanted = {"tier": f"`hold for {name}`", "role": "a tier that needs it"}
    return warning("RTM413", f"nothing uses the {sort} `{name}`", at, "take it out", *([f"or ask for it: {wanted[sort]}"] if sort in wanted else []))


def _roles(subject: Subject, items: tuple[nodes.Item, ...], seats: list[nodes.Seat], values: set[str]) -> Iterator[Diagnostic]:
    """Where a tier takes anybody, every role may sign; where there is no tier at all, the roles wait for the first one."""
    used = {role.text for seat in seats for role in seat.roles} | values
    used |= {name.text for item in items if item.word != "policy" for clause in item.all("by") for name in clause.names}
    if seats and not used & {"person", "people"} and subject.names.policy is not None:
        for name in (name for clause in subject.names.policy.all("roles") for name in clause.names):
            if name.text not in used:
                yield _unused("role", name.text, name.at)


def _topics(subject: Subject) -> Iterator[Diagnostic]:
    """Only topics that stand alone: more words for a standard topic change what the standard facts say."""
    policy = subject.policy
    patterns = [pattern for rule in (policy.rules if policy else ()) for group in (rule.positives, *rule.absent) for pattern in group]
    patterns += [pattern for query in (policy.counts if policy else ()) for row in query.alternatives for pattern in row]
    named_by: dict[object, dict[Pattern, None]] = {}
    for pattern in patterns:
        if pattern.kind in _SAID_OF:
            # Under other aliases it asks for the same.
            named_by.setdefault(_names(pattern), {})[replace(pattern, alias="")] = None
    written = {name.text for item in subject.blocks for clause in item.all("topics") for name in clause.names}
    for name, item in subject.names.of("topic").items():
        has_words = bool(item.all("terms", "hashtags"))
        asked = (pattern for key in dict.fromkeys((name, top_of(name), None)) for pattern in named_by.get(key, ()))
        if has_words and top_of(name) not in TOPICS and name not in written and not any(_met_by(pattern, name) for pattern in asked):
            yield _unused("topic", name, named(item).at)


def _names(pattern: Pattern) -> object:
    """The one topic, or its top, that a pattern asks for; None where it could be any."""
    field = _SAID_OF[pattern.kind] or "topic"
    return next((test.value for test in pattern.tests if test.op == "==" and test.field in (field, f"{field}_top")), None)


def _met_by(pattern: Pattern, topic: str) -> bool:
    """Whether what the topic's words find could be what the pattern asks for."""
    field = _SAID_OF[pattern.kind]
    if field and not any(name.startswith(field) for name in _fields(pattern)):
        return False
    name = field or "topic"
    about: Iterable[Test] = (Test(name, "==", topic), Test(f"{name}_top", "==", top_of(topic)))
    if pattern.kind == "situation":
        about = (*about, Test("grave", "==", top_of(topic) in GRAVE), Test("debated", "==", top_of(topic) in DEBATED))
    return not impossible(pattern.kind, (*pattern.tests, *about))


def _fields(pattern: Pattern) -> list[str]:
    return [test.field for test in pattern.tests] + [join.field for join in pattern.joins]
