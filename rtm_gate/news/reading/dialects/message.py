"""One message of an alert in the words of the Common Alerting Protocol, whatever it was written in (XML, GeoJSON), and the alert it makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rtm_gate.model.news import Alert, Certainty, Severity
from rtm_gate.news.reading.dialects.meteoalarm import awareness_of, hazard_named
from rtm_gate.news.reading.dialects.place import regions_of
from rtm_gate.news.reading.dialects.usgs import HARMLESS_BELOW
from rtm_gate.news.reading.dialects.vtec import end_of, is_over, is_withdrawn, vtec_of
from rtm_gate.news.signals import is_test
from rtm_gate.news.text import plain
from rtm_gate.vocabulary.towns import Shape

SEVERITY: dict[str, Severity] = {"extreme": "extreme", "severe": "major", "moderate": "moderate", "minor": "minor"}
CERTAINTY: dict[str, Certainty] = {
    "observed": "observed",
    "very likely": "likely",  # CAP 1.0
    "likely": "likely",
    "possible": "possible",
    "unlikely": "unlikely",
}

OPENING = 160
"""Characters of a description that say what the message is; a test says so at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Text as sent, empty where nothing was said; times are UTC. `entry` names the story's entry, `title` is that of the entry it came in.

    A document of several hazards is several messages: `part` counts them, and those after the first have an `id` of their own and the
    document's identifier as `entry`, so that whoever takes back the document takes back them all.
    `ends` is the end of the event, `expires` that of the message. Codes and parameters are (name, value).
    """

    id: str
    entry: str
    part: int = 1
    title: str = ""
    status: str = ""
    kind: str = ""
    event: str = ""
    severity: str = ""
    certainty: str = ""
    urgency: str = ""
    responses: tuple[str, ...] = ()
    sent: datetime | None = None
    onset: datetime | None = None
    ends: datetime | None = None
    expires: datetime | None = None
    headline: str = ""
    description: str = ""
    note: str = ""
    sender: str = ""
    web: str = ""
    language: str = ""
    area: str = ""
    geocodes: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    shapes: tuple[Shape, ...] = ()
    references: tuple[str, ...] = ()


def alert_of(message: Message) -> Alert:
    vtec = vtec_of(message.parameters)
    event, kind = plain(message.event or message.title, 200), hazard_named(message.parameters)
    event = event if kind.lower() in event.lower() else f"{event} ({kind})"
    # What a long description says of other tests does not make this one.
    words = " ".join(filter(None, (message.title, event, message.headline, plain(message.description)[:OPENING], message.note)))
    awareness = awareness_of(message.parameters, message.title)
    status = message.status or "Actual"
    return Alert(
        dialect="cap",
        id=message.id,
        event=event,
        status=status,
        message="Cancel" if is_withdrawn(vtec) else message.kind or "Alert",
        severity=awareness or SEVERITY.get(message.severity.lower()) or _severity_of_quake(event, message.parameters),
        certainty=CERTAINTY.get(message.certainty.lower()),
        urgency="Past" if is_over(vtec) or "allclear" in message.responses else message.urgency,
        onset=message.onset,
        ends=message.ends or end_of(vtec) or message.expires,
        area=plain(message.area, 1000),
        codes=regions_of(message.geocodes, message.parameters, message.area, message.shapes, message.language),
        references=tuple(sorted({*message.references, *(code.event for code in vtec)})),
        # Green is MeteoAlarm's word for no warning at all.
        current=awareness != "minor",
        test=status.lower() != "actual" or any(code.test for code in vtec) or is_test(event, words),
    )


def _severity_of_quake(event: str, parameters: Sequence[tuple[str, str]]) -> Severity | None:
    """Seismologists leave the severity open; a small magnitude is harmless all the same."""
    told = next((value for name, value in parameters if name.lower() == "magnitude"), "")
    small = "earthquake" in event.lower() and re.fullmatch(r"-?\d+(\.\d+)?", told) and float(told) < HARMLESS_BELOW
    return "minor" if small else None
