"""Feeds read in processes of their own: what a parser does with hostile bytes takes neither the time, nor the memory, nor the life of this one."""

from __future__ import annotations

import asyncio
import faulthandler
import os
import pickle
import resource
import signal
import struct
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from subprocess import DEVNULL
from types import TracebackType
from typing import Any, BinaryIO, Self

from rtm_gate.model.news import SourceHealth, Story
from rtm_gate.news.reading.feed import read_feed
from rtm_gate.news.reading.shorten import MOST, shorten

Reading = tuple[SourceHealth, tuple[Story, ...]]

SECONDS = 5.0
"""For one feed."""
MEMORY = 1024 * 1024 * 1024
"""Bytes that a worker may have in all."""
AT_ONCE = 2
_START = 30.0
"""Seconds until a worker is there: it imports what it needs first."""
_HUNGRY = 77
_LENGTH = struct.Struct(">Q")
"""Before each message, its length; the message itself is a pickle. An empty one says that the worker is ready."""


class Parsers:
    """Workers that read feeds, in an `async with`. They start when they are needed, and stay.

    One that takes longer than `seconds`, needs more than `memory` bytes or dies is ended and replaced, and its feed has a problem that says so.
    Without this process they end themselves: an idle one at once, a busy one when its time is up.
    """

    def __init__(self, *, at_once: int = AT_ONCE, seconds: float = SECONDS, memory: int = MEMORY, most: int = MOST) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._seconds, self._memory, self._most = seconds, memory, most
        self._idle: list[Process] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        while self._idle:
            await _end(self._idle.pop())

    async def read(self, data: bytes, url: str, name: str, fetched: datetime, now: datetime) -> Reading:
        """As `read_feed`. `name` is what a source is called whose feed could not be read. Never raises."""
        async with self._places:
            try:
                worker = self._rested() or await _start(str(self._seconds), str(self._memory), str(self._most))
            except (OSError, EOFError, TimeoutError):
                return SourceHealth(name, url, fetched, 0, 0, "no process to read it in could be started"), ()
            try:
                async with asyncio.timeout(self._seconds):
                    reading = await _exchange(worker, (data, url, fetched, now))
                self._idle.append(worker)
                return reading
            except TimeoutError:
                problem = f"reading it took longer than {self._seconds:g} seconds"
            except (OSError, EOFError):
                problem = _of_death(await worker.wait())
            finally:
                if worker not in self._idle:
                    await _end(worker)
        return SourceHealth(name, url, fetched, 0, 0, problem), ()

    def _rested(self) -> Process | None:
        while self._idle:
            worker = self._idle.pop()
            if worker.returncode is None:
                return worker
        return None


async def _start(*limits: str) -> Process:
    path = os.pathsep.join(filter(None, (str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH"))))
    # -P: the folder that somebody happens to work in is no place to import from.
    command = [sys.executable, "-P", "-m", __name__, *limits]
    worker = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={**os.environ, "PYTHONPATH": path})
    assert worker.stdout is not None
    try:
        async with asyncio.timeout(_START):
            await worker.stdout.readexactly(_LENGTH.size)
    except BaseException:
        await _end(worker)
        raise
    return worker


async def _exchange(worker: Process, job: object) -> Reading:
    assert worker.stdin is not None
    assert worker.stdout is not None
    message = pickle.dumps(job)
    worker.stdin.write(_LENGTH.pack(len(message)) + message)
    await worker.stdin.drain()
    (length,) = _LENGTH.unpack(await worker.stdout.readexactly(_LENGTH.size))
    reading: Reading = pickle.loads(await worker.stdout.readexactly(length))
    return reading


async def _end(worker: Process) -> None:
    with suppress(ProcessLookupError):
        worker.kill()
    await worker.wait()


def _of_death(code: int) -> str:
    # Where there is no memory left, Python says so, Rust aborts, and the system kills.
    if code in (_HUNGRY, -signal.SIGABRT, -signal.SIGKILL):
        return "reading it needed too much memory"
    return f"reading it ended the reader ({f'signal {-code}' if code < 0 else f'exit {code}'})"


# ---- in the worker ------------------------------------------------------------------------------------------------------


def _main(seconds: float, memory: int, most: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of a terminal's processes; the parent ends this one
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # what a library may print is no answer
        out.write(_LENGTH.pack(0))
        out.flush()
        while (job := _next(sys.stdin.buffer)) is not None:
            # The parent ends this process when it is late; this does when the parent is gone.
            faulthandler.dump_traceback_later(seconds + 1, exit=True)
            try:
                answer = pickle.dumps(_read(most, *job))
            except MemoryError:
                os._exit(_HUNGRY)
            faulthandler.cancel_dump_traceback_later()
            out.write(_LENGTH.pack(len(answer)) + answer)
            out.flush()


def _next(jobs: BinaryIO) -> Any:
    length = jobs.read(_LENGTH.size)
    return pickle.loads(jobs.read(*_LENGTH.unpack(length))) if len(length) == _LENGTH.size else None


def _read(most: int, data: bytes, url: str, fetched: datetime, now: datetime) -> Reading:
    data, count = shorten(data, most)
    health, stories = read_feed(data, url, fetched, now)
    if health.problem.endswith(f"({MemoryError.__name__})"):
        raise MemoryError
    if count > most and not health.problem:
        health = replace(health, problem=f"has {count:,} entries; the first {most:,} were read")
    return health, stories


if __name__ == "__main__":
    _main(float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
