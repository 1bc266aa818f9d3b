"""What a policy asks that the engine cannot do: said in the author's terms, before any ruleset is made.

Nothing here is cut off or tried: past its limits the engine hangs or corrupts memory.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rtm_gate.model.rule import CoreRule, Pattern
from rtm_gate.model.schema import SCHEMA
from rtm_gate.rules import capacity, shape
from rtm_gate.rules.network import Production, Properties, productions
from rtm_gate.rules.shape import Problem, Types

_MANY = 12
"""Facts of a kind that an ordinary check has."""

_FEW = 3
"""Of these, facts of one name."""

_MOST_TUPLES = 2000
"""Tuples of an ordinary check for one production: three kinds may be combined freely, a fourth needs a tie."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A policy as the engine takes it. `routed`: its facts carry the routes of `capacity.spread`."""

    productions: tuple[Production, ...]
    names: Properties
    routed: bool


def problems(rules: Sequence[CoreRule], types: Types) -> list[Problem]:
    """Everything that keeps `Engine(rules, types)` from being built, by block; empty when nothing does."""
    found = fitted(rules, types)
    return found if isinstance(found, list) else []


def fitted(rules: Sequence[CoreRule], types: Types) -> Fitted | list[Problem]:
    wrong = shape.problems(rules, types)
    if wrong:
        return wrong
    names = Properties.read_by(rules)
    made = productions(rules, names)
    blocks = [rule.block for rule in rules]
    found = {
        *(Problem(blocks[production.uses[0].rule], message) for production in made for message in _of_production(production, types)),
        *_fields(rules, names),
        *_size(made, blocks),
    }
    if found:
        return sorted(found)
    spread = capacity.spread(made)
    if spread is None:
        return [Problem(_most(Counter(blocks)), "with the other blocks it asks about more than can be judged at once: split the policy")]
    return Fitted(spread[0], names, spread[1])


def _of_production(production: Production, types: Types) -> Iterator[str]:
    patterns = production.patterns
    if len(patterns) > capacity.MOST_PATTERNS:
        yield f"one of its cases looks at {len(patterns)} facts together; {capacity.MOST_PATTERNS} is the most: split it into several rules"
    for pattern in patterns:
        if len(pattern.joins) > capacity.MOST_JOINS:
            yield (
                f"it compares one `{pattern.kind}` with other facts in {len(pattern.joins)} ways; {capacity.MOST_JOINS} is the most: "
                "split it into several rules"
            )
    choices = [_choices(pattern, types) for pattern in patterns]
    if math.prod(choices) > _MOST_TUPLES:
        many = dict.fromkeys(pattern.kind for pattern, number in zip(patterns, choices, strict=True) if number > 1 and not _internal(pattern.kind))
        listed = ", ".join(f"`{kind}`" for kind in many)
        yield f"it combines every {listed} with each other: say what ties them together (the same region, tag or topic), or split it into several rules"


def _internal(kind: str) -> bool:
    """Made by lowering: no word of an author."""
    return kind in SCHEMA and SCHEMA[kind].internal


def _choices(pattern: Pattern, types: Types) -> int:
    """How many facts an ordinary check offers this pattern once the earlier ones are bound."""
    known = SCHEMA.get(pattern.kind)
    if known is not None and known.single:
        return 1
    fields = types[pattern.kind]
    if any(join.op == "==" and fields[join.field] is not bool for join in pattern.joins):
        return 1
    return _FEW if any(test.op == "==" and fields[test.field] is not bool for test in pattern.tests) else _MANY


def _fields(rules: Sequence[CoreRule], names: Properties) -> Iterator[Problem]:
    for kind, props in names.of.items():
        if len(props) > capacity.MOST_FIELDS:
            asked = Counter({rule.block: 0 for rule in rules})
            for rule in rules:
                asked[rule.block] += len(Properties.read_by([rule]).of.get(kind, ()))
            number = len(props)
            yield Problem(
                _most(asked), f"the policy asks about {number} fields of `{kind}`, most of them here; {capacity.MOST_FIELDS} is the most: split the policy"
            )


def _size(made: Sequence[Production], blocks: Sequence[str]) -> Iterator[Problem]:
    clauses = sum(len(production.clauses) for production in made)
    for number, most, what in ((len(made), capacity.MOST_PRODUCTIONS, "cases"), (clauses, capacity.MOST_CLAUSES, "conditions on facts")):
        if number > most:
            block = _most(Counter(blocks[use.rule] for production in made for use in production.uses))
            yield Problem(block, f"the policy becomes {number:,} {what}, most of them here; {most:,} is the most: split the policy or use fewer `or`")


def _most(blocks: Counter[str]) -> str:
    """The block that counts most."""
    return min(blocks, key=lambda name: (-blocks[name], name))
