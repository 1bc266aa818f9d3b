"""A few signs of tone. They describe; nothing is decided by them alone."""

from __future__ import annotations

from rtm_gate.analysis.patterns import Patterns
from rtm_gate.analysis.written.page import Page

_TONES = Patterns(("tone", "tone"))


def tone_of(pages: list[Page]) -> tuple[str, ...]:
    """Sorted names of the tones met: joke, irony_cue, upbeat."""
    return tuple(sorted({name for name, pattern in _TONES.items() for page in pages if pattern.search(page.lower)}))
