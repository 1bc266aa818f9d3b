"""The entries of a feed as plain XML elements, beside feedparser, which drops repeated and nested elements of other namespaces.

Where the document breaks, each entry behind the break is read on its own, so one bad entry hides no alert in the others.
"""

from __future__ import annotations

import html.entities
import io
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring, iterparse  # type: ignore[import-untyped]

from rtm_gate.news.reading.pieces import pieces_of

_ENTRIES = ("item", "entry")
_IDS = ("id", "guid", "link")
_FAULTS = (ParseError, DefusedXmlException, ValueError, LookupError)


@dataclass(frozen=True, slots=True)
class Raw:
    """`entries` in the order of the document, None where one could not be read; `alerts` are CAP documents that stand outside entries.

    `root` is the outermost element's name; `whole`: the document is well-formed; `sound`: entries before the break; `begun`: entries
    that the text begins, as far as it shows them. `status` is what an EDXL envelope says of all it holds (`Actual`, `Exercise`, `Test`).
    """

    root: str
    entries: tuple[Element | None, ...]
    alerts: tuple[Element, ...]
    whole: bool
    sound: int
    begun: int
    status: str = ""

    @property
    def unread(self) -> int:
        """Entries with an alert in them that nobody could read."""
        return sum(entry is None for entry in self.entries)


def name_of(element: Element) -> str:
    """The local name: `{urn:oasis:names:tc:emergency:cap:1.2}event` -> `event`. Comments and instructions have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def space_of(element: Element) -> str:
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def is_cap(element: Element) -> bool:
    space = space_of(element)
    return "emergency:cap" in space or space.startswith("http://www.incident.com/cap")


def text_of(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def child(element: Element, name: str) -> Element | None:
    return next((inner for inner in element if name_of(inner) == name), None)


def child_text(element: Element, name: str) -> str:
    return text_of(child(element, name))


def ids_of(entry: Element) -> tuple[str, ...]:
    """What feedparser may call this entry's id: id, guid, link, rdf:about."""
    found = [text_of(inner) for inner in entry if name_of(inner) in _IDS]
    found += [value for key, value in entry.attrib.items() if key.endswith("}about")]
    return tuple(value for value in found if value)


# The slips that lenient readers forgive: a bare ampersand, and the named characters of HTML.
_AMPERSAND = re.compile(rb"&(?:([A-Za-z][A-Za-z0-9]*);|(?!#?\w+;))")
_OF_XML = (b"amp", b"lt", b"gt", b"quot", b"apos")


def _numbered(found: re.Match[bytes]) -> bytes:
    name = found[1]
    if name is None:
        return b"&amp;"
    number = html.entities.name2codepoint.get(name.decode("ascii"))
    return found[0] if number is None or name in _OF_XML else b"&#%d;" % number


def read_raw(data: bytes) -> Raw:
    """Never raises: what is not well-formed is left out."""
    data = _AMPERSAND.sub(_numbered, data.lstrip())
    root, status, entries, alerts, depth, whole = "", "", [], [], 0, False
    try:
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_entities=True, forbid_external=True):
            name = name_of(element).lower()
            if event == "start":
                root = root or name_of(element)
                depth += name in _ENTRIES
                continue
            if name in _ENTRIES:
                depth -= 1
                if depth == 0:
                    entries.append(element)
            elif name == "alert" and depth == 0 and (is_cap(element) or child(element, "identifier") is not None):
                alerts.append(element)
            elif name == "distributionstatus" and depth == 0:
                status = text_of(element)
        whole = True
    except _FAULTS:
        pass
    sound = len(entries)
    if whole:
        return Raw(root, tuple(entries), tuple(alerts), whole, sound, sound, status)
    pieces, outer = pieces_of(data)
    behind = [_alone(piece, outer) for piece in pieces[sound:]]
    return Raw(root, (*entries, *behind), tuple(alerts), whole, sound, len(pieces), status)


_ALERT = re.compile(rb"emergency:cap|incident\.com/cap|gdacs", re.IGNORECASE)


def _alone(piece: bytes, outer: bytes) -> Element | None:
    """One entry read on its own inside the tag `outer`; None when it is itself not well-formed and may hold an alert.

    Of any other entry the words are enough, which feedparser reads.
    """
    try:
        found = fromstring(outer + piece + b"</outer>", forbid_entities=True, forbid_external=True)
        return next((inner for inner in found if name_of(inner).lower() in _ENTRIES), None)
    except _FAULTS:
        return None if _ALERT.search(outer) else Element("item")
