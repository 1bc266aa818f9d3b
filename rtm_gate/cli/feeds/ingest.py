"""`rtm-gate feeds ingest`: a saved feed, as if it had been polled."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from rtm_gate.cli.feeds.desk import as_json, format_option, line, project_gate, written_down
from rtm_gate.cli.options import FAULT, FINDINGS, MOMENT, console


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, metavar="NAME", help="The feed it came from: a name of the project's feeds, or a new one.")
@click.option("--at", required=True, type=MOMENT, help="When it was polled.")
@format_option
def ingest(files: tuple[Path, ...], source: str, at: datetime, form: str) -> None:
    """Take FILES into the store as if the feed NAME had been polled at a time, one after the other.

    Exit code 0 all were read, 1 something is wrong with one, 30 the store failed, or the record did.
    """
    with project_gate(form == "json") as gate:
        from rtm_gate.news.polling import ingest as take_in

        states = take_in(gate.project_news.desk(), gate.project.feeds, files, source, at)
        recorded = written_down(gate)
    out = console()
    if form == "json":
        rows = [as_json(state) | {"file": str(file)} for file, state in zip(files, states, strict=True)]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for file, state in zip(files, states, strict=True):
            out.print(f"{file}  ", line(state), sep="")
    if not recorded:
        sys.exit(FAULT)
    sys.exit(FINDINGS if any(state.problem for state in states) else 0)
