"""`rtm-gate halt`: stop everything, or a part of it, at once."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from rtm_gate.cli.feeds.desk import format_option, project_gate
from rtm_gate.cli.halts import as_json, deciding, lines
from rtm_gate.cli.options import MOMENT, console


@click.command()
@click.option("--reason", default="", help="Why (required); it heads every verdict that the halt stops.")
@click.option("--as", "person", default="", metavar="PERSON", help="Who halts (required); one of the project's people, where it lists them.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    metavar="SCOPE",
    help="What: all, platform:x, account:acme-us, region:US-TX, topic:politics. Repeatable. Default: all.",
)
@click.option("--until", type=MOMENT, help="When it ends by itself. Default: when it is resumed.")
@click.option("--now", type=MOMENT, help="The moment of the decision. Default: the clock.")
@format_option
def halt(reason: str, person: str, scopes: tuple[str, ...], until: datetime | None, now: datetime | None, form: str) -> None:
    """Halt this project: every check is a hold from now on, but for what the policy spares. Exit code 2: refused, 30: something failed."""
    with project_gate(form == "json") as gate, deciding(form == "json"):
        made = gate.halts.halt(scopes=scopes, reason=reason, person=person, now=now or datetime.now(UTC), until=until)
        doubts = gate.halts.doubts(made)
    if form == "json":
        click.echo(json.dumps({"halted": [as_json(one) for one in made], "warnings": doubts}, ensure_ascii=False, indent=1))
        return
    out = console()
    for one in made:
        out.print(lines("halted", one))
    for doubt in doubts:
        out.print(f"warning: {doubt}", style="yellow", markup=False)
