"""`rtm-gate ledger mask`: takes away what rows tell, and records who did it and why."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from rtm_gate.cli.ledger.project import progress, project_ledger, this_project
from rtm_gate.cli.options import MOMENT, refuse


@click.command()
@click.option("--draft", metavar="ID", help="What was recorded about this draft.")
@click.option("--before", type=MOMENT, help="Everything that was recorded before a time.")
@click.option("--as", "person", default="", metavar="PERSON", help="Who decides (required); one of the project's people, where it lists them.")
@click.option("--reason", default="", help="Why (required); it is recorded, and never masked.")
@click.option("--now", type=MOMENT, help="The moment of the decision. Default: the clock.")
def mask(draft: str | None, before: datetime | None, person: str, reason: str, now: datetime | None) -> None:
    """Take away, for ever, what rows tell: texts and people. What they say stays, and the chain holds.

    Exit code 0, 2 nothing was masked, 30 the store failed.
    """
    from rtm_gate.gate.people import strangers

    problems = [] if (draft is None) != (before is None) else ["say what to mask: either --draft ID or --before TIME"]
    problems += [f"{option} is required" for option, given in (("--as", person), ("--reason", reason)) if not given.strip()]
    problems += strangers(this_project(False).people, person)
    if problems:
        refuse(problems, False)
    at, masked, found = now or datetime.now(UTC), 0, 0
    with project_ledger(False) as ledger, progress() as bar:
        task = bar.add_task("masking", total=None)
        for page in ledger.telling(draft, before):
            found += len(page)
            masked += ledger.mask(page, at, person.strip(), reason.strip())
            bar.update(task, completed=masked)
    if not found:
        meant = f"about `{draft}`" if draft is not None else "before then"
        refuse([f"nothing that was recorded {meant} tells anything, or it is masked already"], False)
    click.echo(f"{masked} row{'' if masked == 1 else 's'} masked.")
