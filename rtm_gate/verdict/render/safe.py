"""Text that somebody else wrote, made safe to show."""

from __future__ import annotations

import unicodedata

KEPT = "\n"
HIDDEN = {"Cc", "Cf", "Cs"}
JOINERS = "\u200d\ufe0f"
"""Parts of emoji, harmless on their own."""


def safe(text: str) -> str:
    """Control, direction and other invisible characters become `\ufffd`: none may move a cursor or turn a line around."""
    return "".join(c if c in KEPT or c in JOINERS or unicodedata.category(c) not in HIDDEN else "\ufffd" for c in text)
