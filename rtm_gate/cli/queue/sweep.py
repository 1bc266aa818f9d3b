"""`rtm-gate queue sweep`: every draft that waits is judged again, and what changed is reported."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from dataclasses import asdict
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from rtm_gate.cli.feeds.desk import format_option
from rtm_gate.cli.options import MOMENT, console
from rtm_gate.cli.queue.desk import project_queue, word_of

if TYPE_CHECKING:
    from rtm_gate.desk.queue import Change, Queue, Swept
    from rtm_gate.gate import Gate

LOOK = 0.5
"""Seconds between two looks at how far other processes are."""


@click.command()
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that share the work.")
@click.option("--now", type=MOMENT, help="The moment to judge at. Default: the clock.")
@format_option
def sweep(workers: int, now: datetime | None, form: str) -> None:
    """Judge again every draft that waits or was handed over, and report each answer that is another one now.

    What nothing new concerns keeps its answer without being judged.
    """
    moment = now or datetime.now(UTC)
    with project_queue(form == "json") as (gate, queue):
        start = time.perf_counter()
        bar = Progress(TextColumn("sweeping"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console(sys.stderr))
        with bar:
            task = bar.add_task("sweeping", total=queue.left(moment))
            done = _alone(queue, moment, bar, task) if workers == 1 else _together(gate, queue, moment, workers, bar, task)
        took = time.perf_counter() - start
        with queue.reporting() as changes:
            _report(done, changes, took, workers, form)


def _report(done: Swept, changes: Sequence[Change], took: float, workers: int, form: str) -> None:
    rate = round((done.judged + done.kept) / took, 1)
    if form == "json":
        figures = {"seconds": round(took, 3), "per_second": rate, "per_second_and_core": round(rate / workers, 1)}
        click.echo(json.dumps({**asdict(done), "changed": [asdict(change) for change in changes], **figures}, ensure_ascii=False, indent=1))
        return
    out = console()
    for change in changes:
        out.print(_line(change))
    lost = f", {done.lost} changed meanwhile" if done.lost else ""
    out.print(
        f"{len(changes)} changed; {done.judged} judged again, {done.kept} stayed as they were{lost}; "
        f"{took:.1f} s, {rate:.0f} a second, {rate / workers:.0f} a core",
        markup=False,
    )


def _line(change: Change) -> Text:
    from rtm_gate.verdict.render.safe import safe

    was = f"was {change.before}  " if change.before else ""
    note = f"\n        {safe(change.note)}" if change.note else ""
    return word_of(change.after) + Text(f" {safe(change.id)}  ") + Text(was, style="dim") + Text(safe(change.headline)) + Text(note, style="bold red")


def _alone(queue: Queue, now: datetime, bar: Progress, task: TaskID) -> Swept:
    from rtm_gate.gate.record.waiting import worker_name

    return queue.sweep(now, worker_name(), lambda count: bar.advance(task, count))


def _together(gate: Gate, queue: Queue, now: datetime, workers: int, bar: Progress, task: TaskID) -> Swept:
    """Each process opens a gate of its own: engines and pipelines are not shared."""
    from rtm_gate.desk.queue import Swept
    from rtm_gate.gate.record.waiting import sweep_in

    assert gate.project.root is not None
    total = queue.left(now)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        parts: list[Future[Swept]] = [pool.submit(sweep_in, gate.project.root, now) for _ in range(workers)]
        while wait(parts, LOOK).not_done:
            bar.update(task, completed=total - queue.left(now))
        bar.update(task, completed=total)
        return sum((part.result() for part in parts), Swept())
