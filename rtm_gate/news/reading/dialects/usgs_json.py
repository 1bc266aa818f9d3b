"""The GeoJSON summary feeds of the USGS (https://earthquake.usgs.gov/earthquakes/feed/v1.0/geojson.php).

`tsunami` is not read: 1 says that a message was considered, not that there is a tsunami.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from rtm_gate.model.news import Alert, Story
from rtm_gate.news.reading.dialects.lenient import Lenient, Number, Table, Text, table
from rtm_gate.news.reading.dialects.usgs import region_of_place, severity_of
from rtm_gate.news.reading.story import make_story, sane
from rtm_gate.news.text import TITLE_LIMIT, plain, web_link
from rtm_gate.vocabulary.towns import Shape, regions_at

UNREVIEWED = "has not been reviewed by a person"


class _Quake(Lenient):
    """`mag` is the magnitude, times are milliseconds since 1970, `alert` is PAGER's colour."""

    mag: Number = None
    place: Text = ""
    time: Number = None
    updated: Number = None
    url: Text = ""
    alert: Text = ""
    status: Text = ""
    net: Text = ""
    code: Text = ""
    title: Text = ""
    type: Text = ""


class _Feature(Lenient):
    id: Text = ""
    properties: Annotated[_Quake, BeforeValidator(table)]
    geometry: Table = Field(default_factory=dict)


def is_one(row: Any) -> bool:
    properties = table(table(row).get("properties"))
    return "mag" in properties and ("place" in properties or "net" in properties)


def read(row: Any, number: int, source: str, fetched: datetime) -> Story | None:
    try:
        feature = _Feature.model_validate(row)
    except ValidationError:
        return None
    quake = feature.properties
    named = f"urn:earthquake-usgs-gov:{quake.net}:{quake.code}" if quake.net and quake.code else feature.id
    if not named or (quake.mag is None and not quake.place):
        return None
    around = _around(feature.geometry)
    title = plain(quake.title, TITLE_LIMIT) or f"M {quake.mag} - {plain(quake.place, 200)}"
    happened, updated = sane(_moment(quake.time)), sane(_moment(quake.updated))
    return make_story(
        source=source,
        entry=named,
        title=title,
        summary="",
        url=web_link(quake.url),
        published=happened,
        updated=updated or happened,
        fetched=fetched,
        alert=_alert(quake, named, region_of_place(quake.place) or around or (), remote=around == ()),
    )


def _alert(quake: _Quake, named: str, codes: tuple[str, ...], *, remote: bool) -> Alert:
    severity = severity_of(quake.alert, quake.mag, remote=remote)
    deleted, reviewed = quake.status.lower() == "deleted", quake.status.lower() == "reviewed"
    # Machines have reported great earthquakes that never were; small ones and those with an estimate of losses need no doubt.
    unsure = severity is None and not reviewed
    return Alert(
        dialect="usgs",
        id=named,
        event="Earthquake" if quake.type.lower() in ("", "earthquake") else plain(quake.type, 80).capitalize(),
        message="Cancel" if deleted else "Alert",
        severity=severity,
        certainty="observed" if reviewed or quake.alert else "likely",
        onset=_moment(quake.time),
        area=plain(quake.place, 200),
        codes=codes,
        current=not deleted,
        doubt=UNREVIEWED if unsure else "",
    )


def _around(geometry: dict[str, Any]) -> tuple[str, ...] | None:
    """The regions of the towns around; empty far from all of them, None without a point on the map."""
    match geometry.get("coordinates"):
        case [int() | float() as east, int() | float() as north, *_] if abs(north) <= 90 and abs(east) <= 180:
            return regions_at((Shape(((float(north), float(east)),)),))
    return None


def _moment(milliseconds: float | None) -> datetime | None:
    try:
        return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
