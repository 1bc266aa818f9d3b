"""`rtm-gate ledger show`: the last rows, a line each."""

from __future__ import annotations

import json
from typing import get_args

import click
from rich.text import Text

from rtm_gate.cli.feeds.desk import format_option
from rtm_gate.cli.ledger.project import project_ledger
from rtm_gate.cli.ledger.words import in_words
from rtm_gate.cli.options import console
from rtm_gate.model.moment import stamp
from rtm_gate.model.record import Entry, Kind

MOST = 10_000
_COLOURS = {"go": "green", "hold": "yellow", "no-go": "red"}


@click.command()
@click.option("--draft", metavar="ID", help="Only what was recorded about this draft.")
@click.option("--kind", type=click.Choice(get_args(Kind)), help="Only rows of this kind.")
@click.option("--last", type=click.IntRange(1, MOST), default=20, show_default=True, help="How many, counted from the end; `export` gives all.")
@format_option
def show(draft: str | None, kind: Kind | None, last: int, form: str) -> None:
    """Show the last rows of the record, oldest first: number, time, kind, whom it is about, and what was said.

    Exit code 0, 2 there is no record here, 30 the store failed.
    """
    with project_ledger(form == "json") as ledger:
        rows = ledger.latest(last, kind, draft)
    if form == "json":
        from rtm_gate.desk.ledger.export import row_of

        click.echo(json.dumps([row_of(row) for row in rows], indent=1))
        return
    out = console()
    for row in rows:
        out.print(_line(row, len(str(rows[-1].id))), soft_wrap=True)
    if not rows:
        out.print("nothing of this kind is recorded here" if draft or kind else "nothing is recorded here yet", markup=False)


def _line(row: Entry, width: int) -> Text:
    from rtm_gate.verdict.render.safe import safe

    said = " ".join(safe(in_words(row)).split())
    word, colon, rest = said.partition(": ") if row.kind == "verdict" else ("", "", said)
    subject = f"{' '.join(safe(row.subject).split())}  " if row.subject else ""
    line = Text(f"{row.id:>{width}}  ") + Text(f"{stamp(row.at)}  ", style="dim") + Text(f"{safe(row.kind):<9}  ") + Text(subject)
    line += Text(word, style=f"bold {_COLOURS.get(word, '')}".strip()) + Text(f"{colon}{rest}")
    return line + Text("  masked", style="dim") if row.masked else line
