"""`rtm-gate feeds watch`: every feed asked whenever it is due, until somebody stops it."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from types import FrameType

import click

from rtm_gate.cli.feeds.desk import chosen, line, project_gate, written_down
from rtm_gate.cli.options import FAULT, console
from rtm_gate.model.feeds import FeedState


@click.command()
@click.argument("names", nargs=-1)
@click.option("--for", "minutes", type=click.IntRange(min=1), metavar="MINUTES", help="Stop after so many minutes. Default: never.")
@click.option("--quiet", is_flag=True, help="Say only what is new or wrong.")
def watch(names: tuple[str, ...], minutes: int | None, quiet: bool) -> None:
    """Keep reading the project's feeds (or those called NAMES), each when it is due. Ctrl-C stops it.

    Several may watch one store: each feed is asked by one of them at a time.
    """
    until = datetime.now(UTC) + timedelta(minutes=minutes) if minutes else None
    with project_gate(False) as gate:
        feeds = chosen(gate, names, False)

        from rtm_gate.news.polling import watch as keep_reading

        out, err = console(), console(sys.stderr)
        err.print(f"watching {len(feeds)} feed{'' if len(feeds) == 1 else 's'}; Ctrl-C stops", style="dim")

        def said(state: FeedState) -> None:
            if state.new or state.problem or not quiet:
                out.print(f"{datetime.now(UTC):%H:%M:%S} ", line(state), sep="", end="\n")

        with err.status("") as status:

            def resting(due: datetime | None) -> None:
                status.update(f"next at {due:%H:%M:%S} UTC" if due else "nothing is due")
                if not written_down(gate, datetime.now(UTC)):
                    sys.exit(FAULT)

            signal.signal(signal.SIGTERM, _stop)
            with suppress(KeyboardInterrupt):
                keep_reading(gate.project_news.desk(), feeds, said, resting, until)
        err.print("stopped; all that was read is kept", style="dim")


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
