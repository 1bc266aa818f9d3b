"""Where an alert is: by the name of its area, by the codes of many registries, by its shape on the map."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.vocabulary.areas import codes_in_area
from rtm_gate.vocabulary.regions import ancestors, is_region
from rtm_gate.vocabulary.towns import AROUND, BESIDE, Shape, regions_at
from rtm_gate.vocabulary.zones import codes_of_zone

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
    "GMZ330": "US-AL US-FL US-LA US-MS US-TX",
    "PKZ411": "US-AK",
    "048201": "US-TX",
    "48201": "US-TX",
    "009001": "US-CT",
    "099999": "",
    "000000": "US",
    "003001": "",
    "IT003": "IT",
    "UK001": "GB",
    "EL30": "GR",
    "DE21H": "DE",
    "ITA": "IT",
    "GB": "GB",
    "US-NY": "US-NY",
    "NSW_FW004": "AU-NSW",
    "": "",
    "?": "",
}


REGISTERED = {
    ("EMMA_ID", "IT003"): "IT",
    ("EMMA_ID", "UK001"): "GB",
    ("NUTS3", "ITC4C"): "IT",
    ("NUTS2", "EL30"): "GR",
    ("NUTS3", "DEF0B"): "DE",
    ("WARNCELLID", "105315000"): "DE-NW",
    ("WARNCELLID", "501000001"): "DE",
    ("CISORP", "2110"): "CZ",
    ("SAME", "048201"): "US-TX",
    ("FIPS6", "006037"): "US-CA",
    ("UGC", "NJZ106"): "US-NJ",
    ("profile:CAP-CP:Location:0.3", "3537039"): "CA-ON",
    ("profile:CAP-CP:Event:0.4", "352025"): "",
    ("layer:EC-MSC-SMC:1.0:CLC", "041420"): "",
    ("ISO 3166-2", "AU-NSW"): "AU-NSW",
    ("ISO 3166-1", "NZ"): "NZ",
    ("AMOC-AreaCode", "VIC_FW007"): "AU-VIC",
    # What looks like another registry's code says nothing: FIPS 10-4 calls Germany GM, a postal code is no county.
    ("FIPS", "GM04"): "",
    ("ZIP", "10001"): "",
    ("district", "ME004"): "",
}

OKLAHOMA = ((35.5, -97.6), (35.5, -97.2), (35.1, -97.2), (35.1, -97.6))
SHAPES = {
    "a ring around a city": (Shape(OKLAHOMA), "US-OK"),
    "a point in a city": (Shape(((48.85, 2.35),)), "FR-IDF"),
    "a point at a border belongs to both sides": (Shape(((40.7, -74.0),)), "US-NJ US-NY"),
    "far from towns the wider circle is asked": (Shape(((-25.0, 131.0),)), "AU-NT"),
    "across the date line": (Shape(((-16.0, 179.0), (-16.0, -179.0), (-18.0, -179.0), (-18.0, 179.0))), "FJ"),
    "a circle of 60 kilometres reaches the border": (Shape(((53.35, -6.26),), 60), "GB-NIR IE"),
    "the open sea": (Shape(((0.0, -140.0),)), ""),
    "half the world": (Shape(((60.0, -100.0), (-60.0, 100.0))), ""),
    "no place": (Shape(((123.0, 10.0),)), ""),
    "no corner": (Shape(()), ""),
}


@pytest.mark.parametrize(("text", "codes"), AREAS.items())
def test_area_descriptions(text: str, codes: str) -> None:
    assert " ".join(codes_in_area(text)) == codes


@pytest.mark.parametrize(("zone", "codes"), ZONES.items())
def test_zone_codes(zone: str, codes: str) -> None:
    assert " ".join(codes_of_zone(zone)) == codes


@pytest.mark.parametrize(("registered", "codes"), REGISTERED.items())
def test_codes_of_a_registry(registered: tuple[str, str], codes: str) -> None:
    registry, zone = registered
    assert " ".join(codes_of_zone(zone, registry)) == codes


@pytest.mark.parametrize(("shape", "codes"), SHAPES.values(), ids=SHAPES)
def test_shapes(shape: Shape, codes: str) -> None:
    assert " ".join(regions_at((shape,))) == codes


@given(st.text(max_size=80), st.sampled_from(["", "EMMA_ID", "NUTS3", "FIPS", "SAME", "UGC", "WARNCELLID", "ISO 3166-2", "other"]))
def test_any_text_may_be_an_area_or_a_zone(text: str, registry: str) -> None:
    assert all(is_region(code) for code in (*codes_in_area(text), *codes_of_zone(text, registry)))


@given(north=st.floats(-89, 89), east=st.floats(-180, 180), km=st.floats(0, 200), more=st.floats(AROUND - BESIDE, 400))
def test_a_wider_circle_loses_no_region(north: float, east: float, km: float, more: float) -> None:
    near, wide = regions_at((Shape(((north, east),), km),)), regions_at((Shape(((north, east),), km + more),))
    assert all(code in wide or set(ancestors(code)) & set(wide) for code in near)
