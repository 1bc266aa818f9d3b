"""`rtm-gate situations show`: one situation, and how it came to be what it is."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from rtm_gate.cli.options import FAULT, World, console, policy_option, refuse, world_options
from rtm_gate.cli.situations.shown import as_json, lines
from rtm_gate.model.moment import stamp


@click.command()
@click.argument("situation")
@policy_option
@world_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(situation: str, policy: Path | None, form: str, **given: Any) -> None:
    """Show the SITUATION with this id (its first characters do), and each step of its life with its reason."""
    world = World.of(given)

    from rtm_gate.cli.world import news_of, open_gate
    from rtm_gate.gate.news import situation_called
    from rtm_gate.news import history
    from rtm_gate.verdict.render.safe import safe

    with open_gate(policy, form == "json") as gate:
        news = news_of(gate, world, form == "json", everything=True)
    if news.fault:
        click.echo(f"error: the news could not be read: {news.fault}", err=True)
        sys.exit(FAULT)
    try:
        one = situation_called(situation, news)
    except ValueError as error:
        refuse([str(error)], form == "json")
    steps = history([read.story.id for read in one.stories], [read for other in news.situations for read in other.stories], world.now)
    if form == "json":
        rows = [{"at": stamp(step.at), "before": step.before, "after": step.after, "reason": step.reason, "stories": list(step.causes)} for step in steps]
        click.echo(json.dumps(as_json(one) | {"history": rows}, ensure_ascii=False, indent=1))
        return
    out = console()
    out.print(lines(one))
    for step in steps:
        out.print(Text(f"  {step.at:%Y-%m-%d %H:%M} ") + Text(step.after.replace("_", " "), style="bold") + Text(f"  {safe(step.reason)}"))
