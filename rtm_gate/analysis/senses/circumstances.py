"""What makes a text a piece of the real world or of play, whatever its subject: found once a field, asked by the scorer of each hit.

A word like `collapse` is decided by its company. Who suffered, who answers for it, who said so, when and where it was: each kind counts
once, however often it is met, and the more of them the surer. A likeness right before the word, or laughter beside it, speaks against.
"""

from __future__ import annotations

from dataclasses import dataclass

from rtm_gate.analysis.patterns import Patterns
from rtm_gate.analysis.senses.cues import Cue, cues_of
from rtm_gate.analysis.written.page import Page

_REAL = Patterns(("circumstances", "real"))
_PLAY = Patterns(("circumstances", "play"))
NEAR = 12
"""Characters between a likeness and the word it likens something to: `like an earthquake`."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`real` has a kind and its places; `likenesses` and `laughter` are play."""

    real: tuple[tuple[str, tuple[Cue, ...]], ...]
    likenesses: tuple[Cue, ...]
    laughter: tuple[Cue, ...]


def circumstances_of(page: Page) -> Circumstances:
    return Circumstances(
        tuple((kind, found) for kind, pattern in _REAL.items() if (found := cues_of(pattern, page.lower))),
        cues_of(_PLAY["likeness"], page.lower),
        cues_of(_PLAY["laughter"], page.lower),
    )


def likened(page: Page, circumstances: Circumstances, start: int) -> Cue | None:
    """What likens something to the word at `start`, in its sentence."""
    sentence = page.sentence_at(start)
    return next((cue for cue in circumstances.likenesses if 0 <= start - cue.end <= NEAR and page.sentence_at(cue.start) == sentence), None)
