"""`rtm-gate ledger export`: the record as a file for others."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from rtm_gate.cli.ledger.project import progress, project_ledger
from rtm_gate.cli.options import FAULT, refuse


@click.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where it goes, whole or not at all. Default: standard output.")
@click.option("--as", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True, help="JSON Lines can be verified; CSV is for people.")
@click.option("--after", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="Only the rows behind row N.")
@click.option("--no-told", is_flag=True, help="Without what may be masked: texts and people.")
def export(output: Path | None, form: str, after: int, no_told: bool) -> None:
    """Write the record, oldest row first. `rtm-gate ledger verify --export FILE` verifies JSON Lines without a store.

    A file can be read by its owner alone. Exit code 0, 2 there is no record here or the file cannot be made, 30 the store or the disk failed.
    """
    from rtm_gate.desk.ledger.export import to_csv, to_jsonl

    with project_ledger(False) as ledger, _sink(output) as sink, progress(output is None and sys.stdout.isatty()) as bar:
        rows = bar.track(ledger.rows(after), total=max(0, ledger.count() - after), description="exporting")
        for line in to_csv(rows, not no_told) if form == "csv" else to_jsonl(rows, not no_told):
            sink.write(line)


@contextmanager
def _sink(output: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that takes its place when all of it is written."""
    if output is None:
        yield sys.stdout
        return
    if output.exists() and not output.is_file():
        # A pipe or a device is written to: a file in its place would be there for everybody.
        with output.open("w", encoding="utf-8", newline="") as sink:
            yield sink
        return
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        refuse([f"{output} cannot be written: {error.strerror or error}"], False)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as sink:
            yield sink
            sink.flush()
            os.fsync(sink.fileno())
        fresh.replace(output)
    except OSError as error:
        click.echo(f"error: {output} cannot be written: {error.strerror or error}", err=True)
        sys.exit(FAULT)
    finally:
        fresh.unlink(missing_ok=True)
