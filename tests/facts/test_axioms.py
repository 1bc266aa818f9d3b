"""What the lints take for certain about facts, held against the facts of real checks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rtm_gate import resources
from rtm_gate.facts import Scene
from rtm_gate.facts.build import build
from rtm_gate.gate import Gate
from rtm_gate.gate.testing.stage import stage_of
from rtm_gate.language.lint.possible import AXIOMS
from rtm_gate.language.lowering.literals import always_given
from rtm_gate.model.fact import Fact
from rtm_gate.model.schema import ALWAYS_THERE, SCHEMA, Type
from rtm_gate.rules.reference import passes

Check = tuple[Fact, ...]


@pytest.fixture(scope="module")
def checks() -> tuple[Check, ...]:
    """The facts of every test of the bundled policy, and of one draft against the demonstration's feeds."""
    with Gate.open(resources.path("policies") / "standard.rtm") as gate:
        return tuple(_checks(gate))


def _checks(gate: Gate) -> Iterator[Check]:
    for test in gate.policy.tests:
        stage = stage_of(gate, test)
        for news in (stage.news, gate.news([str(resources.path("feeds") / "demo")], now=stage.now)):
            yield build(Scene(stage.draft, gate.analyse(stage.draft), news, gate.policy, stage.now)).rows


def test_every_axiom_holds_and_speaks_of_some_fact(checks: tuple[Check, ...]) -> None:
    facts = [fact for check in checks for fact in check]
    for axiom in AXIOMS:
        met = [fact for fact in facts if fact.kind == axiom.kind and passes(axiom.if_, fact.values)]
        assert all(passes(test, fact.values) for fact in met for test in axiom.then), axiom
    assert {axiom.kind for axiom in AXIOMS} <= {fact.kind for fact in facts}
    assert all(fact.values["topic_top"] for fact in facts if fact.kind == "situation")


def test_facts_that_are_always_there_are(checks: tuple[Check, ...]) -> None:
    for check in checks:
        assert all([fact.kind for fact in check].count(kind) == 1 for kind in ALWAYS_THERE)


def test_fields_that_are_always_given_are_and_closed_words_are_closed(checks: tuple[Check, ...]) -> None:
    for fact in (fact for check in checks for fact in check):
        for field in SCHEMA[fact.kind].fields.values():
            if field.many or field.type is Type.TEXT:
                continue
            if not field.observed and always_given(fact.kind, field):
                assert field.name in fact.values, (fact.kind, field.name)
            if field.name in fact.values and field.words:
                assert fact.values[field.name] in (range(len(field.words)) if field.type is Type.LEVEL else field.words), (fact.kind, field.name)
            if field.name in fact.values and field.type in (Type.COUNT, Type.DURATION):
                assert int(fact.values[field.name]) >= 0
