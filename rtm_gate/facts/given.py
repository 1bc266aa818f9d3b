"""Facts that somebody states, such as a test of a policy, beside those that are made from a scene."""

from __future__ import annotations

from collections.abc import Sequence

from rtm_gate.model.fact import Fact


def with_given(facts: Sequence[Fact], given: Sequence[Fact]) -> list[Fact]:
    """Each given fact sets its values on the fact that has its `ref`; those that share theirs with none stand at the end."""
    stated = {fact.ref: fact.values for fact in given if fact.ref}
    there = {fact.ref for fact in facts if fact.ref}
    found = [Fact(fact.kind, {**fact.values, **stated[fact.ref]}, fact.ref) if fact.ref in stated else fact for fact in facts]
    return found + [fact for fact in given if fact.ref not in there]
