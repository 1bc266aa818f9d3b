"""Whether rules and facts keep to the types: checked before either evaluator sees them.

A problem here is a bug of the compiler or of the facts room, not of the author, but it is said rather than judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.rule import CoreRule, Join, Pattern, Test

Types = Mapping[str, Mapping[str, type]]
"""kind -> field -> str, int or bool."""

LARGEST = 2**53
"""The engine reads numbers beyond this inexactly."""

COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
ORDERINGS = ("<", "<=", ">", ">=")


_NAME = re.compile(r"[a-z][a-z0-9_]*")
"""Kinds go into the engine as they are."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What an author's block asks that cannot be judged, and what to do. Lower case, without a full stop."""

    block: str
    message: str


def unfit(value: Value, wanted: type) -> str:
    """'' or what is wrong with a value of a field of type `wanted`; a bool is no int."""
    if type(value) is not wanted:
        return f"is {type(value).__name__}, not {wanted.__name__}"
    if wanted is int and not -LARGEST <= int(value) <= LARGEST:
        return f"is beyond ±{LARGEST:,}"
    return ""


def misfit(facts: Sequence[Fact], types: Types) -> str:
    """'' or the first fact that is not what `types` promises."""
    for number, fact in enumerate(facts):
        fields = types.get(fact.kind)
        if fields is None:
            return f"fact {number}: there is no kind `{fact.kind}`"
        for field, value in fact.values.items():
            wanted = fields.get(field)
            if wanted is None:
                return f"fact {number}: `{fact.kind}` has no field `{field}`"
            if type(value) is not wanted or wanted is int:
                wrong = unfit(value, wanted)
                if wrong:
                    return f"fact {number}: `{fact.kind}.{field}` {wrong}"
    return ""


def problems(rules: Sequence[CoreRule], types: Types) -> list[Problem]:
    """Unknown kinds, fields and aliases, mixed types, ordering of what has no order."""
    return sorted({Problem(rule.block, message) for rule in rules for message in _of_rule(rule, types)})


def _of_rule(rule: CoreRule, types: Types) -> Iterator[str]:
    known: dict[str, Pattern] = {}
    for pattern in rule.positives:
        yield from _of_pattern(pattern, known, types)
        known[pattern.alias] = pattern
    for group in rule.absent:
        if not group:
            yield "an absent group has no pattern"
        beside = dict(known)
        for pattern in group:
            yield from _of_pattern(pattern, beside, types)
            beside[pattern.alias] = pattern


def _of_pattern(pattern: Pattern, earlier: Mapping[str, Pattern], types: Types) -> Iterator[str]:
    if pattern.alias in earlier:
        yield f"the alias `{pattern.alias}` is given twice"
    if pattern.kind not in types or not _NAME.fullmatch(pattern.kind):
        yield f"there is no kind `{pattern.kind}`"
        return
    fields = types[pattern.kind]
    for test in pattern.tests:
        yield from _of_test(pattern.kind, test, fields.get(test.field))
    for join in pattern.joins:
        other = earlier.get(join.alias)
        if other is None:
            yield f"`{pattern.alias}` is compared with `{join.alias}`, which is not bound before it"
        elif other.kind in types:
            yield from _of_join(pattern.kind, other.kind, join, fields.get(join.field), types[other.kind].get(join.other))


def _of_test(kind: str, test: Test, wanted: type | None) -> Iterator[str]:
    if wanted is None:
        yield f"`{kind}` has no field `{test.field}`"
    elif test.op in COMPARISONS:
        wrong = "has no value" if test.value is None else unfit(test.value, wanted)
        if wrong:
            yield f"what `{kind}.{test.field}` is compared with {wrong}"
        if test.op in ORDERINGS and wanted is not int:
            yield f"`{kind}.{test.field}` is {wanted.__name__} and has no order for `{test.op}`"
    elif test.op not in ("known", "unknown"):
        yield f"there is no test `{test.op}`"


def _of_join(kind: str, other: str, join: Join, left: type | None, right: type | None) -> Iterator[str]:
    if left is None:
        yield f"`{kind}` has no field `{join.field}`"
    if right is None:
        yield f"`{other}` has no field `{join.other}`"
    if left is None or right is None:
        return
    if left is not right:
        yield f"`{kind}.{join.field}` is {left.__name__} and `{other}.{join.other}` is {right.__name__}"
    if join.op not in COMPARISONS:
        yield f"there is no comparison `{join.op}`"
    if join.op in ORDERINGS and left is not int:
        yield f"`{kind}.{join.field}` is {left.__name__} and has no order for `{join.op}`"
