"""What the renderings say alike: the word of a verdict, times, and evidence as a sentence. Nothing here is escaped yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rtm_gate.model.moment import parse_instant, seconds, spell

NO_WAY = "no small change that was tried makes it a go; what the findings advise (→) remains"
LOOK = {"go": "✔ GO", "hold": "● HOLD", "no-go": "✖ NO-GO"}


def when(stamp: str) -> str:
    return f"{parse_instant(stamp):%Y-%m-%d %H:%M} UTC"


def ago(stamp: str, now: datetime) -> str:
    age = seconds(now) - seconds(parse_instant(stamp))
    return f"{spell(age)} ago" if age >= 60 else "just now"


def evidence(row: Mapping[str, Any]) -> str:
    """One row of evidence in words. A situation has several lines to say and is told by each rendering in its own way."""
    match row.get("kind"):
        case "text":
            return f"“{row['text']}”" + (f"  {reading(row)}" if reading(row) else "")
        case "source":
            return f"feed {row['name']}: {row['text']}"
        case "day":
            return f"{row['title']}, {when(row['begins'])}"
        case "answer":
            return f"{row['question']}: {row['text']} ({row['person'] or 'nobody named'})"
        case "media" if row.get("picture"):
            return f"{row['text']}  {picture(row)}"
        case _:
            return str(row.get("text", ""))


def reading(row: Mapping[str, Any]) -> str:
    """How words of the draft were read: their topic and sense, as far as known."""
    return " · ".join(str(part) for part in (row.get("topic"), row.get("sense")) if part)


def picture(row: Mapping[str, Any]) -> str:
    """Which known picture an attachment is, and what says so; empty where it is none."""
    return f"known as “{row['picture']}”, by {'its file' if row['by'] == 'hash' else 'its words'}" if row.get("picture") else ""


def in_common(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What a situation's row says the draft shares with it, a phrase each; regions come last, in one."""
    met: dict[str, str] = {}
    said = []
    for one in row.get("shared", ()):
        if one["kind"] == "region":
            met[one["draft"]] = f"{met[one['draft']]}, {one['news']}" if one["draft"] in met else one["news"]
            continue
        same = one["draft"].casefold().lstrip("#") == one["news"].casefold().lstrip("#")
        there = "the same" if same else f"“{one['news']}”"
        source = f" in {one['source']}" if one["source"] else ""
        said.append(f"“{one['draft']}” ({one['sense']}), there {there}{source}")
    said += [f"shown in {ours}, it is in {theirs}" if ours != theirs else f"both in {ours}" for ours, theirs in met.items()]
    return tuple(dict.fromkeys(said))
