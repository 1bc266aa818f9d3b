"""`rtm-gate ledger mask`: takes away what rows tell, and records who did it and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from rtm_gate.cli.ledger.project import progress, project_ledger, this_project
from rtm_gate.cli.options import MOMENT, refuse

if TYPE_CHECKING:
    from rtm_gate.gate.project import Project

WHICH = "say what to mask: --draft ID, --before TIME or --expired"


@click.command()
@click.option("--draft", metavar="ID", help="What was recorded about this draft.")
@click.option("--before", type=MOMENT, help="Everything that was recorded before a time.")
@click.option("--expired", is_flag=True, help="Everything that is older than `keep_told` in rtm-gate.toml; for a timer.")
@click.option("--as", "person", default="", metavar="PERSON", help="Who decides (required); one of the project's people, where it lists them.")
@click.option("--reason", default="", help="Why (required, but for --expired); it is recorded, and never masked.")
@click.option("--now", type=MOMENT, help="The moment of the decision. Default: the clock.")
def mask(draft: str | None, before: datetime | None, expired: bool, person: str, reason: str, now: datetime | None) -> None:
    """Take away, for ever, what rows tell: texts and people. What they say stays, and the chain holds.

    Drafts that were published or withdrawn leave the queue with it. Exit code 0, 2 there was nothing to mask, 30 the store failed.
    """
    from rtm_gate.gate.people import strangers

    project = this_project(False)
    problems = [] if [draft is not None, before is not None, expired].count(True) == 1 else [WHICH]
    problems += [f"{option} is required" for option, given in (("--as", person), ("--reason", reason or expired)) if not str(given or "").strip()]
    problems += strangers(project.people, person)
    problems += _unlimited(project) if expired else []
    if problems:
        refuse(problems, False)
    at = now or datetime.now(UTC)
    if expired:
        days = project.configuration.keep_told or 0
        before, reason = at - timedelta(days=days), reason.strip() or f"kept for {days} days"
    masked = found = 0
    with project_ledger(False) as ledger, progress() as bar:
        task = bar.add_task("masking", total=None)
        for page in ledger.telling(draft, before):
            found += len(page)
            masked += ledger.mask(page, at, person.strip(), reason.strip())
            bar.update(task, completed=masked)
        with ledger.writing(at) as tx:
            found += tx.queue.forget(draft, before)
            waits = draft is not None and tx.queue.get(draft) is not None
    if waits:
        click.echo(f"warning: `{draft}` is in the queue still, with its text: withdraw it, and mask it again", err=True)
    if not found and not expired:
        meant = f"about `{draft}`" if draft is not None else "before then"
        refuse([f"nothing that was recorded {meant} tells anything, or it is masked already"], False)
    click.echo(f"{masked} row{'' if masked == 1 else 's'} masked.")


def _unlimited(project: Project) -> list[str]:
    if project.configuration.keep_told is not None:
        return []
    return ['rtm-gate.toml does not say for how long the record tells texts and people; write keep_told = "365 days"']
