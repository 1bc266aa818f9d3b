"""`rtm-gate resume`: end a halt."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from rtm_gate.cli.feeds.desk import format_option, project_gate
from rtm_gate.cli.halts import as_json, deciding, lines
from rtm_gate.cli.options import MOMENT, console, refuse

AGAIN = "Nothing goes out by itself: every post that was held has to be asked about again."


@click.command()
@click.option("--all", "everything", is_flag=True, help="End every halt in force.")
@click.option("--scope", "scopes", multiple=True, metavar="SCOPE", help="End the halts with this scope, as it was given. Repeatable.")
@click.option("--as", "people", multiple=True, metavar="PERSON", help="Who resumes (required). Repeatable: together they fill the policy's tier.")
@click.option("--reason", default="", help="Why (required).")
@click.option("--now", type=MOMENT, help="The moment of the decision. Default: the clock.")
@format_option
def resume(everything: bool, scopes: tuple[str, ...], people: tuple[str, ...], reason: str, now: datetime | None, form: str) -> None:
    """End halts, with the people whom the policy asks for. Exit code 2: refused, 30: something failed."""
    if everything == bool(scopes):
        refuse(["say --all, or which --scope, and not both"], form == "json")
    with project_gate(form == "json") as gate, deciding(form == "json"):
        ended = gate.halts.resume(scopes=None if everything else scopes, reason=reason, people=people, now=now or datetime.now(UTC))
    if form == "json":
        click.echo(json.dumps({"resumed": [as_json(one) for one in ended], "note": AGAIN}, ensure_ascii=False, indent=1))
        return
    out = console()
    for one in ended:
        out.print(lines("resumed", one))
    out.print(AGAIN, markup=False)
