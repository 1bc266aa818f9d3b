"""A situation as people and programs see it."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from rtm_gate.model.moment import stamp
from rtm_gate.model.news import Situation


def as_json(situation: Situation) -> dict[str, Any]:
    return {
        "id": situation.id,
        "title": situation.title,
        "topic": situation.topic,
        "severity": situation.severity,
        "certainty": situation.certainty,
        "state": situation.state,
        "reason": situation.reason,
        "regions": list(situation.area),
        "started": stamp(situation.started),
        "updated": stamp(situation.updated),
        "stories": [
            {"id": r.story.id, "title": r.story.title, "source": r.story.source, "published": stamp(r.story.published), "url": r.story.url}
            for r in situation.stories
        ],
    }


def lines(situation: Situation) -> Text:
    """The headline, what it is and why, and its stories."""
    from rtm_gate.verdict.render.safe import safe

    where = " ".join(situation.area) or "unknown area"
    out = Text(safe(situation.title), style="bold") + Text(f"  {situation.id}\n", style="not bold dim")
    said = f"  {situation.topic or 'no sensitive topic'} · {situation.severity or 'unknown'} · {where} · {situation.state}: {safe(situation.reason)}"
    out += Text(said, style="not bold")
    for read in situation.stories:
        out += Text(f"\n    {read.story.published:%Y-%m-%d %H:%M} {safe(read.story.source)}: {safe(read.story.title)}", style="dim")
    return out
