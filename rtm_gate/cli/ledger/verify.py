"""`rtm-gate ledger verify`: whether the record is what was written."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from rtm_gate.cli.feeds.desk import format_option
from rtm_gate.cli.ledger.project import faults, progress, project_ledger
from rtm_gate.cli.options import FINDINGS, console, refuse
from rtm_gate.cli.reading import text_of
from rtm_gate.model.moment import stamp

if TYPE_CHECKING:
    from rtm_gate.desk.ledger import Flaw, Head
    from rtm_gate.model.record import Entry

NO_HEAD = "there is no head, so rows cut off at the end, or a record written anew, cannot be told; --against takes one that was kept elsewhere"


@dataclass(slots=True)
class Looked:
    """What was looked at, and what it showed. `heads`: (where it lies, the head)."""

    heads: list[tuple[str, Head]]
    rows: int = 0
    last: Entry | None = None
    bodies: int | None = None
    flaws: list[Flaw] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def seen(self, entry: Entry) -> None:
        self.rows += 1
        self.last = entry


@click.command()
@click.option(
    "--against", "kept", multiple=True, metavar="HEAD_FILE", type=click.Path(path_type=Path), help="A head that was kept elsewhere, - for stdin. Repeatable."
)
@click.option("--export", "exported", type=click.Path(dir_okay=False, path_type=Path), help="Verify this export (JSON Lines) instead of the project's store.")
@format_option
def verify(kept: tuple[Path, ...], exported: Path | None, form: str) -> None:
    """Verify that no row was changed, taken out, put in or cut off, and that what rows share is there and whole. Says all that is wrong.

    Exit code 0 the record is whole, 1 it is not, 2 the call cannot be meant, 30 the store or a head cannot be read.
    """
    as_json = form == "json"
    heads = _given(kept, as_json)
    looked = _of_export(exported, heads, as_json) if exported else _of_project(heads, as_json)
    if not looked.heads:
        looked.warnings.append(NO_HEAD)
    if as_json:
        click.echo(json.dumps(_json(looked), indent=1))
    else:
        _say(looked)
    sys.exit(FINDINGS if looked.flaws else 0)


def _given(files: tuple[Path, ...], as_json: bool) -> list[tuple[str, Head]]:
    from rtm_gate.desk.ledger import HeadError, head_of

    heads, problems = [], []
    for file in files:
        try:
            heads.append((str(file), head_of(text_of(file, as_json), str(file))))
        except HeadError as error:
            problems.append(str(error))
    if problems:
        refuse(problems, as_json)
    return heads


def _of_project(heads: list[tuple[str, Head]], as_json: bool) -> Looked:
    from rtm_gate.desk.ledger import bodies_named, verified, verified_bodies

    named: dict[str, int] = {}

    def seen(entry: Entry) -> None:
        looked.seen(entry)
        for digest in bodies_named(entry):
            named.setdefault(digest, entry.id)

    with project_ledger(as_json) as ledger:
        own = ledger.heads.last()  # before the rows: whatever it names is among them
        looked = Looked([*([(ledger.heads.head_file.name, own)] if own else []), *heads])
        with progress() as bar:
            rows = bar.track(ledger.rows(), total=ledger.count(), description="rows")
            looked.flaws.extend(verified(rows, [head for _, head in looked.heads], seen))
            looked.bodies = len(ledger.bodies())
            task = bar.add_task("bodies", total=looked.bodies)
            looked.flaws.extend(verified_bodies(ledger, lambda: bar.advance(task), named))
    return looked


def _of_export(file: Path, heads: list[tuple[str, Head]], as_json: bool) -> Looked:
    from rtm_gate.desk.ledger import BEGINNING, Beginning, verified
    from rtm_gate.desk.ledger.export import ExportError, of_jsonl

    looked = Looked(heads)
    try:
        with faults(), file.open("rb") as lines, progress() as bar:
            read = of_jsonl(bar.track(lines, description="rows"))
            first = next(read, None)
            beginning, told = BEGINNING, first is None or first[1]
            if first is not None and first[0].id > 1:
                beginning = Beginning(first[0].id - 1, first[0].previous)
                looked.warnings.append(f"this export begins with row {first[0].id}: what came before is taken on trust")
            rows = chain(() if first is None else (first[0],), (entry for entry, _ in read))
            looked.flaws.extend(verified(rows, [head for _, head in heads], looked.seen, beginning=beginning, told=told))
    except OSError as error:
        refuse([f"{file}: {error.strerror or error}"], as_json)
    except ExportError as error:
        refuse([f"{file}: {error}"], as_json)
    return looked


def _json(looked: Looked) -> dict[str, Any]:
    return {
        "whole": not looked.flaws,
        "rows": looked.rows,
        "until": None if looked.last is None else {"row": looked.last.id, "at": stamp(looked.last.at), "hash": looked.last.hash},
        "bodies": looked.bodies,
        "heads": [{"file": name, "row": head.id, "at": head.at, "key": head.key, "signed": head.signed} for name, head in looked.heads],
        "flaws": [asdict(flaw) for flaw in looked.flaws],
        "warnings": looked.warnings,
    }


def _say(looked: Looked) -> None:
    from rtm_gate.verdict.render.safe import safe

    out = console()
    for flaw in looked.flaws:
        out.print(Text("✖ ", style="red") + Text(safe(flaw.said)), soft_wrap=True)
    end = f", the last of {stamp(looked.last.at)}" if looked.last else ""
    shared = "" if looked.bodies is None else f"; {looked.bodies} shared {'body' if looked.bodies == 1 else 'bodies'}"
    count = f"{looked.rows:,} row{'' if looked.rows == 1 else 's'}"
    out.print(Text(f"{count}{end}{shared}: ") + (Text("not whole", style="bold red") if looked.flaws else Text("whole", style="bold green")), soft_wrap=True)
    for name, head in looked.heads:
        beyond = looked.last.id - head.id if looked.last else 0
        behind = f"; {beyond:,} row{'' if beyond == 1 else 's'} came later" if beyond > 0 else ""
        out.print(Text(f"{safe(name)}: row {head.id} was the last on {safe(head.at)}{behind}\n  key {safe(head.key)}"), soft_wrap=True)
    for warning in looked.warnings:
        click.echo(f"warning: {warning}", err=True)
