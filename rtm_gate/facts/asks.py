"""What a policy asks of situations, so that only those are looked at which some rule could be about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.policy import Policy
from rtm_gate.model.rule import Pattern, Test
from rtm_gate.rules.reference import passes

Touch = Literal["words", "entity", "hashtag", "region"]

LATE = frozenset({"situation", "situation_region", "situation_tag", "count"})
"""Kinds whose facts are made from the situations, or after them."""
_FLAGS: dict[str, Touch] = {"touches_words": "words", "touches_entity": "entity"}
_LINKS: dict[str, Touch] = {"situation_tag": "hashtag", "situation_region": "region"}


@dataclass(frozen=True, slots=True)
class Ask:
    """One pattern of a situation: `tests` of its own fields, the `touches` it needs with the draft, and the patterns `beside` it.

    Everything here is necessary for the pattern to be met, nothing sufficient: a situation that no ask lets in can be in no match.
    """

    tests: tuple[Test, ...]
    touches: frozenset[Touch]
    beside: tuple[Pattern, ...] = ()


def asks_of(policy: Policy) -> tuple[Ask, ...]:
    """Each once, in the order of the rules; without those of situations about the brand, its products or competitors, which are found by name."""
    return tuple(dict.fromkeys(_asks(policy)))


def _asks(policy: Policy) -> Iterator[Ask]:
    for rule in policy.rules:
        yield from _of(rule.positives, rule.positives)
        for group in rule.absent:
            # What is absent is bound beside the positives, and to more than they bind: only its own patterns say what it needs.
            yield from _of(group, rule.positives)
    for count in policy.counts:
        for alternative in count.alternatives:
            yield from _of(alternative, alternative)


def _of(patterns: Sequence[Pattern], whole: Sequence[Pattern]) -> Iterator[Ask]:
    beside = tuple(Pattern("", other.kind, other.tests) for other in whole if other.kind not in LATE)
    for pattern in patterns:
        if pattern.kind == "situation" and all(passes(test, {"about": "none"}) for test in pattern.tests if test.field == "about"):
            needs = {_FLAGS[test.field] for test in pattern.tests if test.field in _FLAGS and (test.op, test.value) == ("==", True)}
            needs |= {_LINKS[other.kind] for other in patterns if other.kind in _LINKS and any(join.alias == pattern.alias for join in other.joins)}
            yield Ask(tuple(test for test in pattern.tests if test.field not in _FLAGS), frozenset(needs), tuple(dict.fromkeys(beside)))


def may_be_met(ask: Ask, facts: dict[str, list[Fact]], made_later: frozenset[tuple[str, str]]) -> bool:
    """Whether each pattern beside has a fact that passes its own tests. `made_later`: (kind, field) that no fact carries yet."""
    return all(any(passes_known(pattern.tests, fact.values, pattern.kind, made_later) for fact in facts.get(pattern.kind, ())) for pattern in ask.beside)


def passes_known(tests: Sequence[Test], values: Mapping[str, Value], kind: str, made_later: frozenset[tuple[str, str]]) -> bool:
    return all(((kind, test.field) in made_later and test.field not in values) or passes(test, values) for test in tests)
