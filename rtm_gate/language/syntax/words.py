"""The words of the language that more than one stage needs to know, and the nearest right name for a wrong one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import islice

BLOCKS = (
    "policy", "brand", "include", "check", "setting", "set", "switch", "topic", "tier", "trigger", "blackout", "rule", "platform", "template", "checklist",
    "matrix", "calendar", "watch", "halt", "guarantee", "shadow", "test",
)  # fmt: skip
"""Words that begin an item of a file."""


NEIGHBOURS = 50
"""Known names on either side of a wrong one that are compared with it letter by letter, which is slow."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name an author most likely meant, or nothing."""
    names = sorted(set(known))
    if len(names) > 4 * NEIGHBOURS:
        # With one slip in a word, what stands before it or what stands behind it is right.
        backwards = _around(word[::-1], sorted(name[::-1] for name in names))
        names = sorted({*_around(word, names), *(name[::-1] for name in backwards)})
    found = get_close_matches(word, names, n=1, cutoff=0.6)
    return found[0] if found else ""


def _around(word: str, names: Sequence[str]) -> Sequence[str]:
    at = bisect_left(names, word)
    return names[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A label for a caret, or nothing."""
    found = nearest(word, known)
    return f"did you mean `{found}`?" if found else ""


def listed(names: Iterable[str], most: int = 12) -> str:
    """`a, b, c, …`, in order."""
    every = list(islice(names, most + 1))
    return ", ".join(every[:most]) + (", …" if len(every) > most else "")
