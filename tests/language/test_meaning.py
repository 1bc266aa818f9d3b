"""Lowering keeps the meaning: core rules, judged by the reference evaluator, say what the condition says in three-valued logic."""

from __future__ import annotations

import os
from collections.abc import Sequence

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rtm_gate.language import load_text
from rtm_gate.language.meaning.check import Checker
from rtm_gate.language.meaning.resolve import resolve
from rtm_gate.language.meaning.typed import Typed
from rtm_gate.language.syntax.files import read_text
from rtm_gate.model.fact import Fact
from rtm_gate.model.policy import Policy
from rtm_gate.model.schema import SCHEMA, stored_types
from rtm_gate.rules import reference, shape
from rtm_gate.rules.reference import _World
from tests.language.worlds import Meaning, conditions, worlds

HEAD = 'policy "Meaning" { language 1  audience US  roles manager, legal }\n'
MANY = settings(
    max_examples=2500 if os.environ.get("RTM_GATE_SOAK") else 150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def _typed(text: str) -> tuple[Typed | None, ...]:
    """The conditions of the only rule."""
    names = resolve(read_text(text, "m.rtm").files)
    checker = Checker(names)
    (item,) = names.of("block").values()
    return tuple(checker.condition(clause.condition) for clause in item.clauses if clause.condition is not None)


def _complete(policy: Policy, facts: Sequence[Fact]) -> list[Fact]:
    """The facts with the globs and counts the policy asks for, as the facts room adds them."""
    flagged = []
    for fact in facts:
        likes = {q.name: str(fact.values[q.field]).lower().startswith(q.glob.lower().rstrip("*")) for q in policy.likes if q.kind == fact.kind}
        flagged.append(Fact(fact.kind, {**fact.values, **likes}, fact.ref))
    for query in policy.counts:
        met = {bound[0] for patterns in query.alternatives for bound in reference.binds(patterns, flagged)}
        flagged.append(Fact("count", {"key": query.name, "of": query.name, "n": len(met)}))
    return flagged


def _well_formed(policy: Policy) -> bool:
    types = {kind: dict(stored_types(kind)) for kind in SCHEMA}
    for query in policy.likes:
        types[query.kind][query.name] = bool
    return not shape.problems(policy.rules, types)


def _fired(policy: Policy, facts: Sequence[Fact]) -> tuple[bool, bool]:
    """Whether a rule fired on what is known, and whether one fired on an assumption."""
    world = _World(_complete(policy, facts))
    found = [bool(rule.assumed) for rule in policy.rules if rule.block == "r" and any(True for _ in world.fired(rule))]
    return False in found, True in found


@MANY
@given(conditions(), worlds())
def test_a_stopping_rule_fires_where_its_condition_holds_and_assumes_where_it_is_unknown(condition: str, facts: tuple[Fact, ...]) -> None:
    text = f'{HEAD}rule r "R" {{ when {condition}  then hold  because "b" }}'
    loaded = load_text(text, "m.rtm")
    assume(loaded.policy is not None)
    assert loaded.policy is not None
    (node,) = _typed(text)
    assert node is not None
    truth = Meaning(facts).of(node)
    surely, assumed = _fired(loaded.policy, facts)
    assert surely == (truth is True)
    assert _well_formed(loaded.policy)
    if truth is not True:
        assert assumed == (truth is None)


@MANY
@given(conditions(), worlds())
def test_advice_fires_only_on_what_is_known(condition: str, facts: tuple[Fact, ...]) -> None:
    text = f'{HEAD}rule r "R" {{ when {condition}  then warn }}'
    loaded = load_text(text, "m.rtm")
    assume(loaded.policy is not None)
    assert loaded.policy is not None
    (node,) = _typed(text)
    assert node is not None
    assert _fired(loaded.policy, facts) == (Meaning(facts).of(node) is True, False)


@MANY
@given(st.sampled_from(["draft is planned", "draft.sponsored", "any hashtag where trending"]), conditions(), worlds())
def test_an_excuse_lifts_only_where_it_surely_holds(when: str, excuse: str, facts: tuple[Fact, ...]) -> None:
    text = f'{HEAD}rule r "R" {{ when {when}  except when {excuse}  then no-go  because "b"  fix "f" }}'
    loaded = load_text(text, "m.rtm")
    assume(loaded.policy is not None)
    assert loaded.policy is not None
    condition, lifted = _typed(text)
    assert condition is not None
    assert lifted is not None
    assert _well_formed(loaded.policy)
    meaning = Meaning(facts)
    surely, assumed = _fired(loaded.policy, facts)
    assert surely == (meaning.of(condition) is True and meaning.of(lifted) is not True)
    assert not assumed
    if loaded.policy.excuses:
        complete = _complete(loaded.policy, facts)
        met = any(reference.fires(excuse.met, complete) for excuse in loaded.policy.excuses)
        assert met == (meaning.of(condition) is True and meaning.of(lifted) is True)


def test_one_of_a_word_and_another_facts_field_keeps_both() -> None:
    when = "any claim where substantiated and any situation where about is one of competitor, claim.about"
    policy = load_text(f'{HEAD}rule r "R" {{ when {when}  then hold  because "b" }}', "m.rtm").policy
    assert policy is not None

    def fires(claim: str, situation: str) -> bool:
        facts = (Fact("claim", {"key": "c", "about": claim, "substantiated": True}, "c"), Fact("situation", {"key": "s", "about": situation}, "s"))
        return _fired(policy, facts)[0]

    assert fires("own_brand", "own_brand")
    assert fires("own_brand", "competitor")
    assert not fires("own_brand", "own_product")
