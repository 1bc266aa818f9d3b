"""What `ledger replay` and `policy diff --against` share: where the rows come from, and the judging of them with its progress."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from rtm_gate.cli.ledger.project import progress, project_ledger
from rtm_gate.cli.options import FAULT, FINDINGS, MOMENT, refuse

if TYPE_CHECKING:
    from rtm_gate.desk.ledger import Ledger
    from rtm_gate.gate.record.replay import Summary
    from rtm_gate.model.policy import Policy
    from rtm_gate.model.record import Entry

F = TypeVar("F", bound=Callable[..., Any])
NO_VERDICTS = "no verdict is recorded here: `rtm-gate check` records each, unless rtm-gate.toml says `record = false`"
NOT_TOLD = "the rows come without what they tell, and drafts cannot be judged again without it"
MOST_WORKERS = 256


@dataclass(frozen=True, slots=True)
class How:
    """What the options say: which rows, and by how many workers. `last` counts verdicts from the end."""

    since: datetime | None = None
    last: int | None = None
    workers: int | None = None
    dask: str | None = None
    output: Path | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Rows in their order, what they share, and the number of the last one."""

    rows: Iterator[Entry]
    body: Callable[[str], bytes | None]
    end: int | None


def replay_options(command: F) -> F:
    """--since, --last, --workers, --dask."""
    for option in (
        click.option("--dask", metavar="ADDRESS|local", help="Hand the work to a Dask scheduler, or to a cluster of --workers made for it (rtm-gate[dask])."),
        click.option("--workers", type=click.IntRange(1, MOST_WORKERS), help="Processes that judge. Default: one a core, where there is enough to do."),
        click.option("--last", type=click.IntRange(1), metavar="N", help="Only the last N verdicts."),
        click.option("--since", type=MOMENT, help="Only verdicts written at that moment or later."),
    ):
        command = option(command)
    return command


def loaded_or_refused(path: Path, as_json: bool) -> Policy:
    """The policy; one that does not load is refused with all that is wrong with it."""
    from rtm_gate.gate.policy import load_policy
    from rtm_gate.language.diagnostics.text import report

    loaded = load_policy(path)
    if loaded.policy is None:
        refuse([f"{path} does not load" if as_json else f"{path} does not load\n{report(loaded.errors, loaded.sources)}"], as_json)
    return loaded.policy


def judge_again(where: Path, new: Path, policy: Policy, how: How, as_json: bool, old: tuple[Path, Policy] | None = None) -> Summary:
    """The verdicts of a project's folder, or of an exported file, judged again. Refuses the call, or ends with a fault."""
    from rtm_gate.desk.ledger.export import ExportError
    from rtm_gate.gate.record.replay import Kept, KeptError, ReplayError, Setup, Summary, replayed

    project = Path() if where.is_file() else where
    setup = Setup.of(project, new, policy.digest, *((old[0], old[1].digest) if old else ()))
    summary = Summary()
    try:
        with ExitStack() as stack:
            ledger = stack.enter_context(project_ledger(as_json, project))
            source = stack.enter_context(_exported(where, how, ledger, as_json)) if where.is_file() else _recorded(ledger, how, as_json)
            seen = stack.enter_context(_judging(source.end))
            kept = stack.enter_context(Kept(how.output, setup)) if how.output else None
            rows = kept.resumed(source.rows, summary.add) if kept else source.rows
            if kept and (before := summary.judged + summary.unjudged):
                click.echo(f"{how.output}: {before} verdict{'' if before == 1 else 's'} judged before; going on behind", err=True)
            if how.dask:
                from rtm_gate.gate.record.replay.dask import replayed_by_dask

                outcomes = replayed_by_dask(setup, rows, source.body, how.dask, how.workers)
            else:
                outcomes = replayed(setup, rows, source.body, how.workers)
            for outcome in outcomes:
                if kept:
                    kept.write(outcome)
                summary.add(outcome)
                seen(outcome.row)
    except (KeptError, ExportError) as error:
        refuse([str(error) if isinstance(error, KeptError) else f"{where}: {error}"], as_json)
    except ReplayError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(FAULT)
    return summary


def ended(summary: Summary) -> NoReturn:
    """Says what is wrong with the record, and leaves with the exit code of what was found."""
    from rtm_gate.gate.record.replay.outcome import CHANGED

    if count := len(summary.missed.get(CHANGED, ())):
        rows = "1 row of the record was" if count == 1 else f"{count} rows of the record were"
        click.echo(f"error: {rows} changed since written, and not judged again: `rtm-gate ledger verify` says more", err=True)
    sys.exit(FAULT if summary.failed else FINDINGS if summary.changes else 0)


def _recorded(ledger: Ledger, how: How, as_json: bool) -> Source:
    """The verdicts that are there now."""
    last = ledger.latest(1, "verdict")
    if not last:
        refuse([NO_VERDICTS], as_json)
    end = last[0].id
    rows = ledger.rows(kind="verdict") if how.last is None else iter(ledger.latest(how.last, "verdict"))
    return Source(_since(takewhile(lambda row: row.id <= end, rows), how), ledger.body, end)


@contextmanager
def _exported(file: Path, how: How, ledger: Ledger, as_json: bool) -> Iterator[Source]:
    """The verdicts of an export; their news lies in the project here."""
    from rtm_gate.desk.ledger.export import ExportError, of_jsonl

    def last(lines: Iterable[bytes]) -> int | None:
        try:
            return next((row.id for row, _ in of_jsonl(deque(lines, 1))), None)
        except ExportError:
            return None  # met again, and named by its line

    def verdicts(lines: Iterable[bytes]) -> Iterator[Entry]:
        for row, told in of_jsonl(lines):
            if not told:
                raise ExportError(f"{NOT_TOLD}: write it without --no-told")
            if row.kind == "verdict":
                yield row

    try:
        lines = file.open("rb")
    except OSError as error:
        refuse([f"{file}: {error.strerror or error}"], as_json)
    with lines:
        end = last(lines)
        lines.seek(0)
        rows = verdicts(lines)
        yield Source(_since(rows if how.last is None else iter(deque(rows, how.last)), how), ledger.body, end)


def _since(rows: Iterator[Entry], how: How) -> Iterator[Entry]:
    return (row for row in rows if how.since is None or row.at >= how.since)


@contextmanager
def _judging(end: int | None) -> Iterator[Callable[[int], None]]:
    """Told each row's number, it shows how far the way to the row `end` is gone."""
    with progress() as bar:
        task = bar.add_task("judging again", total=None)
        first: list[int] = []

        def seen(row: int) -> None:
            first[:] = first or [row - 1]
            bar.update(task, completed=row - first[0], total=None if end is None else end - first[0])

        yield seen
