"""The GeoJSON of the National Weather Service (https://api.weather.gov/alerts/active)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from rtm_gate.model.news import Story
from rtm_gate.news.reading.dialects.lenient import Lenient, Lists, Table, Text, table
from rtm_gate.news.reading.dialects.message import Message, alert_of
from rtm_gate.news.reading.story import make_story, sane
from rtm_gate.news.text import SUMMARY_LIMIT, TITLE_LIMIT, plain, web_link
from rtm_gate.news.times import parse_time
from rtm_gate.vocabulary.towns import Shape


class _Properties(Lenient):
    """`expires` is the end of the message, `ends` that of the event; either may be missing."""

    address: Text = Field(default="", validation_alias="@id")
    id: Text = ""
    area: Text = Field(default="", validation_alias="areaDesc")
    geocode: Lists = Field(default_factory=dict)
    references: list[Any] | Any = None
    sent: Text = ""
    effective: Text = ""
    onset: Text = ""
    expires: Text = ""
    ends: Text = ""
    status: Text = ""
    kind: Text = Field(default="", validation_alias="messageType")
    category: Text = ""
    severity: Text = ""
    certainty: Text = ""
    urgency: Text = ""
    event: Text = ""
    sender: Text = Field(default="", validation_alias="senderName")
    headline: Text = ""
    description: Text = ""
    response: Text = ""
    parameters: Lists = Field(default_factory=dict)


class _Feature(Lenient):
    id: Text = ""
    properties: Annotated[_Properties, BeforeValidator(table)]
    geometry: Table = Field(default_factory=dict)


def is_one(row: Any) -> bool:
    properties = table(table(row).get("properties"))
    return "event" in properties and "severity" in properties


def read(row: Any, number: int, source: str, fetched: datetime) -> Story | None:
    try:
        feature = _Feature.model_validate(row)
    except ValidationError:
        return None
    said = feature.properties
    if not is_one(row):
        return None
    message = _message(feature, said.id or feature.id or f"entry {number}")
    alert = alert_of(message)
    return make_story(
        source=source,
        entry=message.entry,
        title=plain(said.headline, TITLE_LIMIT) or alert.event,
        summary=plain(said.description, SUMMARY_LIMIT),
        url=web_link(said.address) or web_link(feature.id),
        published=sane(message.sent),
        updated=sane(message.sent),
        fetched=fetched,
        categories=(f"cap:{plain(said.category, 20)}",) if said.category else (),
        alert=alert,
    )


def _message(feature: _Feature, named: str) -> Message:
    said = feature.properties
    sent = parse_time(said.sent)
    return Message(
        id=named,
        entry=named,
        status=said.status,
        kind=said.kind,
        event=said.event,
        severity=said.severity,
        certainty=said.certainty,
        urgency=said.urgency,
        responses=(said.response.lower(),),
        sent=sent,
        onset=parse_time(said.onset) or parse_time(said.effective) or sent,
        ends=parse_time(said.ends),
        expires=parse_time(said.expires),
        headline=said.headline,
        description=said.description,
        sender=said.sender,
        area=said.area,
        geocodes=tuple((name, code) for name, codes in said.geocode.items() for code in codes),
        parameters=tuple((name, value) for name, values in said.parameters.items() for value in values),
        shapes=tuple(_shapes(feature.geometry)),
        references=tuple(_references(said)),
    )


def _references(said: _Properties) -> Iterator[str]:
    """Identifiers of earlier messages, and of those that have expired meanwhile (`sender,identifier,sent` triples)."""
    for row in said.references if isinstance(said.references, list) else ():
        if isinstance(named := table(row).get("identifier") or table(row).get("@id"), str):
            yield named
    for text in said.parameters.get("expiredReferences", ()):
        for triple in text.split():
            yield triple.split(",")[1] if triple.count(",") >= 2 else triple


def _shapes(geometry: dict[str, Any]) -> Iterator[Shape]:
    """The outer rings of a Polygon or MultiPolygon; GeoJSON writes longitude first."""
    coordinates = geometry.get("coordinates")
    rings = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(geometry.get("type")))
    for polygon in rings if isinstance(rings, list) else ():
        ring = polygon[0] if isinstance(polygon, list) and polygon else ()
        corners = [(float(pair[1]), float(pair[0])) for pair in ring if _is_corner(pair)]
        if corners:
            yield Shape(tuple(corners))


def _is_corner(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) >= 2 and all(isinstance(number, int | float) for number in pair[:2])
