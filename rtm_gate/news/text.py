"""Words of a feed made safe: no markup, no control characters, one space between words, links that lead to the web only."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from urllib.parse import urlsplit

import nh3

TITLE_LIMIT = 500
SUMMARY_LIMIT = 4000

_BREAK = re.compile(r"<\s*(?:br|/?(?:p|div|li|ul|ol|tr|td|th|dd|dt|dl|h[1-6]|blockquote))\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff]")
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """NFC, without control characters, whitespace folded."""
    return _SPACE.sub(" ", _CONTROL.sub(" ", unicodedata.normalize("NFC", text))).strip()


def plain(text: str, limit: int = SUMMARY_LIMIT) -> str:
    """The words of a piece of HTML (or of plain text), at most `limit` characters.

    The result is text, not HTML: whoever puts it on a page escapes it.
    """
    if len(text) > 20 * limit:
        text = text[: 20 * limit]
    if "<" in text or "&" in text:
        # Block tags part words; nh3 would join them. It answers in HTML, so its own escapes are undone.
        text = html.unescape(nh3.clean(_BREAK.sub(lambda found: " " + found.group(), text), tags=set()))
    return fold(text)[:limit].rstrip()


def web_link(url: object) -> str:
    """`url` when it is http or https with a host, else an empty string."""
    if not isinstance(url, str):
        return ""
    url = _CONTROL.sub("", url).strip()
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


# Second-level names under which countries register sites: `bbc.co.uk`, not `co.uk`, is a site.
_SECOND_LEVEL = frozenset(("ac", "co", "com", "edu", "gob", "gouv", "gov", "ne", "net", "or", "org"))


def site(url: str) -> str:
    """The site of a link as a reader would name it: `https://feeds.bbc.co.uk/x` -> `bbc.co.uk`; empty when there is none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
    labels = host.split(".")
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def short_hash(*parts: str) -> str:
    """16 hex digits of SHA-256 over the parts; where one part ends and the next begins matters."""
    return long_hash(*parts)[:16]


def long_hash(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(raw)}:".encode())
        digest.update(raw)
    return digest.hexdigest()
