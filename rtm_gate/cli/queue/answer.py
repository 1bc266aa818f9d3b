"""`rtm-gate queue answer`: whether a draft may be published now."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import click

from rtm_gate.cli.check import exit_code
from rtm_gate.cli.feeds.desk import format_option
from rtm_gate.cli.options import MOMENT, console
from rtm_gate.cli.queue.desk import as_json, line, project_queue


@click.command()
@click.argument("draft")
@click.option("--now", type=MOMENT, help="The moment that is asked about. Default: the clock.")
@format_option
def answer(draft: str, now: datetime | None, form: str) -> None:
    """Ask whether the DRAFT with this id may be published now. A go that the news has overtaken is a hold; nothing is judged.

    Exit code 0 go, 10 hold, 20 no-go, 30 hold because something failed, 2 there is no such draft. Everything but 0 means: do not post.
    """
    with project_queue(form == "json") as (_, queue):
        reply = queue.answer(draft, now or datetime.now(UTC))
        if form == "json":
            click.echo(json.dumps(as_json(reply), ensure_ascii=False, indent=1))
        else:
            console().print(line(reply))
    sys.exit(exit_code(reply.word, reply.faulted))
