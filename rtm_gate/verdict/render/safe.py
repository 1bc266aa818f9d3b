"""Text that somebody else wrote, made safe to show."""

from __future__ import annotations

import unicodedata

KEPT = "\n"
HIDDEN = {"Cc", "Cf", "Cs"}
JOINERS = "\u200d\ufe0f" + "".join(map(chr, range(0xE0020, 0xE0080)))
"""Parts of emoji (a flag of Scotland is spelled with tags), harmless on their own."""


def safe(text: str) -> str:
    """Control, direction and other invisible characters become `\ufffd`: none may move a cursor or turn a line around."""
    return "".join(" " if c == "\t" else c if c in KEPT or c in JOINERS or unicodedata.category(c) not in HIDDEN else "\ufffd" for c in text)
