"""Facts made to fit rules: what a trial judges, so that every pattern of a policy is walked once."""

from __future__ import annotations

from collections.abc import Mapping

from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.rule import CoreRule, Op, Pattern, Test, TestOp
from rtm_gate.rules.shape import LARGEST, Types


def facts_for(rule: CoreRule, types: Types) -> list[Fact]:
    """A fact for each positive pattern and each pattern of an absent group, passing its tests where they can be passed together."""
    found: list[Fact] = []
    positives: dict[str, Mapping[str, Value]] = {}
    for pattern in rule.positives:
        positives[pattern.alias] = _values(pattern, positives, types)
        found.append(Fact(pattern.kind, positives[pattern.alias]))
    for group in rule.absent:
        bound = dict(positives)
        for pattern in group:
            bound[pattern.alias] = _values(pattern, bound, types)
            found.append(Fact(pattern.kind, bound[pattern.alias]))
    return found


def _values(pattern: Pattern, bound: Mapping[str, Mapping[str, Value]], types: Types) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for test in sorted(pattern.tests, key=_pins):
        if test.op != "unknown" and test.field not in values:
            values[test.field] = _fitting(test.op, test.value, types[pattern.kind][test.field])
    for join in pattern.joins:
        there = bound[join.alias].get(join.other)
        if there is not None and join.field not in values:
            values[join.field] = _fitting(join.op, there, types[pattern.kind][join.field])
    return values


def _pins(test: Test) -> bool:
    """Equalities come first: they leave no choice."""
    return test.op != "=="


def _fitting(op: TestOp | Op, value: Value | None, wanted: type) -> Value:
    if value is None:
        zero: Value = wanted()
        return zero
    if op in ("==", "<=", ">="):
        return value
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return value + "'"
    return max(value - 1, -LARGEST) if op == "<" else min(value + 1, LARGEST)
