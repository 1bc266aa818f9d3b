"""What `ledger replay` and `policy diff --against` share: where the rows come from, and the judging of them with its progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from rtm_gate.cli.options import FAULT, MOMENT, console, refuse

if TYPE_CHECKING:
    from rtm_gate.desk.ledger import Ledger
    from rtm_gate.gate.replay import Summary
    from rtm_gate.model.policy import Policy
    from rtm_gate.model.record import Entry

F = TypeVar("F", bound=Callable[..., Any])
NO_LEDGER = "nothing is recorded in {}: it is no project, or one without a store; `record = true` in rtm-gate.toml records verdicts"
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
    from rtm_gate.desk.exported import ExportedError
    from rtm_gate.desk.ledger.heads import HeadError
    from rtm_gate.gate.replay import Kept, KeptError, ReplayError, Setup, Summary, replayed
    from rtm_gate.store import StoreError

    project = Path() if where.is_file() else where
    setup = Setup.of(project, new, policy.digest, *((old[0], old[1].digest) if old else ()))
    summary = Summary()
    try:
        with ExitStack() as stack:
            source = stack.enter_context(_source(where, how, as_json))
            seen = stack.enter_context(_progress(source.end))
            kept = stack.enter_context(Kept(how.output, setup)) if how.output else None
            rows = kept.resumed(source.rows, summary.add) if kept else source.rows
            if kept and (before := summary.judged + summary.unjudged):
                click.echo(f"{how.output}: {before} verdict{'' if before == 1 else 's'} judged before; going on behind", err=True)
            if how.dask:
                from rtm_gate.gate.replay.dask import replayed_by_dask

                outcomes = replayed_by_dask(setup, rows, source.body, how.dask, how.workers)
            else:
                outcomes = replayed(setup, rows, source.body, how.workers)
            for outcome in outcomes:
                if kept:
                    kept.write(outcome)
                summary.add(outcome)
                seen(outcome.row)
    except (KeptError, ExportedError) as error:
        refuse([str(error) if isinstance(error, KeptError) else f"{where}: {error}"], as_json)
    except (StoreError, HeadError, ReplayError) as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(FAULT)
    return summary


@contextmanager
def _source(where: Path, how: How, as_json: bool) -> Iterator[Source]:
    """The rows asked for. The news of an exported file is looked for in the project here, if there is one."""
    ledger = _ledger(Path() if where.is_file() else where, as_json)
    try:
        if where.is_file():
            yield _exported(where, how, ledger, as_json)
        elif ledger is None:
            refuse([NO_LEDGER.format(where)], as_json)
        else:
            yield _recorded(ledger, how)
    finally:
        if ledger is not None:
            ledger.close()


def _recorded(ledger: Ledger, how: How) -> Source:
    rows = ledger.rows(kind="verdict") if how.last is None else iter(ledger.latest(how.last, "verdict"))
    end = ledger.latest(1, "verdict")
    return Source(_since(rows, how), ledger.body, end[0].id if end else None)


def _exported(file: Path, how: How, ledger: Ledger | None, as_json: bool) -> Source:
    from collections import deque

    from rtm_gate.desk.exported import exported

    try:
        lines = file.open("rb")
    except OSError as error:
        refuse([f"{file}: {error.strerror or error}"], as_json)

    def rows() -> Iterator[Entry]:
        with lines:
            yield from (row for row in exported(lines) if row.kind == "verdict")

    chosen = rows() if how.last is None else iter(deque(rows(), how.last))
    return Source(_since(chosen, how), ledger.body if ledger else lambda _: None, None)


def _since(rows: Iterator[Entry], how: How) -> Iterator[Entry]:
    return (row for row in rows if how.since is None or row.at >= how.since)


def _ledger(folder: Path, as_json: bool) -> Ledger | None:
    from rtm_gate.gate.project import open_project
    from rtm_gate.gate.record import open_ledger
    from rtm_gate.gate.toml import ProjectError

    try:
        return open_ledger(open_project(folder))
    except ProjectError as error:
        refuse(error.problems, as_json)


@contextmanager
def _progress(end: int | None) -> Iterator[Callable[[int], None]]:
    """Told each row's number. On a terminal only, and gone when it is done; where the end is not known, it only says that something goes on."""
    out = console(sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task("judging again", total=None)
        first: list[int] = []

        def seen(row: int) -> None:
            first[:] = first or [row - 1]
            bar.update(task, completed=row - first[0], total=None if end is None else end - first[0])

        yield seen
