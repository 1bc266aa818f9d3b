"""Rows handed to workers, and outcomes in the order of the rows, however many workers there are."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Protocol

from rtm_gate.gate.record.replay.judge import Judge, ReplayError, Setup
from rtm_gate.gate.record.replay.outcome import Outcome
from rtm_gate.model.record import Entry

ROWS = 8
"""Rows that a worker is handed at once."""
AHEAD = 3
"""Portions on their way for each worker: none waits, and the record is never held in memory."""

WORTH = 50
"""Portions from which on more processes are worth their start, which takes some seconds each."""

Bodies = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Portion:
    """Rows, and the news that they name: a worker needs no store."""

    rows: tuple[Entry, ...]
    bodies: Mapping[str, bytes]


class Coming(Protocol):
    """Outcomes that are on their way: a future."""

    def result(self) -> list[Outcome]: ...


Work = Callable[[Setup, Portion], list[Outcome]]
Submit = Callable[[Work, Setup, Portion], Coming]


def replayed(setup: Setup, rows: Iterable[Entry], body: Bodies, workers: int | None = 1) -> Iterator[Outcome]:
    """The outcome of each row. `workers` None: as many as there are cores, where there are rows enough for them. ReplayError."""
    coming = portions(rows, body)
    first = list(islice(coming, 2 if workers else WORTH))
    coming = chain(first, coming)
    enough = len(first) >= (2 if workers else WORTH)
    workers = workers or cores()
    if workers == 1 or not enough:
        with Judge(setup) as judge:
            for portion in coming:
                yield from _outcomes(judge, portion)
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _end_with_parent)
    try:
        yield from in_order(pool.submit, setup, coming, AHEAD * workers)
    except BrokenProcessPool as fault:
        raise ReplayError("a worker came to its end before its rows were judged") from fault
    finally:
        pool.shutdown(cancel_futures=True)


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for its next portion for ever."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def in_order(submit: Submit, setup: Setup, coming: Iterable[Portion], ahead: int) -> Iterator[Outcome]:
    """Hands out at most `ahead` portions beyond the one that is waited for."""
    waiting: deque[Coming] = deque()
    for portion in coming:
        waiting.append(submit(judged, setup, portion))
        if len(waiting) > ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def judged(setup: Setup, portion: Portion) -> list[Outcome]:
    """What a worker does. Its gates are made with its first portion, and end with its process."""
    return list(_outcomes(_judge(setup), portion))


def portions(rows: Iterable[Entry], body: Bodies) -> Iterator[Portion]:
    rows = iter(rows)
    known = lru_cache(maxsize=ROWS)(body)
    while some := tuple(islice(rows, ROWS)):
        named = {digest for row in some if (digest := _news_named(row))}
        yield Portion(some, {digest: content for digest in sorted(named) if (content := known(digest)) is not None})


@lru_cache(maxsize=1)
def _judge(setup: Setup) -> Judge:
    return Judge(setup)


def _outcomes(judge: Judge, portion: Portion) -> Iterator[Outcome]:
    return (judge.outcome(row, portion.bodies) for row in portion.rows)


def _news_named(row: Entry) -> str:
    """The digest of the news; empty for a row that names none, or needs none any more."""
    if row.told is None:
        return ""
    try:
        named = json.loads(row.said)["news"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return named if isinstance(named, str) else ""
