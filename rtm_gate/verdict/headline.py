"""One plain sentence a reviewer reads first."""

from __future__ import annotations

from collections.abc import Sequence

from rtm_gate.model.verdict import Finding

LONGEST = 140


def headline(word: str, found: Sequence[Finding]) -> str:
    """At most 140 characters: the strictest active finding, the news it rests on, and how many more object."""
    deciding = [f for f in found if f.status == "active" and f.effect == word]
    if word == "go":
        lifted = [f for f in found if f.status == "lifted"]
        return _cut("Nothing objects" + (f"; {len(lifted)} {_plural('hold', len(lifted))} lifted" if lifted else ""), "")
    first = deciding[0]
    about = next((row["title"] for row in first.evidence if row.get("kind") == "situation"), "")
    text = first.title + (f": {about}" if about else "")
    more = len(deciding) - 1
    return _cut(text, f" (and {more} more {_plural('reason', more)})" if more else "")


def _cut(text: str, tail: str) -> str:
    room = LONGEST - len(tail) - 1
    return (text if len(text) <= room else text[: room - 1].rstrip() + "…") + tail + "."


def _plural(word: str, count: int) -> str:
    return word if count == 1 else word + "s"
