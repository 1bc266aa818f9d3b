"""What the lints claim of rules, held against the reference evaluator; and the lints that need a date or what is not judged yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rtm_gate.language import Loaded, load_text
from rtm_gate.model.fact import Fact
from rtm_gate.model.policy import Policy
from rtm_gate.model.rule import CoreRule, ForTier, UntilShown, UntilTime
from rtm_gate.model.topics import DEBATED, GRAVE
from rtm_gate.rules import reference
from tests.language.test_meaning import _complete
from tests.language.worlds import ATOMS, conditions, worlds

HEAD = 'policy "Lint" { language 1  audience US  roles manager, legal }\ntier manager { needs 1 manager }\ntier legal { needs 1 legal }\n'
SOME = settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example],
)  # fmt: skip
CLOSE = (
    "draft is planned", "draft is reactive", "draft is one of reply, statement", "draft.kind is not one of planned, reactive", "draft.sponsored",
    "not draft.sponsored", "team.size under 3", "team.size over 3", "team.size at most 4", "team.size is known", "draft.template is holiday",
    "draft.template is unknown", "any situation where severity at least major", "(any situation where severity over minor and official)",
    "no situation where official", "no situation where severity at least major", "(any situation where grave and topic is politics)",
    "(any situation where debated and topic is war)", "(any situation where severity over minor and severity under major)",
    "(any situation where official and touches any of words, hashtag)", "(any situation where official and touches words)",
    "any hashtag where trending", "no hashtag where trending", "(any hashtag where trending and topic is politics.election)",
    "(any hashtag where topic is politics and not own)", "(any hashtag where topic is politics.election and topic is not politics)",
    "at least 2 hashtag where trending", "fewer than 2 hashtag", "at least 2 hashtag", "draft has no hashtag", "draft has hashtag",
    "any media where previewed", "no media where previewed", "at least 2 media where previewed", "fewer than 2 media",
    "draft.regions includes US", "(any situation where touches region)", "(any approval where role is manager and checks includes facts)",
)  # fmt: skip
"""Conditions that often contradict, or mean, one another."""
EFFECTS = (
    "no-go", "hold", "hold for manager", "hold for legal, hold for manager", "hold until 5 minutes after draft.submitted", "warn",
    "hold until 5 minutes after draft.submitted, hold for manager", "hold until opt_out",
)  # fmt: skip


def _lawful(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts, with what the facts room says of a situation besides its topic."""
    return tuple(
        Fact(fact.kind, {**fact.values, **_of_situation(str(fact.values["topic_top"]))}, fact.ref) if fact.kind == "situation" else fact for fact in facts
    )


def _of_situation(top: str) -> dict[str, bool]:
    return {"grave": top in GRAVE, "debated": top in DEBATED, "sensitive": True}


WORLDS = st.lists(worlds().map(_lawful), min_size=6, max_size=6)


def _codes(loaded: Loaded, name: str) -> set[str]:
    return {diagnostic.code for diagnostic in loaded.diagnostics if f"`{name}`" in diagnostic.message}


def _bindings(policy: Policy, rule: CoreRule, facts: Sequence[Fact]) -> list[tuple[Fact, ...]]:
    return [tuple(facts[n] for n in bound) for bound in reference._World(facts).fired(rule)]


# ---- rules that never fire -----------------------------------------------------------------------------------------------------------
@SOME
@given(st.lists(st.one_of(st.sampled_from(CLOSE), conditions(CLOSE)), min_size=2, max_size=3), st.sampled_from(["warn", "no-go"]), st.data())
def test_a_rule_that_is_said_never_to_fire_never_does(parts: list[str], effect: str, data: st.DataObject) -> None:
    loaded = load_text(f'{HEAD}rule r "R" {{ when {" and ".join(parts)}  then {effect}  because "b"  fix "f" }}', "l.rtm")
    assume(loaded.policy is not None and "RTM405" in _codes(loaded, "r"))
    _never(loaded, data.draw(WORLDS))


@SOME
@given(st.sampled_from(CLOSE), conditions(CLOSE), st.data())
def test_nor_does_one_that_is_said_to_be_excused_always(when: str, excuse: str, data: st.DataObject) -> None:
    loaded = load_text(f'{HEAD}rule r "R" {{ when {when}  except when {excuse}  then no-go  because "b"  fix "f" }}', "l.rtm")
    assume(loaded.policy is not None and "RTM405" in _codes(loaded, "r"))
    _never(loaded, data.draw(WORLDS))


def _never(loaded: Loaded, several: list[tuple[Fact, ...]]) -> None:
    policy = loaded.policy
    assert policy is not None
    for world in several:
        facts = _complete(policy, world)
        assert not any(_bindings(policy, rule, facts) for rule in policy.rules if rule.block == "r")


# ---- rules that another one hides ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Clock:
    """What exits rest on: when the post appears, for how long it is of use, since when each tier has signed (None: it has not)."""

    publish: int
    shelf_life: int
    signed: dict[str, int | None]


