"""A verdict as Markdown, for a pull request, a ticket or a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rtm_gate.model.draft import Draft
from rtm_gate.model.verdict import Finding, Verdict
from rtm_gate.verdict.render.safe import safe
from rtm_gate.verdict.render.words import LOOK, NO_WAY, in_common, picture


def to_markdown(verdict: Verdict, draft: Draft) -> str:
    """Everything a draft, a feed or a policy said is escaped: it cannot become a link, a picture or a heading."""
    return "\n".join(_lines(verdict, draft)).rstrip() + "\n"


def _lines(verdict: Verdict, draft: Draft) -> Iterator[str]:
    yield f"## {LOOK[verdict.verdict]} — {escape(verdict.headline)}"
    yield ""
    what = f"`{code(verdict.draft_id or 'draft')}` on `{code(draft.platform)}`, {draft.kind}"
    yield f"{what}, judged {verdict.evaluated_at} by policy {escape(verdict.policy.name)}"
    yield ""
    for part in draft.text:
        yield from _quoted(part)
    for finding in verdict.findings:
        yield from _finding(finding)
    if verdict.suppressed:
        yield "**Not counted**: " + "; ".join(f"“{escape(row['text'])}” as {escape(row['would_be'])} ({escape(row['because'])})" for row in verdict.suppressed)
        yield ""
    for missing in verdict.not_evaluated:
        yield f"**Not judged**: {escape(missing.check)}, {escape(missing.because)}"
        yield ""
    for person in verdict.approvals.ignored:
        yield from (f"**Sign-off**: {escape(person.person)} does not count: {escape(person.because)}", "")
    for source in verdict.news.sources:
        if not source.healthy:
            yield from (f"**Feed** {escape(source.name)}: {escape(source.problem)}", "")
    for warning in verdict.warnings:
        yield from (f"**Warning**: {escape(warning)}", "")
    if verdict.to_go:
        yield "**To a go**"
        yield ""
        for way in verdict.to_go:
            yield f"- {escape(way.change)} → {way.verdict}" + (f", then {escape(way.then)}" if way.then else "")
            for part in way.text:
                yield f"  - “{escape(part)}”"
        yield ""
    elif verdict.sought:
        yield from (f"**To a go**: {NO_WAY}", "")
    if verdict.read_by.weights != "standard":
        yield f"Read with weights of your own, `{code(verdict.read_by.weights)}`."
    if verdict.read_by.pipeline:
        yield f"Read with the pipeline `{code(verdict.read_by.pipeline)}`."
    if verdict.valid_until:
        yield f"Holds until {verdict.valid_until}."
    if verdict.retry_after and verdict.verdict == "hold":
        yield f"Ask again after {verdict.retry_after}."


def _quoted(part: str) -> Iterator[str]:
    """Inside a fence longer than any run of backticks nothing is a link, a heading or a mention."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", part)), default=0))
    yield from (fence + "text", safe(part), fence, "")


def _finding(finding: Finding) -> Iterator[str]:
    status = "" if finding.status == "active" else f" ({finding.status})"
    place = f" — `{code(finding.at.file)}:{finding.at.line}`" if finding.at else ""
    yield f"### {finding.effect}: {escape(finding.title)}{status}{place}"
    yield ""
    yield escape(finding.because)
    yield ""
    if finding.assumed:
        yield f"- assumed, since it is not known: {escape(', '.join(finding.assumed))}"
    for row in finding.evidence:
        if row.get("kind") == "situation":
            names = ", ".join(escape(source["name"]) for source in row["sources"])
            yield f"- {escape(row['title'])} · {row['topic']} · {row['severity']} · {escape(' '.join(row['regions']))} · {names}"
            if shared := in_common(row):
                yield f"  - shares: {escape('; '.join(shared))}"
        elif "text" in row:
            yield f"- “{escape(str(row['text']))}”" + (f" ({escape(str(row['topic']))})" if row.get("topic") else "")
            if row.get("picture"):
                yield f"  - {escape(picture(row))}"
    if finding.status == "active":
        if finding.lifts.until:
            yield f"- until {finding.lifts.until}"
        if finding.lifts.missing:
            yield f"- missing: {escape('; '.join(finding.lifts.missing))}"
        if finding.fix:
            yield f"- {escape(finding.fix)}"
    yield ""


def escape(text: str) -> str:
    flat = re.sub(r"([\\`*_{}\[\]()#+!|<>~=&@-])", r"\\\1", safe(text).replace("\n", " ").strip())
    # A bare address becomes a link in many readers, a number with a dot a list.
    flat = re.sub(r"(?i)\b(https?|ftp|www)(?=[:.])", lambda found: f"{found[1]}\u200b", flat)
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", flat)


def code(text: str) -> str:
    """Inside backticks nothing is escaped, so backticks themselves must go."""
    return safe(text).replace("`", "'").replace("\n", " ")
