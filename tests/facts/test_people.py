"""Sign-offs: who counts, for which tier, and what is still missing, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.facts.people import missing_for, people_of, who
from rtm_gate.model.draft import read_draft
from rtm_gate.model.moment import seconds
from rtm_gate.model.policy import Seat, Tier
from rtm_gate.model.source import At

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
AT = At("policy.rtm", 1, 1, 1, 2)
ROLES = ("manager", "legal", "pr", "executive")


def tier(*seats: Seat, checks: tuple[str, ...] = (), valid_for: int | None = None) -> Tier:
    return Tier("t", "", seats, checks, AT, None, valid_for)


def signed(*approvals: tuple[str, str], minutes_ago: int = 10, **more: Any) -> Any:
    at = (NOW - timedelta(minutes=minutes_ago)).isoformat()
    draft, _ = read_draft(
        {
            "text": "Hello.",
            "platform": "x",
            "kind": "planned",
            "author": {"id": "sam"},
            "approvals": [{"person": p, "role": r, "at": at} for p, r in approvals],
            **more,
        }
    )
    return people_of(draft, seconds(NOW))


@pytest.mark.parametrize(
    ("seats", "approvals", "missing"),
    [
        ((Seat(2),), [("ana", "reviewer"), ("ben", "reviewer")], ()),
        ((Seat(2),), [("ana", "reviewer")], ("1 person",)),
        ((Seat(2),), [("ana", "reviewer"), ("ana", "manager")], ("1 person",)),
        ((Seat(2),), [("ana", "reviewer"), ("sam", "manager")], ("1 person",)),
        ((Seat(1, ("manager",)),), [("ana", "reviewer")], ("1 manager",)),
        ((Seat(1, ("manager",)), Seat(1, ("legal",))), [("ana", "manager"), ("ana", "legal")], ("1 legal",)),
        ((Seat(1, ("manager",)), Seat(1, ("legal",))), [("ana", "manager"), ("ana", "legal"), ("ben", "manager")], ()),
        ((Seat(2, ("manager", "legal")),), [("ana", "manager"), ("ben", "legal")], ()),
        ((Seat(2, ("manager", "legal")),), [("ana", "manager"), ("ben", "pr")], ("1 manager or legal",)),
    ],
)
def test_seats(seats: tuple[Seat, ...], approvals: list[tuple[str, str]], missing: tuple[str, ...]) -> None:
    assert missing_for(tier(*seats), signed(*approvals), None, seconds(NOW)) == missing


def test_the_author_the_future_and_a_second_time_do_not_count() -> None:
    later = (NOW + timedelta(minutes=1)).isoformat()
    people = signed(("sam", "manager"), ("ana", "manager"), ("ana", "manager"))
    assert people.ignored == (("sam", "is the author"), ("ana", "has signed as manager already"))
    draft, _ = read_draft({"text": "a", "platform": "x", "kind": "planned", "approvals": [{"person": "kim", "role": "pr", "at": later}]})
    assert people_of(draft, seconds(NOW)).ignored == (("kim", "signed in the future"),)


def test_a_sign_off_older_than_the_news_does_not_count() -> None:
    people = signed(("ana", "manager"), minutes_ago=10)
    wanted = tier(Seat(1, ("manager",)))
    assert missing_for(wanted, people, seconds(NOW) - 11 * 60, seconds(NOW)) == ()
    assert missing_for(wanted, people, seconds(NOW) - 9 * 60, seconds(NOW)) == ("1 manager",)


def test_a_sign_off_expires() -> None:
    people = signed(("ana", "manager"), minutes_ago=60)
    assert missing_for(tier(Seat(1, ("manager",)), valid_for=3600), people, None, seconds(NOW)) == ("1 manager",)
    assert missing_for(tier(Seat(1, ("manager",)), valid_for=3601), people, None, seconds(NOW)) == ()


def test_checks_come_from_beside_and_within_sign_offs() -> None:
    wanted = tier(Seat(1, ("manager",)), checks=("fact_check", "rights"))
    at = (NOW - timedelta(minutes=5)).isoformat()
    beside = signed(("ana", "manager"), checks={"fact_check": {"person": "kim", "at": at}})
    assert missing_for(wanted, beside, None, seconds(NOW)) == ("check rights",)
    own = signed(("ana", "manager"), checks={"rights": {"person": "sam", "at": at}})
    assert ("sam", "is the author and cannot vouch for rights") in own.ignored


@given(
    st.lists(st.tuples(st.integers(1, 2), st.lists(st.sampled_from(ROLES), max_size=2, unique=True)), max_size=4),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(ROLES)), max_size=8, unique=True),
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(ROLES)),
)
def test_another_sign_off_never_makes_more_missing(seats: list[tuple[int, list[str]]], approvals: list[tuple[str, str]], extra: tuple[str, str]) -> None:
    wanted = tier(*(Seat(count, tuple(roles)) for count, roles in seats))

    def lacking(signers: list[tuple[str, str]]) -> int:
        return sum(int(words.split()[0]) for words in missing_for(wanted, signed(*signers), None, seconds(NOW)))

    before = lacking(approvals)
    assert lacking([*approvals, extra]) <= before
    people = {person for person, _ in approvals}
    assert sum(count for count, _ in seats) - before <= len(people)


@pytest.mark.parametrize("same", ["Sam", " sam ", "s\u200bam", "\uff53am"])
def test_nobody_signs_off_their_own_draft_under_a_look_alike(same: str) -> None:
    assert who(same) == who("sam")