CLOCKS = st.builds(
    Clock, st.sampled_from([20, 300, 310, 600]), st.sampled_from([60, 290, 10_000]),
    st.fixed_dictionaries({tier: st.sampled_from([None, 0, 2, 99]) for tier in ("manager", "legal")}),
)  # fmt: skip


def _strictest(policy: Policy, blocks: Sequence[str], facts: Sequence[Fact], clock: Clock) -> int:
    """0 go, 1 hold, 2 no-go: exits judged as the verdict room does."""
    found = [0]
    for rule in policy.rules:
        if rule.block in blocks:
            found += [_effect(rule, bound, facts, clock) for bound in _bindings(policy, rule, facts)]
    return max(found)


def _effect(rule: CoreRule, bound: Sequence[Fact], facts: Sequence[Fact], clock: Clock) -> int:
    if rule.effect.kind != "hold":
        return 2 if rule.effect.kind == "no-go" else 0
    open_ = list(_open(rule, bound, facts, clock))
    if rule.effect.exits and not open_:
        return 0
    late = any(until >= clock.publish + clock.shelf_life for until in open_ if until is not None)
    return 2 if late and not rule.assumed else 1


def _open(rule: CoreRule, bound: Sequence[Fact], facts: Sequence[Fact], clock: Clock) -> Iterator[int | None]:
    """The exits not met: the moment of a time, None for any other."""
    by_alias = {pattern.alias: fact for pattern, fact in zip(rule.positives, bound, strict=True)}
    news = [facts.index(fact) for fact in bound if fact.kind == "situation"]
    for way in rule.effect.exits:
        if isinstance(way, UntilTime):
            until = int(by_alias[way.time.alias].values[way.time.field]) + way.time.offset
            if clock.publish < until:
                yield until
        elif isinstance(way, ForTier):
            signed = clock.signed[way.tier]
            if signed is None or signed < max(news, default=0):
                yield None
        else:
            assert isinstance(way, UntilShown)
            yield None


def _pairs() -> st.SearchStrategy[tuple[str, str]]:
    """Two conditions, the second of which often asks for more than the first."""
    one = st.one_of(st.sampled_from(CLOSE), st.sampled_from(ATOMS), conditions(CLOSE))
    more = st.builds(lambda a, b: (a, f"({a} and {b})"), one, one)
    less = st.builds(lambda a, b: (f"({a} or {b})", a), one, one)
    return st.one_of(more, less, st.tuples(one, one))


@SOME
@given(_pairs(), st.sampled_from(EFFECTS), st.sampled_from(EFFECTS), st.data())
def test_a_rule_that_is_said_to_be_hidden_changes_no_verdict(pair: tuple[str, str], one: str, other: str, data: st.DataObject) -> None:
    rules = "".join(
        f'rule {name} "R" {{ when {when}  then {then}  because "b"  fix "f" }}\n' for name, when, then in zip("ab", pair, (one, other), strict=True)
    )
    loaded = load_text(HEAD + rules, "l.rtm")
    policy = loaded.policy
    assume(policy is not None and "RTM407" in _codes(loaded, "b"))
    assert policy is not None
    clocks = data.draw(st.lists(CLOCKS, min_size=3, max_size=3))
    for world in data.draw(WORLDS):
        facts = _complete(policy, world)
        for clock in clocks:
            assert _strictest(policy, "ab", facts, clock) == _strictest(policy, "a", facts, clock)


# ---- what rests on a date, and on blocks switched off -------------------------------------------------------------------------------
TEMPLATE = HEAD + 'template tie_in "Tie-in" { copy "{weather}?"  approval manager  reviewed 2026-10-01%s  because "b" }'


@pytest.mark.parametrize(
    ("again", "today", "told"),
    [
        (", again every 30 days", date(2026, 10, 30), False),
        (", again every 30 days", date(2026, 10, 31), True),
        ("", date(2030, 1, 1), False),
        (", again every 30 days", None, False),
    ],
)
def test_a_template_past_its_review_date(again: str, today: date | None, told: bool) -> None:
    loaded = load_text(TEMPLATE % again, "t.rtm", today)
    assert ("RTM417" in {diagnostic.code for diagnostic in loaded.diagnostics}) is told


def test_a_test_of_a_block_that_is_switched_off_is_not_run() -> None:
    rules = 'rule a "A" { when draft.sponsored  then hold  because "b" }\nrule c "C" { when draft.queued  then hold  because "b" }\n'
    tests = 'test "one" { draft { text "a" }  expect hold from a }\ntest "other" { draft { text "a" }  expect hold from c }\n'
    policy = load_text(HEAD + rules + 'switch off a because "Not here."\n' + tests, "t.rtm").policy
    assert policy is not None
    assert [test.skipped for test in policy.tests] == ["a is switched off", ""]
    assert policy.switched_off == {"a": "Not here."}
