"""Templates that nobody has looked at for longer than they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from rtm_gate.language.lint.subject import Subject, clauses, named, warning
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.moment import from_seconds


def past_review(subject: Subject) -> Iterator[Diagnostic]:
    """`reviewed 2026-10-01, again every 3 months`: from 2026-12-31 on it gives no relief. Without `again` nothing falls due."""
    templates = {named(item).text: item for item in (*subject.names.of("template").values(), *subject.blocks) if item.word == "template"}
    for item in templates.values() if subject.today else ():
        for clause in clauses(item, "reviewed"):
            if len(clause.values) < 2:
                continue
            written = clause.values[1]
            setting = subject.names.of("setting").get(written.text)
            span = setting.value if setting else written
            due = from_seconds(clause.values[0].amount) + timedelta(seconds=span.amount if span else 0)
            assert subject.today is not None
            if span and datetime(subject.today.year, subject.today.month, subject.today.day, tzinfo=UTC) >= due:
                message = f"`{named(item).text}` was to be reviewed by {due:%Y-%m-%d}"
                yield warning("RTM417", message, clause.at, "until then it gives no relief", "read it again, and write the date of today")
