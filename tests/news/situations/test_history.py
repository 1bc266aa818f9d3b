"""How a situation came to be what it is: the steps of the table of lives, and what holds for every history."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtm_gate.model.news import Story, Transition
from rtm_gate.news import Reader, read_stories
from rtm_gate.news.situations import history
from tests.news.situations.events import MONDAY, cases, known, one_event, story, when
from tests.news.situations.worlds import HOURS, NEWS

CASES = [case for case in cases("life.toml") if "history" in case]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_steps_of_a_life(case: dict[str, Any], reader: Reader) -> None:
    now = when(case["history"][-1][0])
    reads = known(case["news"], now, reader)
    ids = [story(row).id for row in case["news"]]
    steps = history(frozenset(ids), reads, now)
    assert [(step.at, step.after) for step in steps] == [(when(at), state) for at, state, _ in case["history"]]
    assert [step.causes for step in steps] == [(ids[number - 1],) if number else () for _, _, number in case["history"]]


def test_what_was_read_late_was_not_known_before(reader: Reader) -> None:
    """A feed may tell in the evening what it dates in the morning: the gate could not know."""
    news = cases("life.toml")[1]["news"]
    ids = [story(row).id for row in news]
    reads = known(news, when("Mon 20:00"), reader)
    late = {ids[1]: when("Mon 18:00")}
    steps = history(frozenset(ids), reads, when("Mon 20:00"), late)
    assert [(step.at, step.before, step.after, step.causes) for step in steps] == [
        (when("Mon 08:00"), None, "watch", (ids[0],)),
        (when("Mon 18:00"), "watch", "active", (ids[1],)),
    ]


def test_a_message_that_is_no_part_of_the_event_ends_its_alert(reader: Reader) -> None:
    """A cancellation opens nothing and belongs to no situation, yet it is why the life went on as it did."""
    warning = {"event": "Flood Warning", "severity": "major", "ends": "Mon 20:00"}
    news: list[dict[str, Any]] = [
        {"at": "Mon 08:00", "by": "NWS", "id": "first-alert-1", "says": "Flood Warning for Franklin", "alert": warning},
        {"at": "Mon 09:00", "by": "wire-a", "says": "Floods hit Ohio town"},
        {"at": "Mon 10:00", "by": "NWS", "id": "second-alert", "says": "The flood warning is cancelled",
         "alert": warning | {"message": "Cancel", "replaces": ["first-alert-1"]}},
    ]  # fmt: skip
    reads = known(news, when("Mon 12:00"), reader)
    steps = history({story(row).id for row in news[:2]}, reads, when("Mon 12:00"))
    assert [(step.at, step.after, step.causes) for step in steps] == [
        (when("Mon 08:00"), "active", (story(news[0]).id,)),
        (when("Mon 10:00"), "watch", (story(news[2]).id,)),
    ]


def test_a_message_dated_ahead_acts_when_its_time_comes(reader: Reader) -> None:
    warning = {"event": "Flood Warning", "severity": "major", "certainty": "likely", "ends": "Mon 20:00"}
    cancel = warning | {"message": "Cancel", "replaces": ["first-alert-1"]}
    news: list[dict[str, Any]] = [
        {"at": "Mon 08:00", "by": "NWS", "id": "first-alert-1", "says": "Flood Warning for Franklin", "alert": warning},
        {"at": "Mon 09:00", "by": "NWS", "id": "second-alert", "dated": "Mon 10:00", "says": "The flood warning is cancelled", "alert": cancel},
    ]
    seen = {story(row).id: when(row["at"]) for row in news}
    steps = history({story(news[0]).id}, known(news, when("Mon 12:00"), reader), when("Mon 12:00"), seen)
    assert [(step.at, step.after) for step in steps] == [(when("Mon 08:00"), "active"), (when("Mon 09:55"), "closed")]


@settings(max_examples=80, deadline=None)
@given(stories=NEWS, hour=HOURS, data=st.data())
def test_what_holds_for_every_history(stories: list[Story], hour: float, data: st.DataObject, reader: Reader) -> None:
    now = MONDAY + timedelta(hours=hour)
    reads = read_stories(stories, reader, now)
    event = frozenset(story.id for story in stories)
    steps = history(event, reads, now)
    here = one_event(reads, now)
    if here is not None:
        assert (steps[-1].after, steps[-1].at <= now) == (here.state, True)
        if steps[-1].at == now:
            assert steps[-1].reason == here.reason
    elif steps:
        assert steps[-1].after == "closed"
    assert [step.before for step in steps] == [None, *(step.after for step in steps)][: len(steps)]
    assert all(step.before != step.after and step.reason for step in steps)
    assert all(earlier.at < later.at for earlier, later in pairwise(steps))
    assert {cause for step in steps for cause in step.causes} <= event
    shuffled = data.draw(st.permutations(reads))
    again: tuple[Transition, ...] = history(event, shuffled, now)
    assert again == steps
