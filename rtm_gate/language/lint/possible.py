"""What tests say together: whether any fact could pass them all, and whether passing them means passing another one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rtm_gate.language.lowering.literals import OPPOSITE, always_given
from rtm_gate.model.fact import Value
from rtm_gate.model.rule import Test
from rtm_gate.model.schema import SCHEMA, SELLS, Field, Type
from rtm_gate.model.topics import DEBATED, GRAVE, TOPICS
from rtm_gate.model.vocabulary import top_of

_LATE = ("active", "extended", "taper")


@dataclass(frozen=True, slots=True)
class Axiom:
    """A fact of `kind` that passes `if_` passes `then` too: how the facts room makes them."""

    kind: str
    if_: Test
    then: tuple[Test, ...]


def _only(field: str, words: Iterable[str], of: Sequence[str]) -> tuple[Test, ...]:
    kept = set(words)
    return tuple(Test(field, "!=", word) for word in of if word not in kept)


def _tops(tops: Iterable[str], out: bool) -> tuple[Test, ...]:
    """A topic is none of the standard ones outside of (or among) `tops`."""
    every = {top_of(name) for name in TOPICS}
    return tuple(Test("topic_top", "!=", top) for top in sorted(set(tops) if out else every - set(tops)))


_STATES = SCHEMA["situation"].fields["state"].words
_CONTRAST = {top_of(name) for name, row in TOPICS.items() if row.contrast}
AXIOMS: tuple[Axiom, ...] = (
    *(Axiom("draft", Test(flag, "==", True), (Test("sells", "==", True),)) for flag in SELLS),
    Axiom("draft", Test("disclosed_first", "==", True), (Test("disclosed", "==", True),)),
    Axiom("situation", Test("grave", "==", True), _tops(GRAVE, out=False)),
    Axiom("situation", Test("debated", "==", True), _tops(DEBATED, out=False)),
    Axiom("situation", Test("debated", "==", False), _tops(DEBATED, out=True)),
    Axiom("situation", Test("topic_top", "known"), (Test("sensitive", "==", True), *_tops(_CONTRAST, out=True))),
    Axiom("situation", Test("unsure", "==", True), _only("state", ("watch", "false_alarm"), _STATES)),
    Axiom("situation", Test("confirmed", "==", True), _only("state", _LATE, _STATES)),
    Axiom("situation", Test("alert", "==", True), _only("state", ("active", "extended"), _STATES)),
)
"""Checked against the facts of the bundled policy's tests, in tests/facts/test_axioms.py."""


@lru_cache(maxsize=16_384)
def impossible(kind: str, tests: tuple[Test, ...]) -> bool:
    """Whether no fact of the kind passes all the tests. False also where that cannot be told."""
    by_field = with_consequences(kind, tests)
    return any(_empty(kind, name, group) for name, group in by_field.items())


@lru_cache(maxsize=16_384)
def implied(kind: str, tests: tuple[Test, ...], wanted: Test) -> bool:
    """Whether every fact of the kind that passes the tests passes `wanted`. False also where that cannot be told."""
    return wanted in tests or all(impossible(kind, (*tests, other)) for other in opposites(wanted))


def opposites(test: Test) -> tuple[Test, ...]:
    """What a fact passes, one or the other, that does not pass the test."""
    if test.op == "known":
        return (Test(test.field, "unknown"),)
    if test.op == "unknown":
        return (Test(test.field, "known"),)
    return (Test(test.field, OPPOSITE[test.op], test.value), Test(test.field, "unknown"))


def with_consequences(kind: str, tests: Iterable[Test]) -> dict[str, list[Test]]:
    """The tests by field, with all that follows from them."""
    found: dict[str, list[Test]] = {}

    def add(test: Test) -> None:
        group = found.setdefault(test.field, [])
        if test not in group:
            group.append(test)

    for test in tests:
        add(test)
        if test.op == "==" and isinstance(test.value, str) and f"{test.field}_top" not in SCHEMA[kind].fields and _topic(kind, test.field):
            add(Test(f"{test.field}_top", "==", top_of(test.value)))
    if kind == "situation":
        # Every situation has a topic, and only sensitive ones are told of.
        add(Test("topic_top", "known"))
    for axiom in AXIOMS:
        if axiom.kind == kind:
            group = found.get(axiom.if_.field, [])
            if axiom.if_ in group or (group and all(_empty(kind, axiom.if_.field, (*group, other)) for other in opposites(axiom.if_))):
                for test in axiom.then:
                    add(test)
    return found


def _topic(kind: str, field: str) -> bool:
    row = SCHEMA[kind].fields.get(field)
    return row is not None and row.type is Type.TOPIC


def _empty(kind: str, name: str, tests: Sequence[Test]) -> bool:
    """Whether no value of the field, and not its absence either, passes all the tests."""
    field = SCHEMA[kind].fields.get(name)
    if any(test.op == "unknown" for test in tests):
        given = field is not None and not field.observed and always_given(kind, field)
        return given or any(test.op != "unknown" for test in tests)
    few = _values(field, tests)
    if few is not None:
        return not any(all(_passes(value, test) for test in tests) for value in few)
    # Only whole numbers are ordered; words of an open list are always more than a policy can name.
    low = 0 if field is not None and field.type in (Type.COUNT, Type.DURATION) else None
    bounds = [(test.op, test.value) for test in tests if isinstance(test.value, int)]
    lows = [value + (op == ">") for op, value in bounds if op in (">", ">=")] + ([] if low is None else [low])
    highs = [value - (op == "<") for op, value in bounds if op in ("<", "<=")]
    if not lows or not highs:
        return False
    least, out = max(lows), {value for op, value in bounds if op == "!="}
    while least in out:
        least += 1
    return least > min(highs)


def _values(field: Field | None, tests: Sequence[Test]) -> Sequence[Value] | None:
    """All the values that could matter, where they are few."""
    equal = [test.value for test in tests if test.op == "==" and test.value is not None]
    if equal:
        return equal[:1]
    if any(isinstance(test.value, bool) for test in tests) or (field is not None and field.type is Type.FLAG):
        return (True, False)
    if field is not None and field.type is Type.LEVEL:
        return range(len(field.words))
    return field.words if field is not None and field.type is Type.WORD and field.words else None


def _passes(value: Value, test: Test) -> bool:
    if test.op == "known":
        return True
    if isinstance(value, bool) is not isinstance(test.value, bool) or isinstance(value, str) is not isinstance(test.value, str):
        return False
    match test.op:
        case "==":
            return value == test.value
        case "!=":
            return value != test.value
    if not isinstance(value, int) or not isinstance(test.value, int):
        return False
    return {"<": value < test.value, "<=": value <= test.value, ">": value > test.value, ">=": value >= test.value}[test.op]
