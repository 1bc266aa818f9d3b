"""Area codes of alerts, and the regions they stand for. Which registry a code is of decides what it means.

Registries: NWS zones and counties (UGC), SAME and FIPS numbers, EMMA_ID and NUTS of Europe, WarnCellID (Germany), CISORP (Czechia),
CAP-CP locations (Canada), AMOC area codes (Australia), ISO 3166.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from rtm_gate.vocabulary.data_files import toml_of
from rtm_gate.vocabulary.regions import code_of_iso3, is_region, spoken_code

_UGC = re.compile(r"([A-Z]{2})[CZ](?:\d{3}|ALL)")
_SAME = re.compile(r"\d?(\d{2})\d{3}")
_AUSTRALIA = re.compile(r"(NSW|VIC|QLD|SA|WA|TAS|NT|ACT)_[A-Z]{2}\d{3}")
_WARN_CELL = re.compile(r"[189](\d{2})\d{6}")
_EUROPE = re.compile(r"([A-Z]{2})[A-Z0-9]{0,6}")
_NUMBERED = re.compile(r"(?=.*\d)[A-Z]{2}[A-Z0-9]{1,6}")


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return toml_of("area_codes.toml")


def codes_of_zone(zone: str, registry: str = "") -> tuple[str, ...]:
    """The regions an area code stands for, sorted; empty when it is not known. `registry` is the name an alert gives with it (CAP: valueName).

    A marine zone stands for the states whose coast it is.
    """
    text, kind = zone.strip().upper(), registry.strip().upper()
    if kind:
        return _registered(text, kind)
    return _american(text) or _australian(text) or _iso(text) or (_european(text) if _NUMBERED.fullmatch(text) else ())


def _registered(text: str, kind: str) -> tuple[str, ...]:
    if "CAP-CP" in kind:
        return _region("CA", _tables()["canada"].get(text[:2])) if "LOCATION" in kind else ()
    if "EMMA" in kind or "NUTS" in kind:
        return _european(text)
    if "WARNCELL" in kind:
        found = _WARN_CELL.fullmatch(text)
        return (_region("DE", _tables()["germany"].get(found[1])) if found else ()) or ("DE",)
    if "CISORP" in kind:
        return ("CZ",)
    if any(name in kind for name in ("FIPS", "SAME", "UGC")):
        # Letters before the number are FIPS 10-4, which says GM for Germany and IS for Israel: read as ISO 3166 they would mislead.
        return _american(text)
    # Any other list may number its areas as it likes (postal codes look like SAME); only what cannot be mistaken is read.
    return _australian(text) or (_iso(text) if "-" in text or "ISO" in kind else ())


def _american(text: str) -> tuple[str, ...]:
    if found := _UGC.fullmatch(text):
        states = _tables()["marine"].get(found[1], found[1]).split()
        return tuple(sorted(f"US-{state}" for state in states if state in _states()))
    if found := _SAME.fullmatch(text):
        return ("US",) if text == "000000" else _region("US", _tables()["fips"].get(found[1]))
    return ()


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    return frozenset(_tables()["fips"].values())


def _australian(text: str) -> tuple[str, ...]:
    return _region("AU", found[1]) if (found := _AUSTRALIA.fullmatch(text)) else ()


def _european(text: str) -> tuple[str, ...]:
    found = _EUROPE.fullmatch(text)
    country = (spoken_code(found[1]) or found[1]) if found else ""
    return (country,) if is_region(country) else ()


def _iso(text: str) -> tuple[str, ...]:
    code = text if is_region(text) else code_of_iso3(text) if len(text) == 3 else ""
    return (code,) if code else ()


def _region(country: str, part: str | None) -> tuple[str, ...]:
    return (f"{country}-{part}",) if part else ()
