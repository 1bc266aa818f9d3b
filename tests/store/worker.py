"""A process of its own that uses a store: python -m tests.store.worker TASK ADDRESS …; it begins when it is told to, by a line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from rtm_gate.model.feeds import Poll
from rtm_gate.store.engine import Store
from tests.store.made import at, kept

ROOT = Path(__file__).resolve().parents[2]
TOGETHER = 50
"""Stories that are written in one transaction."""


def open_it(address: str) -> None:
    with Store.open(address) as store, store.reading() as tx:
        print(tx.news.count(), flush=True)


def count_up(address: str, name: str, times: str) -> None:
    """Each time: reads the latest number, and writes the next one between two polls."""
    with Store.open(address) as store:
        for _ in range(int(times)):
            with store.writing() as tx:
                latest = tx.news.snapshot()
                tx.news.add_poll(Poll(name, at(0)))
                tx.news.add_snapshot(at(0), name, 1 + (latest.stories if latest else 0))
                tx.news.add_poll(Poll(name, at(0)))


def write_on(address: str) -> None:
    """For ever: stories of one event at a time; tells of each that is written."""
    with Store.open(address) as store:
        with store.reading() as tx:
            begun = tx.news.count()
        for number in count(begun):
            with store.writing() as tx:
                stories = [kept(f"{number}-{index}") for index in range(TOGETHER)]
                tx.news.add(stories[::2])
                tx.news.add(stories[1::2])
                tx.news.place((kept.read.story.id, str(number)) for kept in stories)
            print(number, flush=True)


def start(task: str, *arguments: str) -> subprocess.Popen[str]:
    """A process that waits for its line; the caller has heard that it is ready."""
    command = [sys.executable, "-m", "tests.store.worker", task, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()


if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.readline()
    tasks: dict[str, Callable[..., None]] = {"open": open_it, "count": count_up, "write": write_on}
    tasks[sys.argv[1]](*sys.argv[2:])
