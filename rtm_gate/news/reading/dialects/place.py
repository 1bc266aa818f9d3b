"""Where an alert is: by the codes of its areas, else by their names, else by its shape on the map, else by the language it is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from rtm_gate.news.reading.raw import name_of, text_of
from rtm_gate.vocabulary.areas import codes_in_area
from rtm_gate.vocabulary.regions import is_region
from rtm_gate.vocabulary.towns import Shape, regions_at
from rtm_gate.vocabulary.zones import codes_of_zone

_ZONE = re.compile(r"\b[A-Z]{2}[CZ](?:\d{3}|ALL)\b")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def regions_of(
    geocodes: Iterable[tuple[str, str]], parameters: Iterable[tuple[str, str]], area: str, shapes: Iterable[Shape], language: str
) -> tuple[str, ...]:
    """ISO 3166 codes, sorted; empty when the area is unknown, and the alert may concern anybody. Codes and parameters are (name, value)."""
    found = {code for registry, values in geocodes for value in re.split(r"[\s,;]+", values) for code in codes_of_zone(value, registry)}
    found |= {code for name, value in parameters if "UGC" in name.upper() for zone in _ZONE.findall(value) for code in codes_of_zone(zone, "UGC")}
    return tuple(sorted(found or codes_in_area(area) or regions_at(tuple(shapes)) or _of_language(language)))


def _of_language(language: str) -> tuple[str, ...]:
    """`en-AU` is written in Australia; `en-US` is what CAP assumes when nothing is said, and tells nothing."""
    country = language.strip().partition("-")[2].upper()
    return (country,) if len(country) == 2 and country != "US" and is_region(country) else ()


def polygon_of(text: str) -> Shape | None:
    """`38.47,-120.14 38.34,-119.95 …`: latitude,longitude pairs; None where it is no ring."""
    pairs = [_NUMBER.findall(pair) for pair in text.split()]
    if len(pairs) < 3 or any(len(pair) != 2 for pair in pairs):
        return None
    return Shape(tuple((float(north), float(east)) for north, east in pairs))


def circle_of(text: str) -> Shape | None:
    """`32.9525,-115.5527 10`: a point and kilometres."""
    numbers = [float(number) for number in _NUMBER.findall(text)]
    return Shape(((numbers[0], numbers[1]),), numbers[2]) if len(numbers) == 3 else None


def regions_of_points(element: Element) -> tuple[str, ...]:
    """By the points on the map in an entry: `georss:point` (`34.3 -120.1`: latitude and longitude), else `geo:lat` and `geo:long`."""
    said: dict[str, list[str]] = {}
    for inner in element.iter():
        said.setdefault(name_of(inner), []).append(text_of(inner))
    texts = said.get("point") or []
    texts += [f"{north} {east}" for north, east in zip(said.get("lat", ()), said.get("long", ()), strict=False)]
    pairs = [_NUMBER.findall(text) for text in texts]
    return regions_at(tuple(Shape(((float(pair[0]), float(pair[1])),)) for pair in pairs if len(pair) == 2))
