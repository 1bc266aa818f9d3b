"""`rtm-gate ledger mark`: a verdict of the record was wrong, and a test of the policy comes of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from rtm_gate.cli.feeds.desk import format_option
from rtm_gate.cli.ledger.project import faults, project_ledger, this_project
from rtm_gate.cli.options import MOMENT, refuse
from rtm_gate.model.verdict import VerdictWord

if TYPE_CHECKING:
    from rtm_gate.desk.ledger import Ledger
    from rtm_gate.gate.record.marked import Marked
    from rtm_gate.model.record import Entry

LAST = 2**63 - 1


@click.command()
@click.argument("row", type=click.IntRange(1, LAST))
@click.option("--should", required=True, type=click.Choice(get_args(VerdictWord)), help="What the verdict should have been.")
@click.option("--as", "person", default="", metavar="PERSON", help="Who says so (required); one of the project's people, where it lists them.")
@click.option("--reason", default="", help="Why it was wrong (required); it names the test, and can be masked.")
@click.option(
    "--case", "cases", type=click.Path(file_okay=False, path_type=Path), help="Also keep it as a recorded case, in a folder of its own below this one."
)
@click.option("--dry-run", is_flag=True, help="Write no row: print the test of a verdict, marked or not.")
@click.option("--now", type=MOMENT, help="The moment at which it is marked. Default: the clock.")
@format_option
def mark(row: int, should: VerdictWord, person: str, reason: str, cases: Path | None, dry_run: bool, now: datetime | None, form: str) -> None:
    """Say that the verdict in ROW was wrong, and print a `test` block that asks the policy for the right one.

    The block is tried first with the policy that the verdict was made with; what it cannot say, and whether it comes to another verdict, is
    said on stderr. Exit code 0 it is marked, 2 it is refused, 30 something failed.
    """
    from rtm_gate.desk.marking import mark as mark_row
    from rtm_gate.desk.marking import verdict_to_mark
    from rtm_gate.desk.refused import RefusedError
    from rtm_gate.gate.people import strangers

    as_json = form == "json"
    with project_ledger(as_json) as ledger:
        problems = strangers(this_project(as_json).people, person)
        try:
            entry = verdict_to_mark(ledger, row, should, person, reason, again=dry_run)
        except RefusedError as error:
            problems += error.problems
        if problems:
            refuse(problems, as_json)
        marked = _made(ledger, entry, should, reason, cases, as_json)
        try:
            number = None if dry_run else mark_row(ledger, row, should, person, reason, now or datetime.now(UTC)).id
        except RefusedError as error:
            refuse(error.problems, as_json)
    for warning in () if as_json else marked.warnings:
        click.echo(f"warning: {warning}", err=True)
    click.echo(json.dumps(_json(marked, number, entry, should), indent=1) if as_json else marked.text.rstrip("\n"))


def _made(ledger: Ledger, entry: Entry, should: VerdictWord, reason: str, cases: Path | None, as_json: bool) -> Marked:
    """The test, before anything is written down."""
    from rtm_gate.cli.world import open_gate
    from rtm_gate.gate.record.marked import marked
    from rtm_gate.gate.record.marked.case import CaseError

    with open_gate(None, as_json) as gate, faults():
        try:
            return marked(gate, ledger, entry, should, reason, cases)
        except CaseError as error:
            refuse([str(error)], as_json)


def _json(marked: Marked, number: int | None, entry: Entry, should: str) -> dict[str, Any]:
    return {
        "row": number,
        "marks": entry.id,
        "draft": entry.subject,
        "was": json.loads(entry.said)["verdict"],
        "should": should,
        "block": marked.text,
        "reproduces": marked.same,
        "case": str(marked.case) if marked.case else None,
        "warnings": list(marked.warnings),
    }
