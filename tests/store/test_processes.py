"""Several processes and threads at one store: none is turned away, none comes between another's words, and a death undoes or leaves whole."""

from __future__ import annotations

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random

import pytest

from rtm_gate.model.feeds import Poll
from rtm_gate.store.engine import Store
from tests.store.made import at, kept
from tests.store.worker import TOGETHER, go, start

SOAK = bool(os.environ.get("RTM_GATE_SOAK"))
DEATHS = 60 if SOAK else 6
OPENINGS = 300 if SOAK else 12


def test_a_new_store_is_opened_by_several_at_once(store_address: str) -> None:
    workers = [start("open", store_address) for _ in range(4)]
    go(*workers)
    assert [worker.communicate()[0] for worker in workers] == ["0\n"] * 4
    assert [worker.returncode for worker in workers] == [0] * 4


def test_new_files_are_opened_by_several_at_the_same_instant(tmp_path: Path) -> None:
    """SQLite turns one of two away that change a file's journal at once; it takes many files to see it happen."""
    context = get_context("fork")
    start_line = context.Barrier(4, timeout=60)
    workers = [context.Process(target=open_all, args=([tmp_path / f"{number}.db" for number in range(OPENINGS)], start_line)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4


def open_all(files: list[Path], start_line: Barrier) -> None:
    for file in files:
        start_line.wait()
        Store.open(file).close()


def test_two_processes_write_one_after_the_other(store: Store, store_address: str) -> None:
    workers = [start("count", store_address, name, "40") for name in ("a", "b")]
    go(*workers)
    assert [worker.wait() for worker in workers] == [0, 0]
    with store.reading() as tx:
        latest, polls = tx.news.snapshot(), [poll.feed for poll in tx.news.polls()]
    assert latest is not None
    assert (latest.id, latest.stories) == (80, 80)
    assert Counter(polls) == {"a": 80, "b": 80}
    assert polls[::2] == polls[1::2]


def test_threads_write_one_after_the_other(store: Store) -> None:
    def count_up(_: int) -> None:
        with store.writing() as tx:
            latest = tx.news.snapshot()
            tx.news.add_snapshot(at(0), "", 1 + (latest.stories if latest else 0))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count_up, range(60)))
    with store.reading() as tx:
        latest = tx.news.snapshot()
    assert latest is not None
    assert latest.stories == 60


def test_a_death_in_the_middle_leaves_all_or_nothing(store: Store, store_address: str) -> None:
    chance = Random(7)
    promised: set[str] = set()
    for _ in range(DEATHS):
        with start("write", store_address) as worker:
            go(worker)
            assert worker.stdout is not None
            promised.add(worker.stdout.readline().strip())
            time.sleep(chance.uniform(0, 0.05))
            worker.kill()
            promised.update(worker.stdout.read().split())
        with store.writing() as tx:  # the next writer is let in
            written = Counter(event for event, _ in tx.news.stories())
            versions = Counter(row.read.story.id.partition("-")[0] for row in tx.news.versions(at(0)))
        assert written == versions
        assert set(written.values()) == {TOGETHER}
        assert promised <= set(written)
    assert len(promised) >= DEATHS


def test_a_reader_sees_one_state_while_others_write(store: Store) -> None:
    with store.reading() as before:
        assert before.news.count() == 0
        with store.writing() as tx:
            tx.news.add([kept("s1")])
            tx.news.add_poll(Poll("a", at(0)))
        assert before.news.count() == 0
        assert before.news.polls() == []
    with store.reading() as after:
        assert after.news.count() == 1


def test_an_exception_undoes_everything_and_passes(store: Store) -> None:
    def fail() -> None:
        with store.writing() as tx:
            tx.news.add([kept("s1")])
            tx.news.place([("s1", str(1 // 0))])

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.reading() as tx:
        assert tx.news.count() == 0
