"""Whether the reader is told who pays, and sees it: before the fold, a link or a heap of tags."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.facts.scene import Row
from rtm_gate.model.analysis import Analysis, Intent
from rtm_gate.model.draft import LINK, Draft
from rtm_gate.model.fact import Value

BEFORE_THE_FOLD = 125
"""Characters of a caption that are shown before "… more"."""
FIRST_WORDS = 3
"""A tag that begins within so many words is read, whatever tags stand before it."""


def disclosure_flags(draft: Draft, analysis: Analysis) -> dict[str, Value]:
    said = list(_said("disclosure", analysis))
    return {
        "disclosed": bool(said),
        "disclosed_first": any(_in_sight(intent, draft, analysis) for intent in said),
        "disclosed_unclearly": any(_said("unclear_disclosure", analysis)),
    }


def disclosure_evidence(draft: Draft, analysis: Analysis) -> Iterator[tuple[str, Row]]:
    for intent in _said("disclosure", analysis):
        yield "draft.disclosed", _row(intent)
        if _in_sight(intent, draft, analysis):
            yield "draft.disclosed_first", _row(intent)
    for intent in _said("unclear_disclosure", analysis):
        yield "draft.disclosed_unclearly", _row(intent)


def _said(kind: str, analysis: Analysis) -> Iterator[Intent]:
    """In the post's own words: nobody reads it in a link or a picture's description."""
    return (intent for intent in analysis.intents if intent.kind == kind and intent.field.startswith("text"))


def _in_sight(intent: Intent, draft: Draft, analysis: Analysis) -> bool:
    """In the first line of the first part, before the fold, with no link and no other tag before it (but see `FIRST_WORDS`)."""
    field, part = next(iter(draft.text_fields.items()))
    if intent.field != field:
        return False
    before = part[: intent.start].lstrip()
    if len(before) + intent.end - intent.start > BEFORE_THE_FOLD or len(before.splitlines()) > 1 or before.endswith("\n") or LINK.search(before):
        return False
    tagged = intent.text.startswith("#") and any(tag.field == field and tag.end <= intent.start for tag in analysis.hashtags)
    return not tagged or len(before.split()) < FIRST_WORDS


def _row(intent: Intent) -> Row:
    return {"kind": "text", "field": intent.field, "start": intent.start, "end": intent.end, "text": intent.text, "sense": intent.kind}
