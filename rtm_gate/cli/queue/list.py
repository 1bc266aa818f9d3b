"""`rtm-gate queue list`: what waits, and the answer about each."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from rtm_gate.cli.feeds.desk import format_option
from rtm_gate.cli.options import MOMENT, console
from rtm_gate.cli.queue.desk import as_json, line, project_queue
from rtm_gate.model.queue import STATES, State


@click.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only drafts in this state. Repeatable.")
@click.option("--now", type=MOMENT, help="The moment that is asked about. Default: the clock.")
@format_option
def list_(states: tuple[State, ...], now: datetime | None, form: str) -> None:
    """List the drafts, those published first on top, each with the answer that holds now. Nothing is judged."""
    with project_queue(form == "json") as (_, queue):
        replies = queue.replies(now or datetime.now(UTC), states)
        if form == "json":
            click.echo(json.dumps([as_json(reply) for reply in replies], ensure_ascii=False, indent=1))
            return
        out, shown = console(), False
        for reply in replies:
            out.print(line(reply))
            shown = True
        if not shown:
            out.print("no draft waits" if not states else f"no draft is {' or '.join(states)}", markup=False)
