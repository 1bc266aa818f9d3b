"""What people decide about situations: a table of changes, what a request must say, and what holds for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtm_gate.model.analysis import Analysis
from rtm_gate.model.news import Change, Situation, Story
from rtm_gate.news import Reader, read_stories
from rtm_gate.news.situations import by_hand, closed, extended, opened, situations_of, unknown
from rtm_gate.news.situations.changes import opening_id
from rtm_gate.news.snapshot import identity, snapshot_of
from rtm_gate.news.text import short_hash
from tests.news.situations.events import MONDAY, cases, known, one_event, story, when
from tests.news.situations.worlds import HOURS, NEWS

CASES = cases("hand.toml")
EIGHT = when("Mon 08:00")


def _changes(case: dict[str, Any]) -> list[Change]:
    names: dict[object, str] = {number: short_hash(story(row).id) for number, row in enumerate(case.get("news", []), start=1)}
    for number, row in enumerate(case["changes"], start=1):
        if row["action"] == "open":
            names[f"change {number}"] = opening_id(when(row["at"]), row["title"], row["person"])
    return [
        Change(
            at=when(row["at"]),
            situation=names[row.get("of", f"change {number}")],
            action=row["action"],
            person=row["person"],
            reason=row["reason"],
            until=when(row["until"]) if "until" in row else None,
            title=row.get("title", ""),
            topic=row.get("topic", ""),
            severity=row.get("severity"),
            regions=tuple(row.get("regions", ())),
        )
        for number, row in enumerate(case["changes"], start=1)
    ]


def _event(case: dict[str, Any], found: tuple[Situation, ...]) -> Situation | None:
    """The one that holds the watched row of the news, the first unless said otherwise; without news the first."""
    if not case.get("news"):
        return found[0] if found else None
    watched = story(case["news"][case.get("watch", 1) - 1]).id
    return next((situation for situation in found if watched in [read.story.id for read in situation.stories]), None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_decision(case: dict[str, Any], reader: Reader) -> None:
    changes = _changes(case)
    for at, state, ends, reasons in case["expect"]:
        now = when(at)
        reads = known(case.get("news", []), now, reader)
        event = _event(case, by_hand(situations_of(reads, now), changes, now, reads, reader))
        assert (event.state if event else "none") == state, at
        assert (event.ends if event else None) == (when(ends) if ends else None), at
        for part in reasons:
            assert part in (event.reason if event else ""), at


def test_an_opening_stands_for_what_its_title_names(reader: Reader) -> None:
    change = opened("Fire at Springfield Arena during #ArenaNight", "tragedy.fire", "extreme", ["worldwide"], "kim", "seen it", EIGHT)
    (found,) = by_hand((), [change], EIGHT, (), reader)
    assert (found.topic, found.severity, found.regions, found.worldwide, found.official, found.sources) == ("tragedy.fire", "extreme", (), True, False, 0)
    assert found.tags == ("#arenanight",)
    assert any("springfield" in name for name in found.names)
    assert found.id == change.situation


def test_an_opening_without_regions_is_an_unknown_area(reader: Reader) -> None:
    (found,) = by_hand((), [opened("Fire at a depot", "tragedy.fire", "major", [], "kim", "seen it", EIGHT)], EIGHT, (), reader)
    assert (found.regions, found.worldwide) == ((), False)


def test_a_kept_alert_keeps_its_grade_where_only_its_reports_are_left(reader: Reader) -> None:
    alert = {"event": "Flood Warning", "severity": "extreme", "certainty": "likely", "ends": "Mon 12:00"}
    news: list[dict[str, Any]] = [
        {"at": "Mon 08:00", "by": "wire-a", "says": "Flooding reported in Ohio"},
        {"at": "Mon 09:00", "by": "NWS", "says": "Flood Warning for Franklin", "alert": alert},
    ]
    now = when("Mon 13:00")
    reads = known(news, now, reader)
    change = extended(short_hash(story(news[0]).id), "kim", "the river rises", when("Mon 11:00"), when("Tue 08:00"))
    (left,) = situations_of(reads, now)
    (kept,) = by_hand([left], [change], now, reads, reader)
    assert (left.severity, left.official) != ("extreme", True)
    assert (kept.severity, kept.official, kept.state) == ("extreme", True, "active")
    assert (left.updated, kept.updated) == (when("Mon 08:00"), when("Mon 11:00"))
    (moved,) = by_hand([replace(left, regions=("US-MI",))], [change], now, reads, reader)
    assert moved.regions == ("US-MI", "US-OH")


def test_closing_one_event_does_not_close_another_that_joins_it_later(reader: Reader) -> None:
    """The stories of the second were known when the first was closed, and nobody closed those."""
    news: list[dict[str, Any]] = [
        {"at": "Mon 08:00", "by": "wire-a", "says": "Shooting reported at mall in Ohio, shoppers flee"},
        {"at": "Mon 08:30", "by": "wire-b", "says": "At least 8 killed in train crash near Lyon"},
        {"at": "Mon 09:00", "by": "wire-c", "says": "Lyon train crash death toll rises to 14"},
    ]
    now = when("Mon 12:00")
    reads = known(news, now, reader)
    joined = one_event(reads, now)
    assert joined is not None
    (apart,) = by_hand(situations_of(reads, now)[:1], [closed(joined.id, "kim", "a film set", when("Mon 10:00"))], now, reads, reader)
    (found,) = by_hand([joined], [closed(joined.id, "kim", "a film set", when("Mon 10:00"))], now, reads, reader)
    assert (apart.state, found.state) == ("closed", "active")


def test_a_decision_still_to_come_is_a_turn() -> None:
    (found,) = by_hand([_quiet()], [closed("0123456789abcdef", "kim", "over", when("Mon 09:00"))], EIGHT, (), lambda text: Analysis())
    assert (found.state, found.turns) == ("active", when("Mon 09:00"))


def _quiet() -> Situation:
    return Situation(
        "0123456789abcdef", "Fire", "tragedy.fire", "major", "likely", "active", True, 0, (), False, None, EIGHT, EIGHT, None, (), (), (), (), reason="told"
    )


def test_what_names_no_situation_changes_nothing_and_is_told(reader: Reader) -> None:
    reads = known(CASES[3]["news"], when("Mon 10:00"), reader)
    situations = situations_of(reads, when("Mon 10:00"))
    stray = [extended("0123456789abcdef", "kim", "why not", EIGHT, when("Tue 08:00")), closed("fedcba9876543210", "lee", "over", EIGHT)]
    assert by_hand(situations, stray, when("Mon 10:00"), reads, reader) == situations
    assert set(unknown(stray, situations)) == set(stray)
    opening = opened("Gas leak", "tragedy.accident", "major", ["US-OH"], "kim", "seen it", EIGHT)
    mine = [opening, closed(opening.situation, "kim", "sealed", when("Mon 09:00")), closed(situations[0].id, "lee", "over", when("Mon 09:30"))]
    assert unknown(mine, by_hand(situations, mine, when("Mon 10:00"), reads, reader)) == ()


def test_a_request_is_told_all_its_faults_at_once() -> None:
    with pytest.raises(ValueError, match="the person's name is empty") as told:
        opened(" ", "tragdy", "grave", ["UK", "US-ZZ", "worldwide"], "", "\n", EIGHT, EIGHT - timedelta(hours=1))  # type: ignore[arg-type]
    assert str(told.value).split("; ") == [
        "the person's name is empty",
        "the reason is empty",
        "until is not after the time of the change",
        "the title is empty",
        "there is no topic `tragdy`",
        "there is no severity `grave`: minor, moderate, major, extreme",
        "there is no region `UK`: `GB` is meant",
        "there is no region `US-ZZ`",
        "worldwide and a region exclude each other",
    ]


@pytest.mark.parametrize(
    ("until", "fault"),
    [
        (EIGHT + timedelta(days=7), ""),
        (EIGHT + timedelta(days=7, seconds=1), "until is more than 7 days ahead"),
        (EIGHT, "until is not after the time of the change"),
        (EIGHT.replace(tzinfo=None), "a time has no offset"),
    ],
)
def test_how_long_a_change_may_last(until: Any, fault: str) -> None:
    if not fault:
        assert extended("0123456789abcdef", "kim", "why", EIGHT, until).until == until
        return
    with pytest.raises(ValueError, match=f"^{fault}$"):
        extended("0123456789abcdef", "kim", "why", EIGHT, until)


def test_topics_of_the_policy_are_known_and_harmless_ones_refused() -> None:
    assert opened("Strike", "labour", "minor", [], "kim", "why", EIGHT, topics=["labour"]).topic == "labour"
    with pytest.raises(ValueError, match="never sensitive"):
        opened("Cup final", "sport", "minor", [], "kim", "why", EIGHT)
    with pytest.raises(ValueError, match="id is empty"):
        closed(" ", "kim", "why", EIGHT)


def test_the_snapshot_follows_what_people_decide() -> None:
    told = [identity(story(row)) for row in CASES[3]["news"]]
    one = closed("0123456789abcdef", "kim", "over", EIGHT)
    other = closed("0123456789abcdef", "lee", "over", EIGHT)
    plain, first, both = snapshot_of(told), snapshot_of(told, [one]), snapshot_of(told, [one, other])
    assert len({plain, first, both}) == 3
    assert both == snapshot_of(told[::-1], [other, one])
    # The same for every release: ledgers keep it.
    assert snapshot_of([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def _decisions(stories: list[Story]) -> st.SearchStrategy[list[Change]]:
    ids = st.sampled_from([short_hash(told.id) for told in stories] or ["0123456789abcdef"])
    hours = st.integers(0, 200).map(lambda hour: MONDAY + timedelta(hours=hour))
    person = st.sampled_from(("kim", "lee"))
    regions: st.SearchStrategy[list[str]] = st.sampled_from([[], ["US-OH"], ["worldwide"]])
    opening = st.builds(lambda at, who, where: opened("Gas leak at the plant", "tragedy.accident", "major", where, who, "seen it", at), hours, person, regions)
    more = st.builds(lambda of, who, at, long: extended(of, who, "why", at, at + timedelta(hours=long)), ids, person, hours, st.integers(1, 168))
    less = st.builds(lambda of, who, at: closed(of, who, "why", at), ids, person, hours)
    return st.lists(st.one_of(opening, more, less), max_size=5)


@settings(max_examples=80, deadline=None)
@given(stories=NEWS, hour=HOURS, part=st.sampled_from((0, 1, 500, 999)), data=st.data())
def test_what_holds_for_every_decision(stories: list[Story], hour: float, part: int, data: st.DataObject, reader: Reader) -> None:
    now = MONDAY + timedelta(hours=hour)
    changes = data.draw(_decisions(stories))
    reads = read_stories(stories, reader, now)
    news = situations_of(reads, now)
    shown = by_hand(news, changes, now, reads, reader)
    assert by_hand(news[::-1], data.draw(st.permutations(changes)), now, reads[::-1], reader) == shown
    assert by_hand(news, [], now, reads, reader) == news
    assert {situation.id for situation in news} <= {situation.id for situation in shown}
    for situation in shown:
        before = next((other for other in news if other.id == situation.id), None)
        # Whatever differs from the news says who wanted it so.
        assert situation.state == (before.state if before else "") or " by kim" in situation.reason or " by lee" in situation.reason
        assert situation.turns is None or situation.turns > now
    end = min((situation.turns for situation in shown if situation.turns), default=now + timedelta(days=30))
    then = now + (end - now) * part / 1000
    later = read_stories(stories, reader, then)
    assert by_hand(situations_of(later, then), changes, then, later, reader) == shown or not shown
