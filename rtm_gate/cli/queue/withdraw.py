"""`rtm-gate queue withdraw`: a draft is taken back, by somebody and for a reason."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from rtm_gate.cli.options import MOMENT, refuse
from rtm_gate.cli.queue.desk import project_queue


@click.command()
@click.argument("draft")
@click.option("--as", "person", default="", metavar="PERSON", help="Who decides (required); one of the project's people, where it lists them.")
@click.option("--reason", default="", help="Why (required); it is written into the ledger.")
@click.option("--now", type=MOMENT, help="The moment of the decision. Default: the clock.")
def withdraw(draft: str, person: str, reason: str, now: datetime | None) -> None:
    """Take back the DRAFT with this id. Where it was handed over or published, it says who deletes it there, and how fast."""
    with project_queue(False) as (gate, queue):
        if problems := gate.project_news.strangers(person):
            refuse(problems, False)
        before = queue.withdraw(draft, person, reason, now or datetime.now(UTC))
        if before.state == "waiting":
            click.echo(f"{draft} is withdrawn; it was not handed over yet")
            return
        from rtm_gate.desk.queue import draft_of, opt_out_of

        done = "handed over" if before.state == "handed" else "published"
        click.echo(f"{draft} is withdrawn; it was {done} already, delete it there: {opt_out_of(draft_of(before))}")
