"""The Common Alerting Protocol, versions 1.0 to 1.2: whole documents, documents inside an entry, and elements strewn over an entry (NWS).

Sources: OASIS CAP 1.2; NWS VTEC, Directive 10-1703.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element

from rtm_gate.model.news import SEVERITIES, Alert, Certainty, Severity
from rtm_gate.news.reading.dialects.usgs import HARMLESS_BELOW
from rtm_gate.news.reading.raw import child, child_text, is_cap, name_of, text_of
from rtm_gate.news.signals import is_test
from rtm_gate.news.text import plain
from rtm_gate.news.times import parse_time
from rtm_gate.vocabulary.regions import code_of_zone, codes_in_area, is_region

SEVERITY: dict[str, Severity] = {"extreme": "extreme", "severe": "major", "moderate": "moderate", "minor": "minor"}
CERTAINTY: dict[str, Certainty] = {
    "observed": "observed",
    "very likely": "likely",  # CAP 1.0
    "likely": "likely",
    "possible": "possible",
    "unlikely": "unlikely",
}

_VTEC = re.compile(r"([OTEX])\.([A-Z]{3})\.([A-Z]{4})\.([A-Z]{2})\.([A-Z])\.(\d{4})(?:\.(\d{6}T\d{4}Z)-(\d{6}T\d{4}Z))?")
# CAP-CP: census codes of Canada; the first two digits are the province.
_CANADA = "CAP-CP:Location"
_PROVINCES = {
    "10": "NL", "11": "PE", "12": "NS", "13": "NB", "24": "QC", "35": "ON", "46": "MB", "47": "SK", "48": "AB", "59": "BC", "60": "YT", "61": "NT", "62": "NU",
}  # fmt: skip
_ZONE = re.compile(r"\b[A-Z]{2}[CZ](?:\d{3}|ALL)\b")
_OVER = ("EXP",)
_WITHDRAWN = ("CAN", "UPG")

OPENING = 160
"""Characters of a description that say what the message is; a test says so at once."""


def cap_alert(element: Element, entry: str, title: str) -> Alert | None:
    """The alert in an entry (or in an `alert` element); None when there is none. `entry` is the id of last resort."""
    document = element if name_of(element) == "alert" else next((inner for inner in element.iter() if name_of(inner) == "alert"), None)
    if document is not None:
        return _read(list(document), list(info_of(document)), entry, title)
    flat = [inner for inner in element if is_cap(inner)]
    return _read(flat, [], entry, title) if any(name_of(inner) in ("event", "severity", "status") for inner in flat) else None


def info_of(document: Element) -> Element:
    """The gravest block in English, else of all: further blocks are the hazard in other languages, or its lesser companions."""
    blocks = [inner for inner in document if name_of(inner) == "info"]
    english = [block for block in blocks if (child_text(block, "language") or "en").lower().startswith("en")]
    return max(english or blocks or [document], key=_rank)


def _rank(block: Element) -> int:
    severity = SEVERITY.get(child_text(block, "severity").lower())
    return SEVERITIES.index(severity) if severity else -1


def _read(head: list[Element], info: list[Element], entry: str, title: str) -> Alert:
    parts = [*head, *info]
    said = {name_of(part): text_of(part) for part in reversed(parts)}
    areas = [part for part in parts if name_of(part) == "area"]
    area = "; ".join(filter(None, [child_text(inner, "areaDesc") for inner in areas] or [said.get("areaDesc", "")]))
    codes = list(_pairs(parts, "geocode")) + [pair for inner in areas for pair in _pairs(inner, "geocode")]
    parameters = list(_pairs(parts, "parameter"))
    vtec = [found for name, value in parameters if "VTEC" in name.upper() for found in _VTEC.findall(value)]
    event = plain(said.get("event", "") or title, 200)
    # What a long description says of other tests does not make this one.
    words = " ".join(filter(None, (title, event, said.get("headline", ""), plain(said.get("description", ""))[:OPENING], said.get("note", ""))))
    urgency = "Past" if "allclear" in [text_of(p).lower() for p in parts if name_of(p) == "responseType"] else said.get("urgency", "")
    if vtec and all(action in _OVER for _, action, *_ in vtec):
        urgency = "Past"
    message = "Cancel" if vtec and all(action in _WITHDRAWN for _, action, *_ in vtec) else said.get("msgType", "") or "Alert"
    status = said.get("status", "") or "Actual"
    return Alert(
        dialect="cap",
        id=said.get("identifier", "") or entry,
        event=event,
        status=status,
        message=message,
        severity=SEVERITY.get(said.get("severity", "").lower()) or _severity_of_quake(event, parameters),
        certainty=CERTAINTY.get(said.get("certainty", "").lower()),
        urgency=urgency,
        onset=parse_time(said.get("onset")) or parse_time(said.get("effective")) or parse_time(said.get("sent")),
        ends=parse_time(said.get("ends")) or _vtec_end(vtec) or parse_time(said.get("expires")),
        area=plain(area, 1000),
        codes=_regions(codes, parameters, area) or _country_of_language(said.get("language", "")),
        references=_references(said.get("references", ""), vtec),
        test=status.lower() not in ("actual", "") or any(row[0] == "T" for row in vtec) or is_test(event, words),
    )


def _pairs(parts: Iterable[Element], kind: str) -> Iterable[tuple[str, str]]:
    """valueName and value in turn: NWS puts several of them into one `geocode`. CAP 1.0 writes `name=value` instead."""
    for part in parts:
        if name_of(part) != kind:
            continue
        name = ""
        for inner in part:
            if name_of(inner) == "valueName":
                name = text_of(inner)
            elif name_of(inner) == "value":
                yield name, text_of(inner)
        if child(part, "value") is None and "=" in text_of(part):
            left, _, right = text_of(part).partition("=")
            yield left.strip(), right.strip()


def _regions(codes: Sequence[tuple[str, str]], parameters: Iterable[tuple[str, str]], area: str) -> tuple[str, ...]:
    """ISO 3166 codes of the zones; the area's name is asked only when no zone is known."""
    found = {code_of_zone(value) for name, values in codes for value in values.split() if _CANADA not in name and not name.endswith(":CLC")}
    found |= {f"CA-{_PROVINCES[value[:2]]}" for name, value in codes if _CANADA in name and value[:2] in _PROVINCES}
    found |= {code_of_zone(zone) for name, value in parameters if "UGC" in name.upper() for zone in _ZONE.findall(value)}
    found = {code for code in found if code and is_region(code)}
    return tuple(sorted(found or codes_in_area(area)))


