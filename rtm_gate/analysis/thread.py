"""The parts of a thread heard together: what one part says may be meant by what another adds.

"A gunman opened fire." "Three are dead." Each part is read by itself; then the whole, and a word that the whole makes surer keeps that
certainty with its evidence. What only the whole would find across two parts is no mention: nobody wrote it in one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rtm_gate.model.analysis import FieldText, Mention

WHOLE = "text"
BETWEEN = "\n\n"


def joined(parts: Sequence[FieldText]) -> FieldText | None:
    """The whole of the parts; None where there is one part only."""
    return FieldText(WHOLE, BETWEEN.join(part.text for part in parts)) if len(parts) > 1 else None


def heard_together(parts: Sequence[FieldText], mentions: Sequence[Mention], whole: Sequence[Mention]) -> tuple[Mention, ...]:
    """`mentions` of the parts, each with the certainty it has in the `whole` where that is higher."""
    starts: dict[str, int] = {}
    at = 0
    for part in parts:
        starts[part.field] = at
        at += len(part.text) + len(BETWEEN)
    surer = {(m.term, m.start, m.end): m for m in whole}
    return tuple(_surer(mention, surer.get((mention.term, *_moved(mention, starts))), starts) for mention in mentions)


def _moved(mention: Mention, starts: dict[str, int]) -> tuple[int, int]:
    by = starts.get(mention.field, 0)
    return mention.start + by, mention.end + by


def _surer(mention: Mention, other: Mention | None, starts: dict[str, int]) -> Mention:
    if other is None or mention.field not in starts or other.certainty <= mention.certainty:
        return mention
    return replace(mention, certainty=other.certainty, literal=other.literal, evidence=other.evidence)
