"""Templates that nobody has looked at for longer than they ask for."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.language.lint.subject import Subject, warning
from rtm_gate.model.diagnostic import Diagnostic


def past_review(subject: Subject) -> Iterator[Diagnostic]:
    """From the day on which it is due again, a template gives no relief."""
    assert subject.policy is not None
    for template in subject.policy.templates.values():
        if subject.today and template.due and subject.today >= template.due:
            message = f"`{template.name}` was to be reviewed by {template.due}"
            yield warning("RTM417", message, template.at, "until then it gives no relief", "read it again, and write the date of today")
