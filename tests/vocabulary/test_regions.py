"""Regions: codes, names, containment, and what alerts write instead of codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.vocabulary.regions import ancestors, code_of_iso3, code_of_zone, codes_in_area, is_region, name_of, touch, written_names

CODES = sorted({code for name in written_names() for code in name.codes} | {"PT-11", "FR-75", "GB-LND", "GB-EDH", "US-PR"})

# area description -> regions
AREAS = {
    "New Jersey; New York": "US-NJ US-NY",
    "NEW JERSEY; NEW YORK": "US-NJ US-NY",
    "Harris, TX": "US-TX",
    "Florida": "US-FL",
    "Coastal areas of Alaska": "US-AK",
    "Cook County": "",
    "Calaveras County": "US-CA",
    "Calcasieu Parish": "US-LA",
    "Oklahoma, OK": "US-OK",
    "Cleveland, OK": "US-OK",
    "Oklahoma City": "",
    "Hawaii": "US-HI",
    "Washington; Oregon": "US-OR US-WA",
    "Mercer; Rock Island": "US-IL",
    "Linn; Miami": "US-KS",
    "Washington; Rock Island; Mercer": "US-IL",
    "Cornwall; Devon": "",
    "Georgia": "GE US-GA",
    "New Mexico": "US-NM",
    "Yukon Delta": "",
    "Italy": "IT",
    "Bosnia & Herzegovina, Bulgaria, Belarus": "BA BG BY",
    "Islamic Republic of Iran": "IR",
    "Iran-Iraq Border Region": "IQ IR",
    "Near East Coast Of Kamchatka": "RU-KAM",
    "South Georgia and the South Sandwich Islands": "GS",
    "Virgin Islands  U.S.": "VI",
    "5 miles (8 km) WSW of Cobb, CA; 75 miles W of Sacramento, CA": "US-CA",
    "EXTREME NORTH CENTRAL TUOLUMNE COUNTY IN CALIFORNIA": "US-CA",
    "Somewhere at sea": "",
    "": "",
}

ZONES = {
    "NJZ106": "US-NJ",
    "TXC201": "US-TX",
    "AKZ101": "US-AK",
    "PRZ001": "US-PR",
    "CAZ": "",
    "GMZ330": "",
    "ANZ338": "",
    "048201": "US-TX",
    "48201": "US-TX",
    "009001": "US-CT",
    "099999": "",
    "003001": "",
    "IT003": "IT",
    "UK001": "GB",
    "EL30": "GR",
    "DE21H": "DE",
    "ITA": "IT",
    "GB": "GB",
    "US-NY": "US-NY",
    "": "",
    "?": "",
}

INSIDE = {
    "US-NY": "US",
    "US": "",
    "PR": "US-PR US",
    "US-PR": "US",
    "GP": "FR-971 FR",
    "GI": "GB",
    "FR-75": "FR-IDF FR",
    "GB-LND": "GB-ENG GB",
    "GB-EDH": "GB-SCT GB",
    "GB-ENG": "GB",
    "ES-M": "ES-MD ES",
    "PT-11": "PT",
}


@pytest.mark.parametrize(("text", "codes"), AREAS.items())
def test_area_descriptions(text: str, codes: str) -> None:
    assert " ".join(codes_in_area(text)) == codes


@pytest.mark.parametrize(("zone", "code"), ZONES.items())
def test_zone_codes(zone: str, code: str) -> None:
    assert code_of_zone(zone) == code


@pytest.mark.parametrize(("code", "outer"), INSIDE.items())
def test_what_contains_a_region(code: str, outer: str) -> None:
    assert " ".join(ancestors(code)) == outer


def test_neighbours_do_not_touch() -> None:
    assert not touch("US-NY", "US-NJ")
    assert touch("US-NY", "US")
    assert touch("PR", "US-PR")
    assert touch("FR-75", "FR-IDF")
    assert not touch("GB-ENG", "GB-SCT")


def test_valid_codes() -> None:
    assert all(is_region(code) for code in ("US", "US-NY", "PT-11", "GB-ENG", "XK"))
    assert not any(is_region(code) for code in ("", "us", "ZZ", "ZZ-01", "US-", "US-ABCD", "USA"))


def test_names() -> None:
    assert (name_of("US-NY"), name_of("GB"), name_of("PT-11"), name_of("nowhere")) == ("New York", "United Kingdom", "Portugal (PT-11)", "nowhere")
    assert (code_of_iso3("ita"), code_of_iso3("XKX"), code_of_iso3("QQQ")) == ("IT", "XK", "")


def test_every_written_name_leads_to_known_regions() -> None:
    for name in written_names():
        assert name.codes, name
        assert all(is_region(code) for code in name.codes), name


@given(st.sampled_from(CODES), st.sampled_from(CODES))
def test_touching_is_symmetric_and_reflexive(one: str, other: str) -> None:
    assert touch(one, one)
    assert touch(one, other) == touch(other, one)


@given(st.text(max_size=80))
def test_any_text_may_be_an_area_or_a_zone(text: str) -> None:
    assert all(is_region(code) for code in codes_in_area(text))
    assert code_of_zone(text) == "" or is_region(code_of_zone(text))
