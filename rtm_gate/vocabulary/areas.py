"""The regions that an alert's area description names."""

from __future__ import annotations

import re
from functools import lru_cache

from rtm_gate.vocabulary.data_files import rows_of
from rtm_gate.vocabulary.regions import is_named, written_names


@lru_cache(maxsize=1)
def _counties() -> dict[str, frozenset[str]]:
    """Lower-case county names of the United States, without `County`, to the states that have one."""
    return {name: frozenset(f"US-{state}" for state in states.split()) for name, states in rows_of("us_counties.tsv.gz")}


# A region's name followed by one of these is something else that bears it ("Washington County", "Delaware Bay").
_NOT_THE_REGION = (
    r"(?!\s+(?:county|counties|parish|city|river|lake|bay|valleys?|delta|flats|creek|islands?|beach|springs|township|vicinity|basin|mountains|hills)\b)"
)
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
    parts = _near([part for part in (" ".join(piece.split()) for piece in re.split(r"[;\n]", text)) if part])
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


# Seismologists list the towns around ("47 miles (76 km) SSW of Usulután, El Salvador") up to half an ocean away.
_MILES = re.compile(r"(\d+(?:\.\d+)?) (?:miles|mi)\b")
_HERE = 250  # miles


def _near(parts: list[str]) -> list[str]:
    """Without the parts that lie far away by their own account, when others lie near."""
    far = [found is not None and float(found[1]) > _HERE for found in map(_MILES.match, parts)]
    return parts if all(far) else [part for part, away in zip(parts, far, strict=True) if not away]


def _codes_of_part(part: str) -> tuple[str, ...]:
    exact, loud, names = _area_names()
    if part.lower() in names and (part[0].isupper() or len(part) > 4):
        return names[part.lower()]
    behind = re.search(r",\s*([A-Z]{2})(?=$|[\s,.)])", part)
    if behind and is_named(f"US-{behind[1]}"):
        return (f"US-{behind[1]}",)
    pattern = loud if part.isupper() else exact
    return tuple(sorted({code for name in pattern.findall(part) for code in names[name.lower()]}))