def _country_of_language(language: str) -> tuple[str, ...]:
    """`en-AU` is written in Australia; `en-US` is what CAP assumes when nothing is said, and tells nothing."""
    country = language.strip().partition("-")[2].upper()
    return (country,) if len(country) == 2 and country != "US" and is_region(country) else ()


def _severity_of_quake(event: str, parameters: Sequence[tuple[str, str]]) -> Severity | None:
    """Seismologists leave the severity open; a small magnitude is harmless all the same."""
    told = next((value for name, value in parameters if name.lower() == "magnitude"), "")
    small = "earthquake" in event.lower() and re.fullmatch(r"-?\d+(\.\d+)?", told) and float(told) < HARMLESS_BELOW
    return "minor" if small else None


def _references(text: str, vtec: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Identifiers out of `sender,identifier,sent` triples, and the event numbers of NWS, by which messages of one event are known."""
    named = [triple.split(",")[1] if triple.count(",") >= 2 else triple for triple in text.split()]
    return tuple(sorted({*named, *(f"vtec:{office}.{hazard}.{level}.{number}" for _, _, office, hazard, level, number, *_ in vtec)}))


def _vtec_end(vtec: list[tuple[str, ...]]) -> datetime | None:
    """The latest end of the event; a row of zeros means until further notice and gives none."""
    ends = [parse_time(f"20{row[7][:2]}-{row[7][2:4]}-{row[7][4:6]}T{row[7][7:9]}:{row[7][9:11]}:00+00:00") for row in vtec if row[7]]
    return max((end for end in ends if end), default=None)
