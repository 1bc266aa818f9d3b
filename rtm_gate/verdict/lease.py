"""How long a go holds: a lease, never longer than the news it rests on, nor past the moment a time condition turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rtm_gate.facts.inputs import patterns_of
from rtm_gate.facts.scene import Facts, Scene
from rtm_gate.facts.world import trusted_until
from rtm_gate.model.moment import seconds
from rtm_gate.model.policy import Policy
from rtm_gate.model.schema import SCHEMA, Type
from rtm_gate.verdict.judged import Judged

IN_SESSION_LEASE = 60
"""Seconds: in-session and transactional answers are for now (rulings: numbers)."""


def valid_until(scene: Scene, facts: Facts | None, everything: Sequence[Judged]) -> int:
    """Epoch seconds (rulings: definitions 2)."""
    now = seconds(scene.now)
    moments = list(_lease(scene))
    moments += [o.until for one in everything for o in one.outcomes if o.until is not None and o.until > now]
    moments += ages_turn(scene.policy, facts, now) if facts else ()
    return max(now, min(moments))


def _lease(scene: Scene) -> Iterator[int]:
    yield seconds(scene.now) + (IN_SESSION_LEASE if scene.draft.kind in ("in_session", "transactional") else scene.policy.lease)
    if scene.news.given and (stale := trusted_until(scene.news, scene.now, scene.policy.stale_after)):
        yield seconds(stale)


def ages_turn(policy: Policy, facts: Facts, now: int) -> Iterator[int]:
    """When an age that a rule asks about will pass the rule's limit."""
    limits: dict[tuple[str, str], set[int]] = {}
    for pattern in patterns_of(policy):
        for test in pattern.tests:
            field = SCHEMA[pattern.kind].fields.get(test.field)
            if field is not None and field.type is Type.DURATION and isinstance(test.value, int):
                limits.setdefault((pattern.kind, test.field), set()).add(test.value)
    for fact in facts.rows:
        for (kind, name), values in limits.items():
            age = fact.values.get(name)
            if fact.kind == kind and isinstance(age, int):
                # The limit itself may still count on either side: it turns just as it is reached, and again a second later.
                yield from (now + max(limit - age, 1) for limit in values if limit >= age)


def renewed(scene: Scene, turns: int | None) -> int:
    """How long a go holds that was found to rest on the same things still; `turns`: when a time condition may change it."""
    moments = [*_lease(scene), *([turns] if turns is not None else [])]
    return max(seconds(scene.now), min(moments))
