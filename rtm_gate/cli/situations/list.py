"""`rtm-gate situations list`: what the gate believes is going on."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from rtm_gate.cli.options import FAULT, World, console, policy_option, world_options
from rtm_gate.cli.situations.shown import as_json, lines


@click.command("list")
@policy_option
@world_options
@click.option("--all", "everything", is_flag=True, help="Also stories without a sensitive topic.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_(policy: Path | None, everything: bool, form: str, **given: Any) -> None:
    """List the situations in the news, gravest first."""
    world = World.of(given)

    from rtm_gate.cli.world import news_of, open_gate
    from rtm_gate.model.news import SEVERITIES
    from rtm_gate.verdict.render.safe import safe

    with open_gate(policy, form == "json") as gate:
        news = news_of(gate, world, form == "json", everything=everything)
        broken = gate.loaded.policy is None or bool(news.fault)
    shown = [s for s in news.situations if everything or s.topic]
    shown.sort(key=lambda s: (-SEVERITIES.index(s.severity) if s.severity else 1, s.started, s.id))
    if form == "json":
        click.echo(json.dumps([as_json(s) for s in shown], ensure_ascii=False, indent=1))
        sys.exit(FAULT if broken else 0)
    out = console()
    for situation in shown:
        out.print(lines(situation))
    for source in news.sources:
        if source.problem:
            out.print(f"feed {safe(source.name)}: {safe(source.problem)}", style="yellow", markup=False)
    if news.fault:
        out.print(f"the news could not be read: {safe(news.fault)}", style="red", markup=False)
    elif not shown:
        out.print("nothing sensitive is going on in these feeds", markup=False)
    sys.exit(FAULT if broken else 0)
