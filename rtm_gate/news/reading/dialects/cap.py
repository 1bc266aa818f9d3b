"""The Common Alerting Protocol, versions 1.0 to 1.2: whole documents, documents inside an entry, and elements strewn over an entry (NWS).

Source: OASIS CAP 1.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from xml.etree.ElementTree import Element

from rtm_gate.model.news import SEVERITIES
from rtm_gate.news.reading.dialects.message import SEVERITY, Message
from rtm_gate.news.reading.dialects.place import circle_of, polygon_of
from rtm_gate.news.reading.raw import child, child_text, is_cap, name_of, text_of
from rtm_gate.news.times import parse_time


def messages_of(element: Element, entry: str, title: str) -> list[Message]:
    """The alert in an entry (or in an `alert` element), one message a hazard; empty when there is none. `entry` is the id of last resort."""
    document = element if name_of(element) == "alert" else next((inner for inner in element.iter() if name_of(inner) == "alert"), None)
    if document is not None:
        hazards = _hazards(document) or [[]]
        return [_read(list(document), blocks, entry, title, part) for part, blocks in enumerate(hazards, 1)]
    flat = [inner for inner in element if is_cap(inner)]
    return [_read(flat, [], entry, title)] if any(name_of(inner) in ("event", "severity", "status") for inner in flat) else []


def cap_categories(element: Element) -> tuple[str, ...]:
    """`cap:Met`, `cap:Safety`: what kind of hazard the sender says it is."""
    inside = name_of(element) == "alert"
    return tuple(sorted({f"cap:{text_of(row)}" for row in element.iter() if name_of(row) == "category" and text_of(row) and (inside or is_cap(row))}))


def _hazards(document: Element) -> list[list[Element]]:
    """The blocks that tell of one hazard at its gravest, for each hazard; the gravest hazard first.

    Blocks in other languages tell of the same hazards again, and count only where they are graver than what is told in English.
    """
    blocks = [inner for inner in document if name_of(inner) == "info"]
    english = [block for block in blocks if (child_text(block, "language") or "en").lower().startswith("en")]
    chosen = english or [block for block in blocks if child_text(block, "language") == child_text(blocks[0], "language")]
    worst = max(map(_rank, chosen), default=-1)
    chosen += [block for block in blocks if block not in chosen and _rank(block) > worst]
    by_event = groupby(sorted(chosen, key=_event), key=_event)
    found = [[block for block in same if _rank(block) == max(map(_rank, same))] for same in (list(group) for _, group in by_event)]
    return sorted(found, key=lambda same: (-_rank(same[0]), blocks.index(same[0])))


def _event(block: Element) -> str:
    return child_text(block, "event").lower()


def _rank(block: Element) -> int:
    severity = SEVERITY.get(child_text(block, "severity").lower())
    return SEVERITIES.index(severity) if severity else -1


def _read(head: list[Element], blocks: list[Element], entry: str, title: str, part: int = 1) -> Message:
    """`blocks` differ in their areas only; the first one's words stand for all."""
    fields = [*head, *(inner for block in blocks for inner in block)]
    said = {name_of(field): text_of(field) for field in reversed([*head, *(blocks[0] if blocks else ())])}
    areas = [field for field in fields if name_of(field) == "area"]
    within = [inner for area in areas for inner in area] + fields
    shapes = [polygon_of(text_of(inner)) for inner in within if name_of(inner) == "polygon"]
    shapes += [circle_of(text_of(inner)) for inner in within if name_of(inner) == "circle"]
    identifier = said.get("identifier", "") or entry
    times = {name: parse_time(said.get(name)) for name in ("sent", "effective", "onset", "expires", "ends")}
    return Message(
        id=identifier if part == 1 else f"{identifier}#{part}",
        entry=entry if part == 1 else identifier,
        part=part,
        title=title,
        status=said.get("status", ""),
        kind=said.get("msgType", "") or said.get("message_type", ""),  # MeteoAlarm's spelling
        event=said.get("event", ""),
        severity=said.get("severity", ""),
        certainty=said.get("certainty", ""),
        urgency=said.get("urgency", ""),
        responses=tuple(text_of(field).lower() for field in fields if name_of(field) == "responseType"),
        sent=times["sent"],
        onset=times["onset"] or times["effective"] or times["sent"],
        ends=times["ends"],
        expires=max(filter(None, (parse_time(child_text(block, "expires")) for block in blocks)), default=times["expires"]),
        headline=said.get("headline", ""),
        description=said.get("description", ""),
        note=said.get("note", ""),
        sender=said.get("senderName", "") or said.get("sender", ""),
        web=said.get("web", ""),
        language=said.get("language", ""),
        area="; ".join(dict.fromkeys(filter(None, [child_text(inner, "areaDesc") for inner in areas] or [said.get("areaDesc", "")]))),
        geocodes=tuple(_pairs(within, "geocode")),
        parameters=tuple(_pairs(fields, "parameter")),
        shapes=tuple(filter(None, shapes)),
        references=_references(said.get("references", "")),
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


def _references(text: str) -> tuple[str, ...]:
    """Identifiers out of `sender,identifier,sent` triples."""
    return tuple(triple.split(",")[1] if triple.count(",") >= 2 else triple for triple in text.split())
