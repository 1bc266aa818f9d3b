"""Feeds read in processes of their own, and what becomes of those."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from rtm_gate.model.news import SourceHealth
from rtm_gate.news import read_feed
from rtm_gate.news.reading.apart import Parsers, Reading
from rtm_gate.news.reading.shorten import shorten

ROOT = Path(__file__).parents[3]
URL = "http://wire.example/rss"
BEGIN = '<?xml version="1.0"?><rss version="2.0"><channel><title>The wire</title>'
END = "</channel></rss>"
GOOD = f"{BEGIN}<item><title>All is well</title><guid>1</guid></item>{END}".encode()
DEEP = f"{BEGIN}<item><title>Deep</title><description>{'<b>' * 300_000}".encode()
WIDE = f"{BEGIN}<item><title>Wide</title>{'<a/>' * 1_000_000}</item>{END}".encode()
LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are counted in /proc")


def read_all(noon: datetime, *feeds: bytes, **limits: float) -> list[Reading]:
    """One after the other, by the same workers."""

    async def work() -> list[Reading]:
        async with Parsers(**limits) as parsers:  # type: ignore[arg-type]
            return [await parsers.read(data, URL, "wire", noon, noon) for data in feeds]

    return asyncio.run(work())


def test_as_it_would_be_read_here(feeds: Path, noon: datetime) -> None:
    recorded = [path.read_bytes() for path in sorted(feeds.iterdir())]
    assert len(recorded) > 20
    assert read_all(noon, *recorded) == [read_feed(data, URL, noon, noon) for data in recorded]


def test_one_that_takes_too_long_and_the_next(noon: datetime) -> None:
    late, good = read_all(noon, DEEP, GOOD, seconds=0.5)
    assert late == (SourceHealth("wire", URL, noon, 0, 0, "reading it took longer than 0.5 seconds"), ())
    assert good[0].healthy


def test_one_that_needs_too_much_and_the_next(noon: datetime) -> None:
    hungry, good = read_all(noon, WIDE, GOOD, seconds=60, memory=100 * 1024 * 1024)
    assert hungry == (SourceHealth("wire", URL, noon, 0, 0, "reading it needed too much memory"), ())
    assert good[0].healthy


def test_a_worker_that_cannot_start(noon: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    ((health, _),) = read_all(noon, GOOD)
    assert health.problem == "no process to read it in could be started"


def test_many_entries(noon: datetime) -> None:
    entries = "".join(f"<item><title>Number {number}</title><guid>{number}</guid></item>" for number in range(30))
    (first, stories), (second, _) = read_all(noon, f"{BEGIN}{entries}{END}".encode(), GOOD, most=7)
    assert first == SourceHealth("The wire", URL, noon, 7, 7, "has 30 entries; the first 7 were read")
    assert [story.title for story in stories] == [f"Number {number}" for number in range(7)]
    assert second.healthy


def test_every_recorded_feed_is_whole_when_shortened(feeds: Path, noon: datetime) -> None:
    """Whatever its dialect: the first entry of several is left, whole, and nothing is broken. MeteoAlarm tells several stories in one entry."""
    shortened = 0
    for path in sorted(feeds.iterdir()):
        data = path.read_bytes()
        health, stories = read_feed(data, URL, noon, noon)
        part, count = shorten(data, 1)
        if health.healthy and count > 1 and len(stories) > 1:
            shortened += 1
            few = read_feed(part, URL, noon, noon)
            assert few[0].problem == "", path.name
            assert 1 <= few[0].entries == len(few[1]) < len(stories), path.name
    assert shortened > 5


def test_many_at_a_time_two_by_two(noon: datetime) -> None:
    async def work() -> list[Reading]:
        async with Parsers() as parsers:
            return await asyncio.gather(*(parsers.read(GOOD, f"{URL}?{number}", "wire", noon, noon) for number in range(20)))

    assert [health.url for health, _ in asyncio.run(work())] == [f"{URL}?{number}" for number in range(20)]


@LINUX
def test_one_that_is_given_up(noon: datetime) -> None:
    """Whoever stops waiting leaves no process behind, and no answer to the next."""

    async def work() -> Reading:
        async with Parsers() as parsers:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(parsers.read(DEEP, URL, "wire", noon, noon), 1.5)
            return await parsers.read(GOOD, URL, "wire", noon, noon)

    assert asyncio.run(work())[0].name == "The wire"
    assert workers(parent=os.getpid()) == []


# ---- what is left -------------------------------------------------------------------------------------------------------

PARENT = """
import asyncio, sys
from datetime import UTC, datetime
from rtm_gate.news.reading.apart import Parsers

async def work():
    moment = datetime.now(UTC)
    async with Parsers(seconds=2) as parsers:
        await parsers.read(b"<rss/>", "http://a.example/", "a", moment, moment)
        print("ready", flush=True)
        await parsers.read(sys.stdin.buffer.read(), "http://b.example/", "b", moment, moment)
        print("done", flush=True)
        await asyncio.sleep(60)

asyncio.run(work())
"""


def workers(*, parent: int | None = None, session: int | None = None) -> list[int]:
    """Those that run and have this parent, or are of this session, whoever is their parent now.

    Nobody's number is no number: in a container the session of every process may be 0, those of the tests beside this one too.
    """
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state, its_parent, _, its_session = (path / "stat").read_text().rpartition(")")[2].split()[:4]
            ours = int(its_parent) == parent or int(its_session) == session
            if ours and state != "Z" and b"reading.apart" in (path / "cmdline").read_bytes():
                found.append(int(path.name))
        except OSError:
            pass  # it ended meanwhile
    return found


def until(true: Callable[[], bool], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


@LINUX
@pytest.mark.parametrize("busy", [False, True])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_its_parent(how: signal.Signals, busy: bool) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe, command = subprocess.PIPE, [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment, start_new_session=True) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        parent.stdin.write(DEEP if busy else GOOD)
        parent.stdin.close()
        if not busy:
            assert parent.stdout.readline() == b"done\n"
        assert workers(session=parent.pid)
        parent.send_signal(how)
        parent.wait(15)
    assert until(lambda: not workers(session=parent.pid))
