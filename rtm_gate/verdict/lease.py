"""How long a go holds: a lease, never longer than the news it rests on, nor past the moment a time condition turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rtm_gate.facts.scene import Facts, Scene
from rtm_gate.facts.world import trusted_until
from rtm_gate.model.moment import seconds
from rtm_gate.model.policy import Policy
from rtm_gate.model.rule import Pattern
from rtm_gate.model.schema import SCHEMA, Type
from rtm_gate.verdict.judged import Judged

IN_SESSION_LEASE = 60
"""Seconds: in-session and transactional answers are for now (rulings: numbers)."""


def valid_until(scene: Scene, facts: Facts | None, everything: Sequence[Judged]) -> int:
    """Epoch seconds (rulings: definitions 2)."""
    now = seconds(scene.now)
    moments = [now + (IN_SESSION_LEASE if scene.draft.kind in ("in_session", "transactional") else scene.policy.lease)]
    if scene.news.given and (stale := trusted_until(scene.news, scene.now, scene.policy.stale_after)):
        moments.append(seconds(stale))
    moments += [o.until for one in everything for o in one.outcomes if o.until is not None and o.until > now]
    moments += _ages_turn(scene.policy, facts, now) if facts else ()
    return max(now, min(moments))


def _ages_turn(policy: Policy, facts: Facts, now: int) -> Iterator[int]:
    """When an age that a rule asks about will pass the rule's limit."""
    limits: dict[tuple[str, str], set[int]] = {}
    for pattern in _patterns(policy):
        for test in pattern.tests:
            field = SCHEMA[pattern.kind].fields.get(test.field)
            if field is not None and field.type is Type.DURATION and isinstance(test.value, int):
                limits.setdefault((pattern.kind, test.field), set()).add(test.value)
    for fact in facts.rows:
        for (kind, name), values in limits.items():
            age = fact.values.get(name)
            if fact.kind == kind and isinstance(age, int):
                # The limit itself may still count on either side, so the lease ends just as it is reached.
                yield from (now + limit - age for limit in values if limit > age)


def _patterns(policy: Policy) -> Iterator[Pattern]:
    for rule in policy.rules:
        yield from rule.positives
        for group in rule.absent:
            yield from group
    for count in policy.counts:
        for alternative in count.alternatives:
            yield from alternative
