"""A verdict in a terminal: the sentence, the draft with its words marked, each finding with its evidence, the way out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from rich.cells import cell_len
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rtm_gate.model.draft import Draft
from rtm_gate.model.moment import parse_instant
from rtm_gate.model.verdict import Finding, Verdict
from rtm_gate.verdict.render.safe import safe
from rtm_gate.verdict.render.words import LOOK, NO_WAY, ago, evidence, in_common, when

EFFECT_STYLE = {"no-go": "red", "hold": "yellow", "warn": "cyan", "recommend": "cyan", "go": "green"}
MANY = 4
"""Headlines shown of one situation; the JSON has all."""


def to_text(verdict: Verdict, draft: Draft) -> Group:
    """Lines for a rich console, which decides on colour and width."""
    return Group(*_lines(verdict, draft))


def _lines(verdict: Verdict, draft: Draft) -> Iterator[Text | Padding]:
    now = parse_instant(verdict.evaluated_at)
    yield _title(verdict, draft, now)
    yield Text()
    yield Padding(Text(safe(verdict.headline), style="bold"), (0, 0, 0, 2), expand=False)
    yield Text()
    yield from _draft(verdict, draft)
    for finding in verdict.findings:
        yield from _finding(finding, now)
    if not verdict.findings:
        yield Padding(Text("no rule objects", style="dim"), (0, 0, 0, 2), expand=False)
    yield from _rest(verdict)


def _title(verdict: Verdict, draft: Draft, now: datetime) -> Text:
    line = Text(LOOK[verdict.verdict], style=f"bold {EFFECT_STYLE[verdict.verdict]}")
    what = verdict.inferred.get("class", "").partition(":")[0]
    about = " · ".join(part for part in (safe(draft.platform), draft.kind, what) if part)
    line.append(f"   {safe(verdict.draft_id) or 'draft'}   {about}", style="default")
    total = verdict.timings_ms.get("total")
    line.append(f"   judged {now:%Y-%m-%d %H:%M} UTC" + (f" · {total:.0f} ms" if total is not None else ""), style="dim")
    return line


def _draft(verdict: Verdict, draft: Draft) -> Iterator[Text]:
    """Every part of the draft, line by line, with carets under the words that findings rest on."""
    for field, part in draft.text_fields.items():
        spans = sorted(
            {(r["start"], r["end"]) for f in verdict.findings if f.status == "active" for r in f.evidence if r.get("field") == field and "start" in r}
        )
        offset = 0
        for line in part.split("\n"):
            yield Text("  " + safe(line))
            here = [(max(a - offset, 0), min(b - offset, len(line))) for a, b in spans if a < offset + len(line) and b > offset]
            if here:
                yield _carets(line, here)
            offset += len(line) + 1
    yield Text()


def _carets(line: str, spans: Sequence[tuple[int, int]]) -> Text:
    """Carets in terminal cells, so that wide characters keep their marks."""
    marked = [False] * len(line)
    for start, end in spans:
        marked[start:end] = [True] * (end - start)
    return Text("  " + "".join(("^" if mark else " ") * cell_len(char) for char, mark in zip(line, marked, strict=True)).rstrip(), style="red")


def _finding(finding: Finding, now: datetime) -> Iterator[Text | Padding]:
    line = Text("  ")
    line.append(f"{finding.effect:<6}", style=EFFECT_STYLE[finding.effect] if finding.status == "active" else "dim")
    line.append(f" {finding.rule}", style="bold" if finding.status == "active" else "dim")
    if finding.status != "active":
        line.append(f" ({finding.status})", style="dim")
    if finding.at:
        line.append(f"   {safe(finding.at.file)}:{finding.at.line}", style="dim")
    yield line
    yield _indented(safe(finding.because))
    if finding.assumed:
        yield _indented("assumed, since it is not known: " + ", ".join(finding.assumed), "dim")
    for row in finding.evidence:
        yield from _evidence(row, now)
    if finding.status == "active":
        if finding.lifts.until:
            yield _indented(f"until {when(finding.lifts.until)}")
        if finding.lifts.missing:
            yield _indented("missing: " + safe("; ".join(finding.lifts.missing)))
        if finding.fix:
            yield _indented("→ " + safe(finding.fix))
    yield Text()


def _evidence(row: dict[str, Any], now: datetime) -> Iterator[Padding]:
    if row.get("kind") != "situation":
        yield _indented(safe(evidence(row)))
        return
    regions = " ".join(row.get("regions") or ["unknown area"])
    facts = [row["title"], row["topic"], row["severity"], regions, row.get("reason") or row.get("state", ""), f"updated {ago(row['updated'], now)}"]
    yield _indented(safe(" · ".join(facts)), "bold")
    sources = row["sources"]
    for source in sources[:MANY]:
        yield _indented(f"  {safe(source['name'])}: {safe(source['title'])}   {ago(source['published'], now)}", "dim")
    if len(sources) > MANY:
        yield _indented(f"  and {len(sources) - MANY} more stories", "dim")
    shared = in_common(row)
    if shared:
        more = f"; and {len(shared) - MANY} more" if len(shared) > MANY else ""
        yield _indented("  shares: " + safe("; ".join(shared[:MANY])) + more)


def _rest(verdict: Verdict) -> Iterator[Text | Padding]:
    if verdict.suppressed:
        heard = "; ".join(f"“{safe(row['text'])}” as {row['would_be']} ({safe(row['because'])})" for row in verdict.suppressed)
        yield _note("not counted", heard)
    if verdict.read_by.weights != "standard":
        yield _note("read by", f"weights of your own, {safe(verdict.read_by.weights[:15])}")
    if verdict.read_by.pipeline:
        yield _note("read by", f"the pipeline {safe(verdict.read_by.pipeline)}")
    for missing in verdict.not_evaluated:
        yield _note("not judged", f"{missing.check}: {missing.because}")
    for person in verdict.approvals.ignored:
        yield _note("sign-off", f"{safe(person.person)} does not count: {person.because}")
    bad = [source for source in verdict.news.sources if not source.healthy]
    for source in bad:
        yield _note("feed", f"{safe(source.name)}: {safe(source.problem)}")
    for warning in verdict.warnings:
        yield _note("warning", safe(warning))
    for way in verdict.to_go:
        outcome = f"{way.verdict}" + (f", then {safe(way.then)}" if way.then else "")
        yield _note("to a go", f"{safe(way.change)}  ⇒ {outcome}")
        if way.text:
            yield _note("", " / ".join(f"“{safe(part)}”" for part in way.text), "dim")
    if verdict.sought and not verdict.to_go:
        yield _note("to a go", NO_WAY)
    if verdict.valid_until:
        yield _note("valid", f"until {when(verdict.valid_until)}; ask again just before publishing")
    if verdict.retry_after and verdict.verdict == "hold":
        yield _note("ask again", f"after {when(verdict.retry_after)}")


def _indented(text: str, style: str = "") -> Padding:
    return Padding(Text(text, style=style), (0, 0, 0, 9), expand=False)


def _note(name: str, text: str, style: str = "default") -> Padding:
    line = Table.grid()
    line.add_column(width=12, style="dim")
    line.add_column()
    line.add_row(name, Text(text, style=style))
    return Padding(line, (0, 0, 0, 2), expand=False)
