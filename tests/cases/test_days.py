"""Every day of the calendar has a case: a draft that names it, on its true date, where it is kept."""

from __future__ import annotations

from collections import Counter

import pytest

from rtm_gate.vocabulary.data_files import toml_of
from rtm_gate.vocabulary.observances import observances

from .conftest import Judged
from .expand import load_cases

pytestmark = pytest.mark.xdist_group("cases")

DAYS = {row["name"]: row for row in toml_of("observances.toml")["day"]}
AUDIENCE = ("US", "CA", "GB")
"""Of the standard policy: who sees a draft that names no regions."""
CASES = [case for case in load_cases() if "day" in case.told]


def test_every_day_has_a_case_and_every_case_a_day() -> None:
    assert {case.told["day"] for case in CASES} == set(DAYS)


def test_its_hour_is_on_the_day() -> None:
    """By itself: a planned post lives for two weeks, so its verdict would not tell a date that is too late."""
    kept = {case.id: {one.name for one in observances(case.now, case.now, case.told.get("regions", AUDIENCE))} for case in CASES}
    assert [case.id for case in CASES if case.told["day"] not in kept[case.id]] == []


def test_its_draft_names_the_day(judged: dict[str, Judged]) -> None:
    assert [case.id for case in CASES if case.told["day"] not in judged[case.id].days] == []


def test_the_finding_named_is_among_those_that_decide(judged: dict[str, Judged]) -> None:
    verdicts = {case.id: judged[case.id].result.verdict for case in CASES}
    stopped = [case for case in CASES if case.finding]
    assert [case.id for case in stopped if (verdict := verdicts[case.id]) and not {*case.finding} & {f.rule for f in verdict.deciding}] == []


def test_many_countries_have_days_of_mourning_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    """A day counts as a country's own where no other keeps it."""
    own: Counter[str] = Counter()
    for row in DAYS.values():
        countries = {code[:2] for code in row.get("regions", ())}
        if row["tone"] == "solemn" and len(countries) == 1:
            own.update(countries)
    with capsys.disabled():
        print(f"\n{len(own)} countries have solemn days of their own: " + ", ".join(f"{code} {days}" for code, days in sorted(own.items())))
    assert len(own) >= 8
