"""Text of a policy as it may be shown: nothing in it moves the cursor, turns a line around or hides."""

from __future__ import annotations

import unicodedata

TAB = "    "
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d") | frozenset(map(chr, range(0xE0020, 0xE0080)))
"""Parts of emoji and of words in scripts that join their letters: harmless on their own."""


def visible(text: str) -> str:
    """Control, direction and other invisible characters become `⟨U+202E⟩`, so that an author sees what stands there; tabs become blanks."""
    return "".join(TAB if char == "\t" else f"⟨U+{ord(char):04X}⟩" if _hidden(char) else char for char in text)


def _hidden(char: str) -> bool:
    return unicodedata.category(char) in _HIDDEN and char not in _JOINERS
