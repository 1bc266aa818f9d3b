"""Which stories are one event: a table of headlines, and that neither the hour, nor the order, nor a fresh start changes it."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtm_gate.model.news import Alert, ReadStory
from rtm_gate.news import Reader, read_stories, situations_of
from rtm_gate.news.reading.story import make_story
from rtm_gate.news.situations.build import situation_of
from rtm_gate.news.situations.merge import HORIZON, SPAN, Events, in_order, later_of
from rtm_gate.news.stories.words import tokens_of
from rtm_gate.news.text import short_hash

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "events.toml").read_text(encoding="utf-8"))["case"]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_case(case: dict[str, Any], reader: Reader) -> None:
    letters: dict[str, str] = {}
    reads: list[ReadStory] = []
    for letter, hours, source, title in case["stories"]:
        when = NOON - timedelta(hours=hours)
        story = make_story(source=source, entry=f"{hours}/{title}", title=title, summary="", url="", published=when, updated=when, fetched=when)
        letters[story.id] = letter
        reads += read_stories([story], reader, NOON)
    found: dict[str, set[str]] = {}
    wanted: dict[str, set[str]] = {}
    events = Events()
    for read in in_order(reads):
        found.setdefault(events.add(read), set()).add(read.story.title)
        wanted.setdefault(letters[read.story.id], set()).add(read.story.title)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, wanted.values()))


# ---- what holds whatever the stories are -------------------------------------------------------------------------------

# Headlines that share words, with topic and place: enough for events to begin, meet, and end.
_TOLD = (
    ("Gunman kills five at shopping centre in Ohio", "tragedy.shooting", ("US-OH",)),
    ("Ohio shopping centre shooting: suspect arrested", "tragedy.shooting", ("US-OH",)),
    ("Shopping centre gunman in court", "justice.trial", ()),
    ("Tornado tears through Oklahoma suburb", "disaster.storm", ("US-OK",)),
    ("Flood water rises in Oklahoma", "disaster.flood", ("US-OK",)),
    ("Rivers burst their banks in Kerala", "disaster.flood", ("IN-KL",)),
    ("Kestrel United crash out of cup", "", ()),
    ("Cup holders Kestrel United beaten", "", ("GB",)),
    ("Brantley to buy Oskar Foods", "", ()),
    ("Oskar Foods accepts Brantley takeover #brantley", "", ("US",)),
)
_ROW = st.tuples(st.integers(0, 14 * 24), st.sampled_from(["a", "b", "c"]), st.integers(0, len(_TOLD) - 1))
_WARNING = st.tuples(
    st.integers(0, 14 * 24),
    st.sampled_from(["US-OK", "US-TX"]),
    st.sampled_from(["major", "extreme"]),
    st.sampled_from(["Alert", "Update", "Cancel", "Error"]),
    st.lists(st.integers(0, 7), max_size=2),
    st.booleans(),
)
_STREAM = st.tuples(st.lists(_ROW, max_size=24), st.lists(_WARNING, max_size=8))


def _reads(stream: tuple[list[Any], list[Any]]) -> list[ReadStory]:
    rows, warnings = stream
    found = {read.story.id: read for read in (_told(*row) for row in rows)}
    found |= {read.story.id: read for read in (_warning(number, *row) for number, row in enumerate(warnings))}
    return in_order(found.values())


def _told(hours: int, source: str, number: int) -> ReadStory:
    title, topic, regions = _TOLD[number]
    return _read(hours, source, title, topic, regions, None)


def _warning(number: int, hours: int, region: str, severity: Any, message: str, earlier: list[int], test: bool) -> ReadStory:
    when = NOON + timedelta(hours=hours)
    references = tuple(f"urn:{one}" for one in earlier)
    alert = Alert(
        "cap", f"urn:{number}", "Tornado Warning", message=message, severity=severity, certainty="observed", ends=when + timedelta(hours=6),
        area=region, codes=(region,), references=references, test=test,
    )  # fmt: skip
    return _read(hours, "office", f"Tornado Warning {number}", "disaster.storm", (region,), alert)


def _read(hours: int, source: str, title: str, topic: str, regions: tuple[str, ...], alert: Alert | None) -> ReadStory:
    when = NOON + timedelta(hours=hours)
    entry = alert.id if alert else f"{hours}/{title}"
    story = make_story(source=source, entry=entry, title=title, summary="", url="", published=when, updated=when, fetched=when, alert=alert)
    tags = tuple(word for word in title.split() if word.startswith("#"))
    severity = alert.severity if alert else "minor"
    return ReadStory(story, topic, severity, None, None, regions, False, tags, (), (), tokens_of(title))


def _placed(reads: list[ReadStory]) -> list[tuple[str, ReadStory]]:
    events = Events()
    return [(events.add(read), read) for read in reads]


@settings(max_examples=200, deadline=None)
@given(stream=_STREAM, cut=st.integers(0, 14 * 24))
def test_going_on_from_the_stories_of_the_horizon_gives_what_all_of_them_give(stream: tuple[list[Any], list[Any]], cut: int) -> None:
    whole = _placed(_reads(stream))
    start = NOON + timedelta(hours=cut)
    rest = [read for _, read in whole if read.story.published >= start]
    kept = [(id_, read) for id_, read in whole if start - HORIZON <= read.story.published < start]
    least = [(id_, read) for id_, read in kept if read.story.alert is not None or read.story.published >= start - SPAN]
    for before in (kept, least):
        events = Events.resumed(before)
        assert [(events.add(read), read) for read in rest] == [pair for pair in whole if pair[1].story.published >= start]


@settings(max_examples=100, deadline=None)
@given(stream=_STREAM, data=st.data())
def test_neither_order_nor_hour_changes_what_belongs_together(stream: tuple[list[Any], list[Any]], data: st.DataObject) -> None:
    reads = _reads(stream)
    home = {read.story.id: id_ for id_, read in _placed(reads)}
    now = NOON + timedelta(hours=data.draw(st.integers(-24, 24 * 24)))
    found = situations_of(reads, now)
    assert found == situations_of(data.draw(st.permutations(reads)), now)
    for situation in found:
        assert {home[read.story.id] for read in situation.stories} == {situation.id}


@settings(max_examples=100, deadline=None)
@given(stream=_STREAM, hours=st.integers(0, 24 * 24))
def test_one_event_gives_its_situation_by_itself(stream: tuple[list[Any], list[Any]], hours: int) -> None:
    now = NOON + timedelta(hours=hours)
    events = Events()
    for read in _reads(stream):
        events.add(read)
    later = later_of(events.members())
    alone = {id_: situation_of(id_, members, now, later.get(id_, ())) for id_, members in events.members().items()}
    assert {id_: one for id_, one in alone.items() if one} == {one.id: one for one in situations_of(_reads(stream), now)}


@settings(max_examples=100, deadline=None)
@given(stream=_STREAM)
def test_an_event_is_called_after_its_first_story_and_a_test_is_one_by_itself(stream: tuple[list[Any], list[Any]]) -> None:
    events = Events()
    for read in _reads(stream):
        events.add(read)
    for id_, members in events.members().items():
        assert id_ == short_hash(members[0].story.id)
        assert len(members) == 1 or not any(read.story.alert is not None and read.story.alert.test for read in members)


# ---- alerts ------------------------------------------------------------------------------------------------------------


def _chain(*messages: tuple[int, str, list[int]]) -> list[ReadStory]:
    return [_warning(number, hours, "US-OK", "extreme", message, earlier, False) for number, (hours, message, earlier) in enumerate(messages)]


def test_updates_are_one_event_for_as_long_as_they_come() -> None:
    reads = _chain((0, "Alert", []), (120, "Update", [0]), (260, "Update", [1]), (400, "Update", [2]))
    assert len({id_ for id_, _ in _placed(reads)}) == 1


def test_one_cancellation_ends_the_alerts_of_two_events() -> None:
    alerts = [_warning(0, 0, "US-OK", "extreme", "Alert", [], False), _warning(1, 0, "US-TX", "extreme", "Alert", [], False)]
    cancel = _warning(2, 1, "US-OK", "extreme", "Cancel", [0, 1], False)
    now = NOON + timedelta(hours=2)
    assert [situation.state for situation in situations_of(alerts, now)] == ["active", "active"]
    assert situations_of([*alerts, cancel], now) == ()


def test_what_was_taken_back_leaves_another_alert_in_force() -> None:
    reads = [*_chain((0, "Alert", []), (0, "Alert", []), (1, "Error", [1]))]
    (found,) = situations_of(reads, NOON + timedelta(hours=2))
    assert found.state == "active"
    (alone,) = situations_of([reads[1], reads[2]], NOON + timedelta(hours=2))
    assert alone.state == "false_alarm"
