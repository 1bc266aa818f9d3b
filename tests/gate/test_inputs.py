"""What is not judged again would have come to the same: the digest of what a verdict rests on, and the instant at which time may change it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from rtm_gate import Gate, news, resources
from rtm_gate.facts.inputs import inputs_of
from rtm_gate.gate.gate import Examined
from rtm_gate.model.moment import seconds, stamp
from rtm_gate.model.news import News
from rtm_gate.verdict.turns import turns
from tests.gate.test_many_situations import NOW, drafts, headlines, told_by

OWN_POLICY = """policy "Own" { language 1  owner "test"  audience US, GB  roles manager, legal
  stale news after 30 minutes hold  answers hold for 10 minutes }
check fact_check "The facts"
tier careful "Careful" { needs 1 manager  valid for 2 hours }
tier expert "Expert" { needs 1 legal and check fact_check  valid for 5 hours }
calendar own { day ours "Our Day" on 2026-03-10 in US solemn }
rule late    { when draft is planned and draft.waiting over 90 minutes                                  then hold for careful }
rule notice  { when draft is reply and draft.notice under 40 minutes                                    then hold for expert }
rule storm   { when any situation where grave and touches region and age under 3 hours                  then hold until 2 hours after situation.updated }
rule grim    { when any situation where grave and touches region and severity is extreme                then no-go }
rule news    { when any situation where touches words and confirmed                                     then no-go }
rule old     { when any situation where touches entity and age at least 4 hours                         then hold until 9 hours after situation.started }
rule slow    { when draft is reactive and trigger.age over 50 minutes                                   then hold }
rule tags    { when any hashtag where uses_read at least 10 and read_age over 1 hour                    then hold }
rule many    { when at least 3 situation where grave                                                    then hold for expert }
rule feeds   { when any source where age over 10 minutes                                                then hold }
"""
JOINED = "rule day { when any day where name is ours and begins at most draft.publish then hold for careful }\n"

Telling = list[tuple[str, int, tuple[str, ...]]]
minutes = st.integers(-600, 90)
moments = minutes.map(lambda n: stamp(NOW + timedelta(minutes=n)))
times = st.fixed_dictionaries(
    {"submitted_at": moments},
    optional={
        "scheduled_at": st.integers(-60, 600).map(lambda n: stamp(NOW + timedelta(minutes=n))),
        "shelf_life_hours": st.sampled_from((0.5, 2, 6, 30)),
        "trigger": st.builds(lambda at: {"category": "cultural_moment", "detected_at": at}, moments),
        "approvals": st.lists(
            st.builds(lambda role, at: {"person": f"a {role}", "role": role, "at": at}, st.sampled_from(("manager", "legal", "executive", "pr")), moments),
            max_size=3,
        ),
        "checks": st.builds(lambda at: {"fact_check": {"person": "kim", "at": at}}, moments),
        "hashtag_context": st.builds(lambda at, n: {"#Elsa": {"uses_read": n, "person": "kim", "at": at}}, moments, st.sampled_from((3, 12))),
        "checklist": st.just({"facts_verified": {"answer": "yes", "person": "kim"}, "two_people": {"answer": "no", "person": "kim"}}),
    },
)
Change = Callable[[Telling], Telling]
changes: st.SearchStrategy[Change] = st.one_of(
    st.just(lambda told: told),
    st.builds(lambda one: lambda told: [*told, one], st.tuples(headlines, st.integers(-120, 1_200), told_by)),
    st.builds(lambda title: lambda told: [(title, *told[0][1:]), *told[1:]] if told else told, headlines),
    st.builds(lambda outlets: lambda told: [(*told[0][:2], outlets), *told[1:]] if told else told, told_by),
    st.builds(lambda n: lambda told: [(re.sub(r"\d+", str(n), title), ago, outlets) for title, ago, outlets in told], st.integers(1, 40)),
    st.just(lambda told: told[1:]),
)
"""What becomes of the news: nothing, one more event, another headline of the same age, other outlets, other numbers, one event less."""
tellings = st.lists(st.tuples(headlines, st.integers(-120, 1_200), told_by), max_size=6)
later = st.integers(0, 90) | st.integers(0, 14_400)


@pytest.fixture(scope="module", params=["standard", "own", "joined"])
def gate(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    path = resources.path("policies", "standard.rtm")
    if request.param != "standard":
        path = tmp_path_factory.mktemp("policy") / "own.rtm"
        path.write_text(OWN_POLICY + (JOINED if request.param == "joined" else ""), encoding="utf-8")
    with Gate.open(Path(path)) as opened:
        assert opened.loaded.policy is not None, opened.loaded.errors
        yield opened


def world(gate: Gate, told: Telling, now: datetime, age: int) -> News:
    """The stories that are out at `now`, from feeds that were read `age` minutes ago."""
    stories = [
        news.headline(f"{title}{' again' * n}", source, NOW - timedelta(minutes=ago + n))
        for title, ago, sources in told
        for n, source in enumerate(sources)
        if NOW - timedelta(minutes=ago + n) <= now
    ]
    read = gate.news([], now=now, stories=stories)
    return News(True, read.situations, (news.healthy("outlets", now - timedelta(minutes=age)),), read.snapshot)


def examine(gate: Gate, draft: dict[str, Any], told: News, now: datetime) -> Examined:
    examined = gate.examine(draft, told, now)
    assert not examined.verdict.faulted
    return examined


def decided(examined: Examined) -> tuple[str, list[str]]:
    return examined.verdict.verdict, sorted(finding.rule for finding in examined.verdict.deciding)


def skipped(before: Examined, after: Examined) -> bool:
    """Whether the second draft would not be judged, for what the first was."""
    assert before.facts is not None
    turn = turns(before.scene, before.facts, before.matches)
    return inputs_of(before.scene) == inputs_of(after.scene) and (turn is None or seconds(after.scene.now) < turn)


@settings(deadline=None, max_examples=150)
@given(draft=drafts, of_time=times, told=tellings, change=changes, passed=later, ages=st.tuples(st.integers(0, 40), st.integers(0, 40)))
def test_what_is_not_judged_again_is_the_same(
    gate: Gate, draft: dict[str, Any], of_time: dict[str, Any], told: Telling, change: Change, passed: int, ages: tuple[int, int]
) -> None:
    then = NOW + timedelta(seconds=passed)
    before = examine(gate, draft | of_time, world(gate, told, NOW, ages[0]), NOW)
    after = examine(gate, draft | of_time, world(gate, change(told), then, ages[1]), then)
    same = skipped(before, after)
    event(f"skipped: {same}")
    if same:
        assert decided(before) == decided(after)


@settings(deadline=None, max_examples=80)
@given(draft=drafts, of_time=times, told=tellings, passed=later)
def test_in_a_world_that_stands_still_only_time_counts(gate: Gate, draft: dict[str, Any], of_time: dict[str, Any], told: Telling, passed: int) -> None:
    """The same news, read on: most drafts are skipped here."""
    then = NOW + timedelta(seconds=passed)
    before = examine(gate, draft | of_time, world(gate, told, NOW, 0), NOW)
    after = examine(gate, draft | of_time, world(gate, told, then, 0), then)
    if skipped(before, after):
        assert decided(before) == decided(after)


PLAIN: dict[str, Any] = {"text": "New boots are in. Shop now", "platform": "x", "kind": "planned", "regions": ["US-NY"], "submitted_at": stamp(NOW)}
FAR: Telling = [("Ferry sinks off Manila, 4 dead", 30, ("Wire", "Herald"))]
NEAR: Telling = [("Gunman kills six at a mall in New York", 30, ("Wire", "Herald"))]


@pytest.mark.parametrize("gate", ["standard"], indirect=True)
@pytest.mark.parametrize(("more", "kept"), [((), True), (FAR, True), (NEAR, False)])
def test_news_that_does_not_concern_a_draft_leaves_it_alone(gate: Gate, more: Telling, kept: bool) -> None:
    then = NOW + timedelta(minutes=2)
    before = examine(gate, PLAIN, world(gate, [], NOW, 1), NOW)
    after = examine(gate, PLAIN, world(gate, list(more), then, 1), then)
    assert skipped(before, after) is kept


@pytest.mark.parametrize("gate", ["own"], indirect=True)
def test_an_age_turns_on_either_side_of_its_limit(gate: Gate) -> None:
    """`over 90 minutes` is not yet true at 90 minutes, and is a second later."""
    draft = PLAIN | {"regions": ["GB"], "submitted_at": stamp(NOW - timedelta(minutes=90)), "scheduled_at": stamp(NOW - timedelta(minutes=100))}
    at = [examine(gate, draft, world(gate, [], NOW, 0), NOW + timedelta(seconds=n)) for n in (-1, 0, 1)]
    turn = [turns(one.scene, one.facts, one.matches) for one in at if one.facts is not None]
    assert [decided(one)[0] for one in at] == ["go", "go", "hold"]
    assert turn[:2] == [seconds(NOW), seconds(NOW) + 1]
    assert at[1].verdict.valid_until == stamp(NOW + timedelta(seconds=1))


def passing(gate: Gate, draft: dict[str, Any], told: Telling, minutes: int) -> tuple[Examined, Examined]:
    """The same draft in the same news, now and so many minutes later: all it rests on is the same, and yet it comes to another verdict."""
    then = NOW + timedelta(minutes=minutes)
    before, after = examine(gate, draft, world(gate, told, NOW, 0), NOW), examine(gate, draft, world(gate, told, then, 0), then)
    assert inputs_of(before.scene) == inputs_of(after.scene)
    assert decided(before) != decided(after)
    return before, after


@pytest.mark.parametrize("gate", ["own"], indirect=True)
def test_a_sign_off_grows_too_old(gate: Gate) -> None:
    signed = {"person": "lee", "role": "manager", "at": stamp(NOW - timedelta(minutes=119))}
    draft = PLAIN | {"submitted_at": stamp(NOW - timedelta(minutes=100)), "approvals": [signed]}
    assert not skipped(*passing(gate, draft, [], 1))


@pytest.mark.parametrize("gate", ["own"], indirect=True)
def test_a_hold_ends(gate: Gate) -> None:
    told: Telling = [("Gunman kills six at a mall in New York", 110, ("Wire", "Herald"))]
    assert not skipped(*passing(gate, PLAIN, told, 11))


@pytest.mark.parametrize("gate", ["own"], indirect=True)
def test_an_event_that_turns_out_worse_is_another(gate: Gate) -> None:
    found = []
    for dead in (6, 60):
        told: Telling = [(f"Gunman kills {dead} at a mall in New York", 30, ("Wire", "Herald"))]
        found.append(examine(gate, PLAIN, world(gate, told, NOW, 0), NOW))
    assert [decided(one)[0] for one in found] == ["hold", "no-go"]
    assert not skipped(*found)
