"""Regions: ISO 3166-1 countries and ISO 3166-2 subdivisions, their names, and the codes by which alerts speak of them.

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

_FIPS = {
    "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE", "11": "DC", "12": "FL", "13": "GA", "15": "HI",
    "16": "ID", "17": "IL", "18": "IN", "19": "IA", "20": "KS", "21": "KY", "22": "LA", "23": "ME", "24": "MD", "25": "MA", "26": "MI", "27": "MN",
    "28": "MS", "29": "MO", "30": "MT", "31": "NE", "32": "NV", "33": "NH", "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH",
    "40": "OK", "41": "OR", "42": "PA", "44": "RI", "45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT", "50": "VT", "51": "VA", "53": "WA",
    "54": "WV", "55": "WI", "56": "WY", "60": "AS", "66": "GU", "69": "MP", "72": "PR", "78": "VI",
}  # fmt: skip

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


def code_of_iso3(three: str) -> str:
    """`ITA` -> `IT`; empty when unknown."""
    return _tables().iso3.get(three.strip().upper(), "")


def code_of_zone(zone: str) -> str:
    """The region of an alert's area code; empty for marine zones and whatever is not known.

    Knows NWS zones and counties (`NJZ106`, `TXC201`), SAME and FIPS numbers (`048201`, `48201`), EMMA_ID and NUTS codes
    of European services (`IT003`, `DE21H`), ISO 3166 alpha-3 (`ITA`) and ISO 3166 codes themselves.
    """
    text = zone.strip().upper()
    if re.fullmatch(r"[A-Z]{2}[CZ](\d{3}|ALL)", text):
        code = f"US-{text[:2]}"
        return code if text[:2] in _FIPS.values() else ""
    if re.fullmatch(r"\d?\d{5}", text):
        state = _FIPS.get(text[-5:-3], "")
        return f"US-{state}" if state else ""
    if re.fullmatch(r"[A-Z]{3}", text):
        return code_of_iso3(text)
    if is_region(text):
        return text
    if re.fullmatch(r"[A-Z]{2}[A-Z0-9]{1,6}", text) and any(letter.isdigit() for letter in text):
        country = _SPOKEN.get(text[:2], text[:2])
        return country if is_region(country) else ""
    return ""


@lru_cache(maxsize=1)
def _counties() -> dict[str, frozenset[str]]:
    """Lower-case county names of the United States, without `County`, to the states that have one."""
    return {name: frozenset(f"US-{state}" for state in states.split()) for name, states in rows_of("us_counties.tsv.gz")}


# A region's name followed by one of these is something else that bears it ("Washington County", "Delaware Bay").
_NOT_THE_REGION = r"(?!\s+(?:county|counties|parish|city|river|lake|bay|valley|delta|flats|creek|island|islands|beach|springs|township)\b)"
_COUNTY = re.compile(r"\s+(?:county|parish|borough|census area|municipality)\b.*$", re.IGNORECASE)
_SIDE = re.compile(
    r"^(?:(?:far|extreme|coastal|inland|interior|upper|lower|central|(?:north|south)?(?:east|west)?(?:ern)?|north|south)\s+(?:and\s+)?)+", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _area_names() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Patterns for region names as written and in capitals, longest first, and the codes of each name in lower case."""
    codes: dict[str, tuple[str, ...]] = {}
    for name in written_names():
        if not name.demonym:
            known = codes.get(name.text.lower(), ())
            codes[name.text.lower()] = tuple(sorted({*known, *name.codes}))
    exact = sorted((name.text for name in written_names() if not name.demonym), key=lambda text: (-len(text), text))
    loud = [text for text in exact if len(text) > 4]
    frame = r"(?<![\w.])(?:{})(?!\w)" + _NOT_THE_REGION
    return (
        re.compile(frame.format("|".join(map(re.escape, exact))).replace("(?:county", "(?i:county")),
        re.compile(frame.format("|".join(map(re.escape, loud))), re.IGNORECASE),
        codes,
    )


@lru_cache(maxsize=4096)
def codes_in_area(text: str) -> tuple[str, ...]:
    """The regions an alert's area description names, sorted; empty when unknown.

    Reads names of states and countries ("New Jersey; New York", "Coastal areas of Alaska"), a state behind a comma
    ("Harris, TX"), and lists of counties of the United States when only one state has all of them ("Mercer; Rock Island").
    """
    parts = [part for part in (" ".join(piece.split()) for piece in re.split(r"[;\n]", text)) if part]
    found: set[str] = set()
    bare: list[tuple[str, ...]] = []
    counties: list[frozenset[str]] = []
    for part in parts:
        codes = _codes_of_part(part)
        known = _counties().get(_SIDE.sub("", _COUNTY.sub("", part)).lower())
        if codes and known and part.lower() in _area_names()[2] and len(parts) > 1:
            bare.append(codes)
            counties.append(known)
        elif codes:
            found.update(codes)
        elif known:
            counties.append(known)
    # In a list of counties "Washington" is a county; in a list of states it is the state.
    if len(bare) == len(counties):
        found.update(*bare)
        counties = []
    if not found and (len(counties) > 1 or (counties and _COUNTY.search(text))):
        shared = frozenset.intersection(*counties)
        found.update(shared if len(shared) == 1 else ())
    return tuple(sorted(found))


def _codes_of_part(part: str) -> tuple[str, ...]:
    exact, loud, names = _area_names()
    if part.lower() in names and (part[0].isupper() or len(part) > 4):
        return names[part.lower()]
    behind = re.search(r",\s*([A-Z]{2})(?=$|[\s,.)])", part)
    if behind and f"US-{behind[1]}" in _tables().names:
        return (f"US-{behind[1]}",)
    pattern = loud if part.isupper() else exact
    return tuple(sorted({code for name in pattern.findall(part) for code in names[name.lower()]}))
