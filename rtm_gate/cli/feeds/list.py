"""`rtm-gate feeds list`: which feeds there are."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.text import Text

from rtm_gate.cli.options import console, refuse
from rtm_gate.model.moment import spell


@click.command("list")
@click.option("--catalog", is_flag=True, help="All that the catalog knows, not only the project's feeds.")
@click.option("--topic", help="Only feeds listed for this topic.")
@click.option("--region", help="Only feeds listed for this region (ISO 3166).")
@click.option("--format", "form", type=click.Choice(["text", "json", "opml"]), default="text", show_default=True)
def list_(catalog: bool, topic: str | None, region: str | None, form: str) -> None:
    """List the feeds of this project, with their trust, topics and rhythm; as OPML for other readers too."""
    from rtm_gate.gate.project import open_project
    from rtm_gate.gate.toml import ProjectError
    from rtm_gate.news.sources.opml import write_opml
    from rtm_gate.verdict.render.safe import safe

    try:
        project = open_project(Path())
    except ProjectError as error:
        refuse(error.problems, form == "json")
    feeds = [
        feed
        for feed in (project.catalog.feeds if catalog else project.feeds)
        if (topic is None or any(f"{own}.".startswith(f"{topic}.") for own in feed.topics)) and (region is None or region in feed.regions)
    ]
    if form == "opml":
        sys.stdout.buffer.write(write_opml(feeds))
        return
    if form == "json":
        click.echo(json.dumps([asdict(feed) for feed in feeds], ensure_ascii=False, indent=1))
        return
    out = console()
    for feed in feeds:
        about = (feed.trust, " ".join(feed.topics) or "everything", " ".join(feed.regions), f"every {spell(feed.rhythm)}" if feed.rhythm else "")
        out.print(Text(safe(feed.name), style="bold") + Text("  " + " · ".join(filter(None, about)), style="not bold"))
        if feed.address != feed.name:
            out.print(Text(f"  {safe(feed.address)}", style="dim"))
    out.print(Text(f"{len(feeds)} feed{'' if len(feeds) == 1 else 's'}"), style="dim")
