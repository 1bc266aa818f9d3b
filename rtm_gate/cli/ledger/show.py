"""`rtm-gate ledger show`: the last rows, a line each; or the near misses among all of them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import get_args

import click
from rich.text import Text

from rtm_gate.cli.feeds.desk import format_option
from rtm_gate.cli.ledger.misses import show_misses
from rtm_gate.cli.ledger.project import project_ledger
from rtm_gate.cli.ledger.words import in_words
from rtm_gate.cli.options import MOMENT, WORD_STYLES, console, refuse
from rtm_gate.model.moment import stamp
from rtm_gate.model.record import Entry, Kind

MOST, USUAL = 10_000, 20


@click.command()
@click.option("--draft", metavar="ID", help="Only what was recorded about this draft.")
@click.option("--kind", type=click.Choice(get_args(Kind)), help="Only rows of this kind.")
@click.option("--last", type=click.IntRange(1, MOST), help=f"How many, counted from the end; `export` gives all.  [default: {USUAL}]")
@click.option("--near-misses", is_flag=True, help="Instead: drafts that nearly went out and should not have, newest first.")
@click.option("--since", type=MOMENT, help="With --near-misses: only those of this time and later.")
@format_option
def show(draft: str | None, kind: Kind | None, last: int | None, near_misses: bool, since: datetime | None, form: str) -> None:
    """Show the last rows of the record, oldest first: number, time, kind, whom it is about, and what was said.

    Exit code 0, 2 there is no record here, or the call cannot be meant, 30 the store failed, or a row of a near miss was changed.
    """
    wrong = [option for option, given in (("--kind", kind), ("--last", last)) if near_misses and given]
    problems = [f"{option} does not go with --near-misses" for option in wrong] + (["--since goes with --near-misses"] if since and not near_misses else [])
    if problems:
        refuse(problems, form == "json")
    if near_misses:
        show_misses(since, draft, form)
        return
    with project_ledger(form == "json") as ledger:
        rows = ledger.latest(last or USUAL, kind, draft)
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
    from rtm_gate.verdict.render.safe import one_line, safe

    said = one_line(in_words(row))
    word, colon, rest = said.partition(": ") if row.kind == "verdict" else ("", "", said)
    subject = f"{one_line(row.subject)}  " if row.subject else ""
    line = Text(f"{row.id:>{width}}  ") + Text(f"{stamp(row.at)}  ", style="dim") + Text(f"{safe(row.kind):<9}  ") + Text(subject)
    line += Text(word, style=f"bold {WORD_STYLES.get(word, '')}".strip()) + Text(f"{colon}{rest}")
    return line + Text("  masked", style="dim") if row.masked else line
