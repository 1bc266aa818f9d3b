"""The regions of a shape on the map, by the towns in it and around it, for alerts that name no place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rtm_gate.vocabulary.data_files import rows_of
from rtm_gate.vocabulary.regions import ancestors

BESIDE, AROUND = 30.0, 150.0
"""Kilometres: towns this near lie in the shape as good as inside; without any of them the wider circle is asked."""

_KM = 111.2  # a degree of latitude
_WIDEST = 40.0  # degrees; a larger shape is no place
_CORNERS = 100


@dataclass(frozen=True, slots=True)
class Shape:
    """A ring of (latitude, longitude) in degrees, or a single point, and everything within `km` of it."""

    corners: tuple[tuple[float, float], ...]
    km: float = 0.0


@lru_cache(maxsize=1)
def _towns() -> dict[tuple[int, int], list[tuple[float, float, str]]]:
    """Degree cell -> its towns: latitude, longitude, region."""
    cells: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    for code, points in rows_of("towns.tsv.gz"):
        for point in points.split():
            north, east = map(float, point.split(":"))
            cells.setdefault((math.floor(north), math.floor(east)), []).append((north, east, code))
    return cells


@lru_cache(maxsize=1024)
def regions_at(shapes: tuple[Shape, ...]) -> tuple[str, ...]:
    """The regions that have a town in one of the shapes or beside it, sorted; empty when that is unknown (the open sea, half the world).

    Rather one region too many: a shape at a border belongs to both sides.
    """
    found: set[str] = set()
    for shape in shapes:
        ring = _ring(shape)
        if not ring:
            return ()
        found |= _within(ring, shape.km + BESIDE) or _within(ring, shape.km + AROUND)
    # Where the parts of a country are listed only in part, the country says more than they do.
    return tuple(sorted(code for code in found if not found.intersection(ancestors(code))))


def _ring(shape: Shape) -> list[tuple[float, float]]:
    """The corners with longitudes that run on across the date line; one with very many is its frame; empty for what is no place."""
    corners = [(north, east) for north, east in shape.corners if abs(north) <= 90 and abs(east) <= 360]
    if len(corners) != len(shape.corners) or not corners or not 0 <= shape.km <= _WIDEST * _KM / 2:
        return []
    first = corners[0][1]
    ring = [(north, first + math.remainder(east - first, 360)) for north, east in corners]
    (south, north), (west, east) = _spread(ring)
    if north - south > _WIDEST or east - west > _WIDEST:
        return []
    return ring if len(ring) <= _CORNERS else [(south, west), (south, east), (north, east), (north, west)]


def _spread(ring: list[tuple[float, float]]) -> tuple[tuple[float, float], tuple[float, float]]:
    norths, easts = zip(*ring, strict=True)
    return (min(norths), max(norths)), (min(easts), max(easts))


def _within(ring: list[tuple[float, float]], km: float) -> set[str]:
    found: set[str] = set()
    for north, east, code in _near(ring, km):
        if code not in found and _distance(north, east, ring) <= km:
            found.add(code)
    return found


def _near(ring: list[tuple[float, float]], km: float) -> Iterator[tuple[float, float, str]]:
    """The towns of the cells that the ring's frame touches, `km` wider all around, in the ring's own longitudes."""
    (south, north), (west, east) = _spread(ring)
    high = km / _KM
    wide = min(180.0, high / max(0.05, math.cos(math.radians(min(89.0, max(abs(south), abs(north)) + high)))))
    cells = _towns()
    for row in range(math.floor(south - high), math.floor(north + high) + 1):
        for column in range(math.floor(west - wide), math.floor(east + wide) + 1):
            turned = (column + 180) % 360 - 180
            for town_north, town_east, code in cells.get((row, turned), ()):
                yield town_north, town_east + column - turned, code


def _distance(north: float, east: float, ring: list[tuple[float, float]]) -> float:
    """Kilometres from a place to the ring, 0 inside it; a degree of longitude is taken as wide as it is at that place."""
    narrow = math.cos(math.radians(north))
    flat = [((corner_east - east) * narrow * _KM, (corner_north - north) * _KM) for corner_north, corner_east in ring]
    if len(flat) > 2 and _around(flat):
        return 0.0
    return min(_to_side(one, other) for one, other in _sides(flat))


def _sides(flat: list[tuple[float, float]]) -> Iterable[tuple[tuple[float, float], tuple[float, float]]]:
    return zip(flat, (*flat[1:], flat[0]), strict=True)


def _around(flat: list[tuple[float, float]]) -> bool:
    """Whether the ring encloses the origin."""
    inside = False
    for (x, y), (u, v) in _sides(flat):
        if (y > 0) != (v > 0) and x + (u - x) * -y / (v - y) > 0:
            inside = not inside
    return inside


def _to_side(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The origin's distance to a side."""
    (x, y), (u, v) = one, other
    along = (u - x) ** 2 + (v - y) ** 2
    at = 0.0 if along == 0 else min(1.0, max(0.0, -(x * (u - x) + y * (v - y)) / along))
    return math.hypot(x + at * (u - x), y + at * (v - y))
