"""Regions: ISO 3166-1 countries and ISO 3166-2 subdivisions and their names.

A code is `US` or `US-NY`. A territory with a country code of its own (`PR`, `GP`, `HK`) also lies inside its state, so that
news of one reaches an audience of the other. Sources: LICENSES.md beside the data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rtm_gate.vocabulary.data_files import rows_of

_CODE = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,3}))?")

# Territories: the ISO 3166-2 code under which the state counts them, where it has one, and the state.
_WITHIN = {
    **{code: (f"US-{code}", "US") for code in ("AS", "GU", "MP", "PR", "UM", "VI")},
    **{code: (f"CN-{code}", "CN") for code in ("HK", "MO")},
    **{code: (f"NL-{code}", "NL") for code in ("AW", "CW", "SX")},
    **{code: ("FR-" + number, "FR") for code, number in (("GP", "971"), ("MQ", "972"), ("GF", "973"), ("RE", "974"), ("YT", "976"))},
    **{code: (f"FR-{code}", "FR") for code in ("BL", "MF", "NC", "PF", "PM", "TF", "WF")},
    **dict.fromkeys(("AI", "BM", "FK", "GG", "GI", "IM", "IO", "JE", "KY", "MS", "PN", "SH", "TC", "VG"), ("GB",)),
    **dict.fromkeys(("CC", "CX", "HM", "NF"), ("AU",)),
    **dict.fromkeys(("FO", "GL"), ("DK",)),
    **dict.fromkeys(("CK", "NU", "TK"), ("NZ",)),
    "AX": ("FI-01", "FI"),
    "BQ": ("NL",),
    "SJ": ("NO-21", "NO"),
}

# Second-level codes of the United Kingdom that are listed under no other nation are councils of England.
_UNITED_KINGDOM = frozenset({"GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR", "GB-EAW", "GB-GBN", "GB-UKM"})

# European alert services write two countries otherwise than ISO 3166 does.
_SPOKEN = {"UK": "GB", "EL": "GR"}


@dataclass(frozen=True, slots=True)
class RegionName:
    """One written name of one or more regions (`Georgia` is two). `demonym` marks words like `Syrian`."""

    text: str
    codes: tuple[str, ...]
    demonym: bool = False


@dataclass(frozen=True, slots=True)
class _Tables:
    names: dict[str, str]
    iso3: dict[str, str]
    written: tuple[RegionName, ...]
    within: dict[str, str]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    names: dict[str, str] = {}
    iso3: dict[str, str] = {}
    places: dict[str, list[str]] = {}
    peoples: dict[str, list[str]] = {}
    for code, three, name, others, demonyms in rows_of("countries.tsv"):
        names[code], iso3[three] = name, code
        for text in filter(None, (name, *others.split("|"))):
            places.setdefault(text, []).append(code)
        for text in filter(None, demonyms.split("|")):
            peoples.setdefault(text, []).append(code)
    for code, name, others, _ in rows_of("subdivisions.tsv"):
        names[code] = name
        for text in filter(None, (name, *others.split("|"))):
            places.setdefault(text, []).append(code)
    written = [RegionName(text, tuple(sorted(codes))) for text, codes in places.items()]
    written += [RegionName(text, tuple(sorted(codes)), demonym=True) for text, codes in peoples.items()]
    within = {child: parent for parent, children in rows_of("within.tsv") for child in children.split()}
    return _Tables(names, iso3, tuple(sorted(written, key=lambda name: (name.text, name.demonym))), within)


def written_names() -> tuple[RegionName, ...]:
    """Every known name of a region and every demonym, as written, sorted."""
    return _tables().written


def is_region(code: str) -> bool:
    """True for a known country, and for any well-formed subdivision code of one (`PT-11` needs no name to be valid)."""
    form = _CODE.fullmatch(code)
    return form is not None and form[1] in _tables().names


def name_of(code: str) -> str:
    """`US-NY` -> `New York`; a subdivision without a name of its own -> `Portugal (PT-11)`; no region -> the code itself."""
    names = _tables().names
    if code in names:
        return names[code]
    return f"{names[code[:2]]} ({code})" if is_region(code) else code


@lru_cache(maxsize=4096)
def is_named(code: str) -> bool:
    """Whether the code stands for a place with a name here, or for a part of a country whose parts are not listed here (`PT-11`)."""
    if not is_region(code):
        return False
    tables = _tables()
    listed = any(name.startswith(f"{code[:2]}-") for name in tables.names)
    return "-" not in code or code in tables.names or code in tables.within or not listed


def spoken_code(code: str) -> str:
    """The code that is meant by one often written for it (`UK` for `GB`); empty when there is none."""
    return _SPOKEN.get(code, "")


def ancestors(code: str) -> tuple[str, ...]:
    """The regions that contain `code`, nearest first: `US-NY` -> (`US`,), `PR` -> (`US-PR`, `US`), `FR-75` -> (`FR-IDF`, `FR`)."""
    country, dash, _ = code.partition("-")
    if not dash:
        return _WITHIN.get(code, ())
    above = _tables().within.get(code)
    if above is None and country == "GB" and code not in _UNITED_KINGDOM:
        above = "GB-ENG"
    return (country,) if above is None else (above, country)


def touch(one: str, other: str) -> bool:
    """True when the regions are equal or one contains the other. US-NY and US-NJ do not touch."""
    return one == other or one in ancestors(other) or other in ancestors(one)


def parts_of(country: str) -> tuple[str, ...]:
    """The listed subdivisions of a country that lie in no other subdivision, sorted: together they are all of it. Empty where none are listed."""
    tables = _tables()
    return tuple(sorted(code for code in tables.names if code.startswith(f"{country}-") and code not in tables.within))


def code_of_iso3(three: str) -> str:
    """`ITA` -> `IT`; empty when unknown."""
    return _tables().iso3.get(three.strip().upper(), "")
