"""The words of the language that more than one stage needs to know, and the nearest right name for a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

BLOCKS = (
    "policy", "include", "check", "setting", "set", "switch", "topic", "tier", "trigger", "blackout", "rule", "platform", "template", "checklist",
    "matrix", "calendar", "watch", "halt", "guarantee", "shadow", "test",
)  # fmt: skip
"""Words that begin an item of a file."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name an author most likely meant, or nothing."""
    found = get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return found[0] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A label for a caret, or nothing."""
    found = nearest(word, known)
    return f"did you mean `{found}`?" if found else ""


def listed(names: Iterable[str], most: int = 12) -> str:
    """`a, b, c, …`, in order."""
    every = list(names)
    return ", ".join(every[:most]) + (", …" if len(every) > most else "")
