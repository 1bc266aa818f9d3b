"""`rtm-gate ledger replay`: what another policy would have said of what is recorded here."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from rtm_gate.cli.feeds.desk import format_option
from rtm_gate.cli.replaying import How, ended, judge_again, loaded_or_refused, replay_options


@click.command()
@click.option("--policy", required=True, type=click.Path(exists=True, path_type=Path), help="The policy to judge by: a file, or a folder with a standard.rtm.")
@click.option(
    "--export",
    "exported",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Judge the verdicts of this export (JSON Lines); their news lies in the project here.",
)
@replay_options
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Keep each outcome there, a line each; called again, it goes on behind.")
@format_option
def replay(
    policy: Path,
    exported: Path | None,
    since: datetime | None,
    last: int | None,
    workers: int | None,
    dask: str | None,
    output: Path | None,
    form: str,
) -> None:
    """Judge the verdicts recorded here again by another policy, each with the news and the clock it was judged by, and say what changes.

    Halts and rejections count on neither side: policies are compared, and not people. Exit code 0 nothing changes, 1 something does, 2 the call
    is invalid or there is no record here, 30 the gate or the store failed, a row was changed, or not one verdict could be judged again.
    """
    as_json = form == "json"
    new = loaded_or_refused(policy, as_json)
    from rtm_gate.cli.replayed import shown

    summary = judge_again(exported or Path(), policy, new, How(since, last, workers, dask, output), as_json)
    named = {"policy": {"name": new.name, "digest": new.digest}}
    if as_json:
        click.echo(json.dumps(named | summary.as_json(), ensure_ascii=False, indent=1))
    else:
        shown(summary, new)
    ended(summary)
