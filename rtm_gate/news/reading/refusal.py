"""What is looked at before a parser touches the bytes of a feed. Every refusal is a sentence that names what was wrong."""

from __future__ import annotations

import re
from xml.parsers import expat

from rtm_gate.news.fetching.limits import LIMIT, too_large

_ENTITY = re.compile(rb"<!ENTITY\s+(%\s+)?[^\s>]+\s+(?:(SYSTEM|PUBLIC)\b|\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_ROOT = re.compile(rb"<\s*([A-Za-z_][\w.:-]*)")
_MAGIC = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG"}
_PROBE = 64 * 1024


class _Enough(Exception):  # noqa: N818  (not an error: it ends the look at the prolog)
    """The root element was reached."""


def refusal(data: bytes, limit: int = LIMIT) -> str:
    """Why these bytes must not be parsed, in words; an empty string when they may."""
    if len(data) > limit:
        return too_large(len(data), limit)
    # Without the zero bytes of UTF-16 and UTF-32 the markup can be seen whatever the encoding.
    seen = data[:_PROBE].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not seen:
        return "the feed is empty"
    for magic, name in _MAGIC.items():
        if seen.startswith(magic):
            return f"not a feed: {name} data"
    if seen[:1] in b"{[":
        return ""
    if b"<" not in seen:
        return "not a feed: no markup in it"
    if _is_page(seen):
        return "the server sent an HTML page, not a feed"
    return _entities(data)


def _is_page(seen: bytes) -> bool:
    lower = seen[:4096].lower()
    if b"<!doctype html" in lower[:1024] and b"<rss" not in lower and b"<feed" not in lower:
        return True
    root = _ROOT.search(lower)
    return root is not None and root.group(1) in (b"html", b"head", b"body")


def _entities(data: bytes) -> str:
    """Entities that grow or reach outside are refused; `<!ENTITY nbsp "&#160;">` of an old DTD is harmless.

    Expat is stopped at the root element, so this costs no more than the prolog, however the entities are nested.
    """
    if b"<!ENTITY" not in (compact := data.replace(b"\0", b"")) and b"<!entity" not in compact:
        return ""
    problems: list[str] = []

    def declared(name: str, parameter: int, value: str | None, base: str | None, system: str | None, public: str | None, notation: str | None) -> None:
        if value is None:
            problems.append(f"refused: the entity `{name[:40]}` reaches outside the feed")
        elif parameter or len(value) > 1000 or re.search(r"&(?!#)|%", value):
            problems.append(f"refused: the entity `{name[:40]}` expands other entities")

    def stop(*_: object) -> None:
        raise _Enough

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = declared
    parser.StartElementHandler = stop
    try:
        parser.Parse(data.lstrip(), True)
    except _Enough:
        return problems[0] if problems else ""
    except expat.ExpatError:
        pass
    if problems:
        return problems[0]
    # The prolog is not well-formed; a lenient parser may still read on, so anything that looks like such an entity is refused.
    for parameter, outside, double, single in _ENTITY.findall(compact):
        if parameter or outside or re.search(rb"&(?!#)|%", double or single):
            return "refused: an entity expands other entities or reaches outside the feed"
    return ""
