"""`rtm-gate queue handed`: a draft went to its platform."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from rtm_gate.cli.options import MOMENT
from rtm_gate.cli.queue.desk import project_queue


@click.command()
@click.argument("draft")
@click.option("--published", is_flag=True, help="It has appeared there: it is not judged again.")
@click.option("--now", type=MOMENT, help="When. Default: the clock.")
def handed(draft: str, published: bool, now: datetime | None) -> None:
    """Say that the DRAFT with this id was handed over to its platform, which publishes it. It is judged on, until it has appeared there."""
    with project_queue(False) as (_, queue):
        reply = queue.move(draft, "published" if published else "handed", now or datetime.now(UTC))
        if reply.word != "go":
            click.echo(f"warning: the answer about `{draft}` is {reply.word}: {reply.because or reply.headline}", err=True)
