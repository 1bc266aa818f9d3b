"""What a core rule asks for, in the author's own words: for coverage, and for what a failing test says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rtm_gate.language.explain import amount_said, effect_said, is_link, join_said, member_said, tests_said
from rtm_gate.model.fact import Value
from rtm_gate.model.policy import Policy
from rtm_gate.model.rule import CoreRule, Join, Pattern, Test
from rtm_gate.model.schema import SCHEMA, SINGLES, Field, Type

_COUNTED = {"==": "exactly", "!=": "not", "<": "fewer than", "<=": "at most", ">": "more than", ">=": "at least"}
COMPANION = re.compile(r"_top\b")
"""The ending of the companions of topics, which no author wrote."""


def condition(pattern: Pattern, test: Test | Join, policy: Policy) -> str:
    """One test or join of a pattern as an author writes it. `is not` of a closed list stands with its fellows, as what they leave."""
    fields = SCHEMA[pattern.kind].fields
    if isinstance(test, Join):
        said = join_said(test, fields.get(test.field))
    else:
        closed = test.op == "!=" and test.field in fields and fields[test.field].type is Type.WORD and fields[test.field].words
        fellows = [other for other in pattern.tests if other.field == test.field and other.op == "!="] if closed else [test]
        said = next(iter(tests_said(replace(pattern, tests=tuple(fellows)), policy))).replace("touches_", "touches ")
    said = COMPANION.sub("", said)
    if pattern.kind not in SINGLES:
        return said
    return f"not {pattern.kind}.{said[4:]}" if said.startswith("not ") else f"{pattern.kind}.{said}"


def conditions(patterns: Sequence[Pattern], policy: Policy) -> str:
    """A conjunction of patterns as an author writes it, but for its `any` or `no`: `media where not previewed`.

    Links between facts are told on the fact they hang on: `situation where (grave and touches region)`.
    """
    return " and ".join(said for said, _ in _parts(patterns, policy))


def asked(rule: CoreRule, policy: Policy) -> list[str]:
    """All that a core rule asks for, one condition each: `any media where not previewed`, `draft.queued`, `no approval`."""
    found = [f"any {said}" if plural else said for said, plural in _parts(rule.positives, policy)]
    return [*found, *dict.fromkeys(denied(group, policy) for group in rule.absent)]


def _parts(patterns: Sequence[Pattern], policy: Policy) -> list[tuple[str, bool]]:
    """What is said of each fact, and whether it is one among many. Facts that are only compared with say nothing."""
    facts = [pattern for pattern in patterns if not _is_link(pattern, patterns)]
    kinds = [pattern.kind for pattern in facts]
    linked: dict[str, dict[str, None]] = {}
    for pattern in patterns:
        said = _linked(pattern) if _is_link(pattern, patterns) else None
        if said is not None:
            linked.setdefault(said[0], {}).setdefault(said[1])
    found = []
    for fact in facts:
        # A number in an alias tells facts of one kind apart: where there is one only, it is noise.
        named = replace(fact, alias=fact.kind) if kinds.count(fact.kind) == 1 else fact
        more = linked.pop(fact.alias, {})
        if fact.tests or fact.joins or more or fact.kind not in SINGLES or len(patterns) == 1:
            found.append((_spoken(named, more, policy), fact.kind not in SINGLES and fact.kind != "count"))
    return found + [(said, False) for more in linked.values() for said in more]


def _is_link(pattern: Pattern, patterns: Sequence[Pattern]) -> bool:
    return pattern.kind == "member" or is_link(pattern, patterns)


def _linked(pattern: Pattern) -> tuple[str, str] | None:
    """The alias of the fact a link hangs on (empty: none that is among many), and what it says of it."""
    owner = next((join.alias for join in pattern.joins if join.other == "key"), "")
    if pattern.kind == "member":
        value, _, of = COMPANION.sub("", member_said(pattern)).partition(" among ")
        name = of.partition(" of ")[0]
        return owner, f"{name.partition('.')[2] if owner else name} includes {value}"
    if pattern.kind == "draft_region" and not pattern.joins:
        return "", f"draft.regions includes {next((test.value for test in pattern.tests if test.field == 'code'), '')}"
    return {"situation_region": (owner, "touches region"), "situation_tag": (owner, "touches hashtag")}.get(pattern.kind)


def _spoken(pattern: Pattern, linked: Iterable[str], policy: Policy) -> str:
    if pattern.kind == "count":
        return counted(pattern, policy)
    tested = [condition(pattern, test, policy) for test in pattern.tests] + [condition(pattern, join, policy) for join in pattern.joins]
    said = list(dict.fromkeys([*tested, *linked]))
    if pattern.kind in SINGLES:
        return " and ".join(said) or pattern.kind
    return pattern.alias + (f" where {said[0]}" if len(said) == 1 else f" where ({' and '.join(said)})" if said else "")


def ways(policy: Policy, rule: CoreRule) -> tuple[str, ...]:
    """One reason of a block to fire, and what it does then, a line each."""
    return (*(f"{'and' if number else 'when'} {said}" for number, said in enumerate(asked(rule, policy))), f"then {effect_said(rule.effect)}")


def counted(pattern: Pattern, policy: Policy) -> str:
    """What a `count` pattern asks for: `at least 2 media where previewed`."""
    name = next((test.value for test in pattern.tests if test.field == "of"), "")
    alternatives = next((query.alternatives for query in policy.counts if query.name == name), ())
    limits = [(test.op, test.value) for test in pattern.tests if test.field == "n"]
    if limits == [("<", 1)]:
        return " and ".join(dict.fromkeys(denied(patterns, policy) for patterns in alternatives))
    meant = " or ".join(dict.fromkeys(conditions(patterns, policy) for patterns in alternatives))
    return " and ".join(f"{_COUNTED[op]} {value}" for op, value in limits) + f" {meant}"


def denied(patterns: Sequence[Pattern], policy: Policy) -> str:
    """That a conjunction of patterns is met by nothing: `no media where previewed`, `not draft.queued`."""
    said = conditions(patterns, policy)
    if SCHEMA[patterns[0].kind].internal or patterns[0].kind in SINGLES:
        return f"not ({said})" if " and " in said else f"not {said}"
    return f"no {said}"


def amount(field: Field, value: Value) -> str:
    """A value of a fact as an author writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else amount_said(field, value)
