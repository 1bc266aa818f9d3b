"""`rtm-gate feeds pull`: every feed asked once, now."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from rtm_gate.cli.feeds.desk import as_json, chosen, format_option, line, project_gate, written_down
from rtm_gate.cli.options import FAULT, FINDINGS, console
from rtm_gate.model.feeds import FeedState


@click.command()
@click.argument("names", nargs=-1)
@format_option
def pull(names: tuple[str, ...], form: str) -> None:
    """Read the project's feeds (or those called NAMES) into its store, once.

    Exit code 0 at least one was read well, 1 none was, 30 the store failed, or the record did.
    """
    with project_gate(form == "json") as gate:
        feeds = chosen(gate, names, form == "json")

        from rtm_gate.news.polling import pull as read_once

        out = console()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
            task = bar.add_task("reading", total=len(feeds))

            def said(state: FeedState) -> None:
                bar.advance(task)
                if form == "text":
                    out.print(line(state))

            states = read_once(gate.project_news.desk(), feeds, said)
        recorded = written_down(gate, datetime.now(UTC))
    if form == "json":
        click.echo(json.dumps([as_json(state) for state in states], ensure_ascii=False, indent=1))
    else:
        read = [state for state in states if not state.problem]
        out.print(f"{len(read)} of {len(states)} feeds read, {sum(state.new for state in states)} new stories", style="bold")
    if not recorded:
        sys.exit(FAULT)
    sys.exit(0 if any(not state.problem for state in states) else FINDINGS)
