"""`rtm-gate feeds status`: how far the news can be trusted, at a glance."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import click
from rich.table import Table
from rich.text import Text

from rtm_gate.cli.feeds.desk import ago, as_json, format_option, project_gate
from rtm_gate.cli.options import FINDINGS, MOMENT, console
from rtm_gate.model.feeds import FeedState
from rtm_gate.model.news import SourceHealth


@click.command()
@click.option("--now", type=MOMENT, help="The moment to ask about. Default: the clock.")
@format_option
def status(now: datetime | None, form: str) -> None:
    """Show each feed: when it was read, what came, what is wrong, when it is asked again.

    Exit code 0 the news is trusted, 1 it is not.
    """
    moment = now or datetime.now(UTC)
    with project_gate(form == "json") as gate:
        news = gate.news(now=moment)
        states = gate.project_news.states()
        stale_after = gate.policy.stale_after

    from rtm_gate.facts.world import trusted

    trust = not news.fault and trusted(news, moment, stale_after)
    rows = [(source, states.get(source.name, FeedState(source.name, source.url))) for source in news.sources]
    if form == "json":
        feeds = [
            as_json(state) | {"healthy": s.healthy, "problem": _wrong(s, state), "entries": s.entries, "new": s.new, "topics": s.topics} for s, state in rows
        ]
        click.echo(json.dumps({"trusted": trust, "fault": news.fault, "feeds": feeds}, ensure_ascii=False, indent=1))
        sys.exit(0 if trust else FINDINGS)

    from rtm_gate.verdict.render.safe import safe

    table = Table("", "feed", "read", "entries", "new", "next", "", box=None, pad_edge=False)
    for source, state in rows:
        good = source.healthy and not state.notice
        mark = Text("✔", "green") if good else Text("!", "yellow") if source.healthy else Text("✖", "red")
        due = "" if state.due is None else "now" if state.due <= moment else f"{state.due:%H:%M}"
        wrong = "; ".join(filter(None, (_wrong(source, state), state.notice)))
        table.add_row(mark, safe(source.name), ago(source.fetched, moment), str(source.entries), str(source.new), due, Text(safe(wrong)))
    out = console()
    out.print(table)
    healthy = sum(source.healthy for source in news.sources)
    out.print(
        Text(f"{news.fault}" if news.fault else f"The news is {'' if trust else 'not '}trusted: {healthy} of {len(rows)} feeds are in order.", style="bold")
    )
    sys.exit(0 if trust else FINDINGS)


def _wrong(source: SourceHealth, state: FeedState) -> str:
    """Why it cannot be trusted, and what the last attempt ran into, though what was read before is still good."""
    return "; ".join(filter(None, (source.problem, "" if state.problem in source.problem else state.problem)))
