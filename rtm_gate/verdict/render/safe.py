"""Text that somebody else wrote, made safe to show."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

KEPT = "\n"
HIDDEN = {"Cc", "Cf", "Cs"}
JOINERS = "\u200d\ufe0f" + "".join(map(chr, range(0xE0020, 0xE0080)))
"""Parts of emoji (a flag of Scotland is spelled with tags), harmless on their own."""


def safe(text: str) -> str:
    """Control, direction and other invisible characters become `\ufffd`: none may move a cursor or turn a line around."""
    return "".join(" " if c == "\t" else c if c in KEPT or c in JOINERS or unicodedata.category(c) not in HIDDEN else "\ufffd" for c in text)


def one_line(text: str) -> str:
    """The same without line breaks: what begins a line of ours, nobody else has begun."""
    return " ".join(safe(text).split())


def web_address(url: str) -> str:
    """The address when a click on it can only open a web page, else nothing: no script, no file, no other program."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    plain = url == safe(url) and not any(char.isspace() for char in url)
    return url if plain and host and parts.scheme in ("http", "https") else ""
