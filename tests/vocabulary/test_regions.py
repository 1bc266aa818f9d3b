"""Regions: codes, names, containment, and what alerts write instead of codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.vocabulary.regions import ancestors, code_of_iso3, is_region, name_of, touch, written_names

CODES = sorted({code for name in written_names() for code in name.codes} | {"PT-11", "FR-75", "GB-LND", "GB-EDH", "US-PR"})

# area description -> regions
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
