"""What a page shows, in the order it shows it: the draft's pieces with their marks, the findings with their news, what was not counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any, Literal

from rtm_gate.model.draft import Draft
from rtm_gate.model.verdict import Finding, ToGo, Verdict
from rtm_gate.verdict.render.marks import Mark, Run, Weight, runs
from rtm_gate.verdict.render.source import Excerpt, Line, coloured
from rtm_gate.verdict.render.words import evidence, reading

MANY = 6
"""Headlines shown of one situation; the JSON has all."""
STATUS = {
    "active": "",
    "lifted": "lifted: what it asks for is there, so it objects no more",
    "shadow": "shadow: on trial, it does not count yet",
    "superseded": "superseded: another finding stands for it",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the draft; `title` is empty where the text is one."""

    kind: Literal["text", "media", "link"]
    title: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class News:
    """A situation. It is told in full under the `first` finding that rests on it, the others point there."""

    id: str
    first: bool
    row: Mapping[str, Any]
    shown: tuple[Mapping[str, Any], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding, numbered from 1. `words` are those of the draft, how they were read, and where they stand if not simply in the text."""

    number: int
    finding: Finding
    weight: Weight
    status: str
    words: tuple[tuple[str, str, str], ...]
    news: tuple[News, ...]
    others: tuple[str, ...]
    excerpt: Excerpt | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Harmless:
    ref: str
    text: str
    would_be: str
    because: str
    where: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a go. `parts` are those of the text that it edits, each as pieces with whether they are struck out."""

    told: ToGo
    parts: tuple[tuple[tuple[str, bool], ...], ...]


def ways(verdict: Verdict, draft: Draft) -> tuple[Way, ...]:
    return tuple(Way(told, tuple(_struck(told, field, text) for field, text in draft.text_fields.items()) if told.text else ()) for told in verdict.to_go)


def _struck(told: ToGo, field: str, text: str) -> tuple[tuple[str, bool], ...]:
    found, at = [], 0
    for cut in sorted((cut for cut in told.removed if cut.field == field), key=lambda cut: cut.start):
        found += [(text[at : cut.start], False), (text[cut.start : cut.end], True)]
        at = cut.end
    return tuple((part, gone) for part, gone in (*found, (text[at:], False)) if part)


def findings(verdict: Verdict, excerpts: Mapping[str, Excerpt]) -> tuple[Shown, ...]:
    told: dict[str, str] = {}
    return tuple(_shown(number, finding, excerpts.get(finding.rule), told) for number, finding in enumerate(verdict.findings, start=1))


def harmless(verdict: Verdict) -> tuple[Harmless, ...]:
    rows = enumerate(verdict.suppressed)
    return tuple(Harmless(_letter(n), row["text"], row["would_be"], row["because"], place(row["field"])) for n, row in rows)


def pieces(verdict: Verdict, draft: Draft) -> tuple[Piece, ...]:
    """Text, media and links as given; a link inside the text is shown by itself only where something in it is marked."""
    marks: dict[str, list[Mark]] = {}
    for field, mark in _marks(verdict):
        marks.setdefault(field, []).append(mark)
    read = draft.pieces
    found = [Piece("text", place(field), runs(text, marks.get(field, ()))) for field, text in draft.text_fields.items()]
    for n, media in enumerate(draft.media):
        field = f"media[{n}].alt"
        title = f"{media.type} {n + 1}, {media.origin}" + ("" if media.alt else ", without a description")
        found.append(Piece("media", title, runs(read.get(field, ""), marks.get(field, ()))))
        if media.text:
            field = f"media[{n}].text"
            found.append(Piece("media", place(field), runs(media.text, marks.get(field, ()))))
    for n, (field, link) in enumerate((f, text) for f, text in read.items() if f.startswith("links[")):
        if n < len(draft.links) or field in marks:
            found.append(Piece("link", place(field), runs(link, marks.get(field, ()))))
    return tuple(found)


def place(field: str) -> str:
    """Where words stand, said only when it is not simply the text."""
    found = re.fullmatch(r"(text|media|links)\[(\d+)\](\.alt|\.text)?", field)
    if not found:
        return ""
    names = {"text": "part", "media.alt": "description of medium", "media.text": "words in medium", "links": "link"}
    return f"{names[found[1] + (found[3] or '')]} {int(found[2]) + 1}"


def _shown(number: int, finding: Finding, excerpt: Excerpt | None, told: dict[str, str]) -> Shown:
    texts = [row for row in finding.evidence if row.get("kind") == "text"]
    situations = [row for row in finding.evidence if row.get("kind") == "situation"]
    others = [row for row in finding.evidence if row.get("kind") not in ("text", "situation")]
    return Shown(
        number,
        finding,
        _weight(finding),
        STATUS[finding.status],
        tuple(dict.fromkeys((row["text"], reading(row), place(row["field"])) for row in texts)),
        tuple(_news(row, told) for row in situations),
        tuple(dict.fromkeys(map(evidence, others))),
        excerpt,
        coloured(excerpt) if excerpt else (),
    )


def _news(row: Mapping[str, Any], told: dict[str, str]) -> News:
    first = row["id"] not in told
    name = told.setdefault(row["id"], f"news-{len(told) + 1}")
    sources = tuple(row["sources"])
    return News(name, first, row, sources[:MANY], max(0, len(sources) - MANY))


def _marks(verdict: Verdict) -> Iterator[tuple[str, Mark]]:
    for number, finding in enumerate(verdict.findings, start=1):
        for field, start, end in dict.fromkeys((row["field"], row["start"], row["end"]) for row in finding.evidence if "start" in row):
            yield field, Mark(start, end, str(number), f"finding-{number}", _weight(finding))
    for n, row in enumerate(verdict.suppressed):
        yield row["field"], Mark(row["start"], row["end"], _letter(n), f"harmless-{_letter(n)}", "harmless")


def _weight(finding: Finding) -> Weight:
    if finding.status != "active":
        return "aside"
    return finding.effect if finding.effect in ("no-go", "hold") else "note"


def _letter(n: int) -> str:
    """a … z, a2 … z2: numbers are for findings."""
    rounds, letter = divmod(n, len(ascii_lowercase))
    return ascii_lowercase[letter] + (str(rounds + 1) if rounds else "")
