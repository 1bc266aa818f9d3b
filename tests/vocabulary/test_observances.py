"""Days a post should know of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.vocabulary.data_files import toml_of
from rtm_gate.vocabulary.observances import Observance, dates_of, observances, zones_of
from rtm_gate.vocabulary.regions import is_region, touch


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def on(text: str, *regions: str) -> dict[str, Observance]:
    moment = at(text)
    return {one.name: one for one in observances(moment, moment + timedelta(minutes=1), regions)}


# rule, year -> first day
RULES = [
    ("january 27", 2026, "2026-01-27"),
    ("last monday of may", 2013, "2013-05-27"),
    ("last monday of may", 2026, "2026-05-25"),
    ("first monday of september", 2026, "2026-09-07"),
    ("third monday of january", 2026, "2026-01-19"),
    ("second sunday of november", 2026, "2026-11-08"),
    ("fourth thursday of november", 2026, "2026-11-26"),
    ("monday before may 25", 2026, "2026-05-18"),
    ("sunday after november 12", 2026, "2026-11-15"),
    ("sunday after november 19", 2026, "2026-11-22"),
    ("feast easter", 2026, "2026-04-05"),
    ("2 days before feast easter", 2026, "2026-04-03"),
    ("feast yom_kippur", 2026, "2026-09-21"),
    ("feast yom_hashoah", 2024, "2024-05-06"),
    ("feast yom_hashoah", 2025, "2025-04-24"),
    ("feast yom_hashoah", 2026, "2026-04-14"),
    ("feast diwali", 2026, "2026-11-08"),
    ("feast dussehra", 2026, "2026-10-20"),
    ("feast onam", 2027, "2027-09-12"),
    ("feast tu_bishvat", 2024, "2024-01-25"),
    ("feast tu_bishvat", 2026, "2026-02-02"),
    ("feast purim", 2024, "2024-03-24"),
    ("7 days after feast sukkot", 2026, "2026-10-03"),
    ("39 days after feast easter", 2027, "2027-05-06"),
    ("1 day before feast eid_al_adha", 2026, "2026-05-26"),
    ("feast losar", 2025, "2025-02-28"),
    ("31 days after feast nowruz", 2026, "2026-04-21"),
    ("feast lunar_new_year", 2026, "2026-02-17"),
    ("feast eid_al_fitr", 2013, "2013-08-08"),
]


@pytest.mark.parametrize(("rule", "year", "day"), RULES)
def test_rules_for_days(rule: str, year: int, day: str) -> None:
    assert [first for first, _ in dates_of(rule, year)] == [date.fromisoformat(day)]


def test_a_month_lasts_until_its_feast() -> None:
    ((first, days),) = dates_of("feast ramadan to eid_al_fitr", 2026)
    assert (first, days) == (date(2026, 2, 18), 30)


def test_no_rule() -> None:
    with pytest.raises(ValueError, match="is not a rule"):
        dates_of("every blue moon", 2026)


# moment, regions -> among the days found
FOUND = [
    ("2013-09-11T14:00", ("US",), "september_11", "solemn"),
    ("2013-12-07T20:00", ("US-HI",), "pearl_harbor", "solemn"),
    ("2026-05-25T12:00", ("US", "GB"), "memorial_day", "solemn"),
    ("2026-11-09T12:00", ("DE",), "kristallnacht", "solemn"),
    ("2026-11-11T12:00", ("CA",), "remembrance_day", "solemn"),
    ("2026-04-25T00:00", ("AU",), "anzac_day", "solemn"),
    ("2026-09-30T12:00", ("CA-BC",), "truth_and_reconciliation", "solemn"),
    ("2026-07-11T12:00", ("BA",), "srebrenica", "solemn"),
    ("2026-04-09T12:00", ("RW",), "kwibuka", "solemn"),
    ("2026-11-13T12:00", ("FR-75",), "paris_attacks", "solemn"),
    ("2026-04-25T12:00", ("IT",), "liberation_day_it", "sensitive"),
    ("2026-08-06T12:00", ("JP",), "hiroshima_japan", "solemn"),
    ("2026-08-06T12:00", ("US",), "hiroshima", "sensitive"),
    ("2026-11-26T12:00", ("IN",), "mumbai_attacks", "solemn"),
    ("2026-04-14T09:00", ("IL",), "yom_hashoah", "solemn"),
    ("2026-02-25T12:00", ("GB",), "ramadan", "religious"),
    ("2026-04-03T12:00", (), "good_friday", "religious"),
    ("2026-10-20T06:00", (), "dussehra", "religious"),
    ("2026-10-14T06:00", ("IN",), "navratri", "religious"),
    ("2027-04-10T06:00", ("IN",), "navratri", "religious"),
    ("2026-11-06T06:00", (), "diwali", "religious"),
    ("2026-08-19T06:00", ("CN",), "qixi", "festive"),
    ("2024-08-10T06:00", ("CN",), "qixi", "festive"),
    ("2026-01-27T12:00", (), "holocaust_remembrance", "solemn"),
]


@pytest.mark.parametrize(("moment", "regions", "name", "tone"), FOUND)
def test_days_found(moment: str, regions: tuple[str, ...], name: str, tone: str) -> None:
    assert on(moment, *regions)[name].tone == tone


def test_days_of_elsewhere_are_not_found() -> None:
    assert "anzac_day" not in on("2026-04-25T12:00", "US")
    assert "memorial_day" not in on("2026-05-25T12:00", "GB")
    assert "oklahoma_city_bombing" not in on("2026-04-19T12:00", "US-NY")
    assert "september_11" not in on("2001-09-11T12:00", "US")


def test_the_nearer_form_of_a_day_stands_alone() -> None:
    assert {"september_11", "september_11_elsewhere"} & set(on("2026-09-11T12:00", "US", "GB")) == {"september_11"}
    assert {"september_11", "september_11_elsewhere"} & set(on("2026-09-11T12:00", "GB")) == {"september_11_elsewhere"}


def test_the_farther_form_of_a_day_is_found_where_the_nearer_is_over() -> None:
    # Midnight has passed in Japan, but not in the states.
    both = {"hiroshima", "hiroshima_japan"}
    assert both & set(on("2026-08-06T14:00", "US", "JP")) == {"hiroshima_japan"}
    assert both & set(on("2026-08-06T20:00", "US", "JP")) == {"hiroshima"}


def test_the_sunday_of_a_day_is_told_once_when_it_is_the_day() -> None:
    moment = at("2028-07-16T12:00")
    assert [one.name for one in observances(moment, moment, ("FR",))].count("vel_d_hiv") == 1


def test_sales_that_are_customary() -> None:
    assert on("2026-05-25T12:00", "US")["memorial_day"].custom
    assert not on("2026-09-11T12:00", "US")["september_11"].custom


def test_a_day_lasts_from_the_first_midnight_to_the_last() -> None:
    day = on("2026-09-11T12:00", "US")["september_11"]
    assert (day.begins, day.ends) == (at("2026-09-11T04:00"), at("2026-09-12T10:00"))
    day = on("2026-09-11T12:00", "US-NY")["september_11"]
    assert (day.begins, day.ends) == (at("2026-09-11T04:00"), at("2026-09-12T04:00"))
    assert "september_11" not in on("2026-09-11T03:59", "US-NY")
    assert "september_11" not in on("2026-09-12T04:00", "US-NY")
    # Winter time in London: the day is the UTC day.
    day = on("2026-11-11T12:00", "GB")["remembrance_day"]
    assert (day.begins, day.ends) == (at("2026-11-11T00:00"), at("2026-11-12T00:00"))


def test_feasts_that_begin_at_sunset() -> None:
    assert "yom_kippur" in on("2026-09-20T15:00", "GB")
    assert "yom_kippur" not in on("2026-09-20T14:00", "GB")


def test_a_state_that_keeps_a_day_keeps_its_own_time() -> None:
    day = on("2026-04-19T12:00", "US")["oklahoma_city_bombing"]
    assert (day.begins, day.ends) == (at("2026-04-19T05:00"), at("2026-04-20T05:00"))


def test_a_post_that_outlasts_a_day_meets_the_next() -> None:
    found = observances(at("2026-09-10T18:00"), at("2026-09-11T18:00"), ("US",))
    assert "september_11" in {one.name for one in found}


def test_zones_of_regions_without_their_own() -> None:
    assert zones_of("FR-75") == ("Europe/Paris",)
    assert zones_of("US-TX")[0] == "America/Chicago"
    assert zones_of("nowhere") == ("UTC",)


def test_the_calendar_file_is_sound() -> None:
    rows = toml_of("observances.toml")["day"]
    names = [row["name"] for row in rows]
    assert len(set(names)) == len(names) >= 220
    for row in rows:
        assert row["tone"] in {"solemn", "religious", "sensitive", "festive"}, row
        assert dates_of(row["rule"], 2026), row
        assert all(is_region(code) for code in row.get("regions", ())), row
        assert row["words"], row
        assert all(word == word.lower() for word in row["words"]), row
        assert row.get("unless_kept", names[0]) in names, row
    kept = {code[:2] for row in rows for code in row.get("regions", ()) if row["tone"] == "solemn"}
    assert {"US", "CA", "GB", "AU", "NZ", "DE", "FR", "JP", "IL", "IN", "RW", "BA"} <= kept


@given(
    st.datetimes(datetime(2011, 1, 1), datetime(2035, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC)),
    st.integers(0, 240),
    st.lists(st.sampled_from(["US", "US-NY", "GB", "DE", "AU", "JP", "IN", "PT-11"]), max_size=3),
)
def test_what_is_found_overlaps_and_is_kept_there(start: datetime, hours: int, regions: list[str]) -> None:
    end = start + timedelta(hours=hours)
    found = observances(start, end, regions)
    assert found == observances(start, end, regions[::-1])
    assert list(found) == sorted(found, key=lambda one: (one.begins, one.name))
    for one in found:
        assert one.begins <= max(end, start)
        assert start < one.ends
        assert not one.regions or any(touch(kept, region) for kept in one.regions for region in regions)
