"""The queue with a real gate and real databases: what is asked, what is swept, and who comes to what."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rtm_gate import Gate
from rtm_gate.desk.queue import Queue, QueueError, Swept
from rtm_gate.gate.record import open_ledger
from rtm_gate.gate.waiting import QueueJudge, queue_of
from rtm_gate.model.draft import Draft, read_draft
from rtm_gate.store import Store
from tests.cli.conftest import rss
from tests.databases import postgresql, store_address

__all__ = ["postgresql", "store_address"]

NOW = datetime(2026, 3, 10, 18, tzinfo=UTC)
LATER = NOW + timedelta(minutes=2)
ROOT = Path(__file__).resolve().parents[2]
POLICY = """policy "Own" { language 1  owner "o@example.com"  audience US  roles manager  otherwise go  answers hold for 10 minutes
  stale news after 30 minutes hold }
tier careful "Careful" { needs 1 manager }
rule near { when any situation where grave and touches region then no-go because "It hurts." fix "Wait." }
rule ask  { when draft is statement then hold for careful because "It speaks for us." fix "Ask." }
"""
SHOOTING = ("Gunman kills six at a mall in Denver, police say", "Six dead in Denver mall shooting")


@pytest.fixture
def folder(tmp_path: Path, store_address: str) -> Path:
    made = tmp_path / "acme"
    made.mkdir()
    (made / "own.rtm").write_text(POLICY)
    (made / "rtm-gate.toml").write_text(f"policy = 'own.rtm'\nfeeds = ['wire.xml', 'daily.xml']\nrecord = true\nstore = '{store_address}'\n")
    tell(made, "Council approves bike lanes", "Library opens on Sundays")
    return made


def tell(folder: Path, *titles: str) -> None:
    for name, title in zip(("wire", "daily"), titles, strict=True):
        (folder / f"{name}.xml").write_text(rss(name, title))


@contextmanager
def opened(folder: Path, clock: datetime | None = None) -> Iterator[Queue]:
    with Gate.open(folder) as gate, queue_of(gate) as queue:
        if clock is not None:
            queue = Queue(gate.project_news.store(), QueueJudge(gate), clock=lambda: clock)
        yield queue


@pytest.fixture
def queue(folder: Path) -> Iterator[Queue]:
    with opened(folder) as queue:
        yield queue


def draft(id_: str = "d-1", **given: Any) -> Draft:
    return read_draft({"id": id_, "text": "Our linen shirts are back in stock.", "platform": "x", "kind": "planned"} | given)[0]


def rows(folder: Path, kind: str) -> list[tuple[str, dict[str, Any]]]:
    with Gate.open(folder) as gate:
        ledger = open_ledger(gate.project)
        assert ledger is not None
        found = [(row.subject, json.loads(row.said) | json.loads(row.told or "{}")) for row in ledger.rows() if row.kind == kind]
        ledger.close()
        return found


def test_a_draft_is_judged_when_it_comes_in(queue: Queue) -> None:
    (one,) = queue.add([draft()], NOW)
    assert (one.id, one.how, one.word) == ("d-1", "added", "go")
    reply = queue.answer("d-1", NOW)
    assert (reply.word, reply.because, reply.waiting.state) == ("go", "", "waiting")


def test_the_same_twice_is_one_and_another_content_takes_its_place(queue: Queue) -> None:
    queue.add([draft()], NOW)
    said = [
        queue.add([draft()], LATER)[0],
        queue.add([draft(scheduled_at="2026-03-11T09:00:00Z")], LATER)[0],
        queue.add([draft(text="Our boots are back.", kind="statement")], LATER)[0],
    ]
    assert [(one.how, one.word) for one in said] == [("same", "go"), ("updated", "go"), ("replaced", "hold")]
    assert len(list(queue.replies(LATER))) == 1
    assert [one.how for one in queue.add([draft("a"), draft("a", text="Other.")], NOW)] == ["added", "replaced"]


def test_a_draft_without_an_id_is_called_by_what_it_says(queue: Queue) -> None:
    first, again = queue.add([draft("")], NOW)[0], queue.add([draft("")], LATER)[0]
    assert first.id.startswith("d-")
    assert (again.id, again.how) == (first.id, "same")


def test_news_makes_a_go_a_hold_at_once_and_a_sweep_judges_it(queue: Queue, folder: Path) -> None:
    queue.add([draft(), draft("d-2", regions=["JP"]), draft("d-3", kind="statement", regions=["JP"])], NOW)
    tell(folder, *SHOOTING)
    said = [queue.answer(id_, LATER) for id_ in ("d-1", "d-2", "d-3")]
    assert [reply.word for reply in said] == ["hold", "hold", "hold"]
    assert said[0].because == said[1].because == "the news has changed since; rtm-gate queue sweep judges it again"
    assert said[2].because == ""
    assert queue.stale(LATER) == 2
    swept = queue.sweep(LATER, "me")
    # What nothing touches is not judged again, and its go holds anew.
    assert (swept.judged, swept.kept, swept.lost) == (1, 2, 0)
    assert [(change.id, change.before, change.after, change.note) for change in swept.changed] == [("d-1", "go", "no-go", "")]
    assert [queue.answer(id_, LATER).word for id_ in ("d-1", "d-2", "d-3")] == ["no-go", "go", "hold"]
    assert queue.stale(LATER) == 0
    assert queue.sweep(LATER, "me") == Swept()
    assert queue.sweep(LATER + timedelta(minutes=1), "me").changed == ()
    told = [(subject, said["verdict"]["verdict"]) for subject, said in rows(folder, "verdict")]
    assert told == [("d-1", "go"), ("d-2", "go"), ("d-3", "hold"), ("d-1", "no-go")]


def test_a_go_ends_with_its_lease_and_with_its_policy(queue: Queue, folder: Path) -> None:
    queue.add([draft()], NOW)
    assert [queue.answer("d-1", NOW + timedelta(seconds=n)).word for n in (599, 600)] == ["go", "hold"]
    assert queue.answer("d-1", NOW + timedelta(minutes=10)).because.startswith("its time is over")
    queue.sweep(NOW + timedelta(minutes=10), "me")
    assert queue.answer("d-1", NOW + timedelta(minutes=11)).word == "go"
    (folder / "own.rtm").write_text(POLICY + 'rule more { when draft is reply then hold because "So." fix "So." }\n')
    with opened(folder) as other:
        assert other.answer("d-1", NOW + timedelta(minutes=11)).because.startswith("the policy has changed since")


def test_a_halt_and_a_sign_off_are_newer_than_a_go(queue: Queue, folder: Path) -> None:
    queue.add([draft(), draft("d-2")], NOW)
    with Gate.open(folder) as gate:
        ledger = open_ledger(gate.project)
        assert ledger is not None
        ledger.add(NOW, "signoff", "d-1", {})
        assert [queue.answer(id_, NOW).because.partition(";")[0] for id_ in ("d-1", "d-2")] == ["somebody has signed since", ""]
        ledger.add(NOW, "halt", "", {})
        assert [queue.answer(id_, NOW).because.partition(";")[0] for id_ in ("d-1", "d-2")] == ["somebody has halted or resumed since"] * 2
        ledger.close()
    assert queue.stale(NOW) == 2
    queue.sweep(LATER, "me")
    assert [queue.answer(id_, LATER).word for id_ in ("d-1", "d-2")] == ["go", "go"]


def test_sign_offs_that_only_the_draft_tells_of_do_not_count(queue: Queue) -> None:
    signed = draft(kind="statement", approvals=[{"person": "lee", "role": "manager", "at": "2026-03-10T17:00:00Z"}])
    assert queue.add([signed], NOW)[0].word == "hold"


def test_no_text_is_read_twice(folder: Path) -> None:
    with Gate.open(folder) as gate, queue_of(gate) as queue:
        queue.add([draft()], NOW)
    tell(folder, *SHOOTING)
    with Gate.open(folder) as gate, queue_of(gate) as queue:
        before = gate.read_text("once").length  # the reader is ready, and has read nothing of the queue
        assert before
        read = gate._read.cache_info().misses
        gate.news(now=LATER)
        heard = gate._read.cache_info().misses
        assert queue.sweep(LATER, "me").judged == 1
        assert gate._read.cache_info().misses == heard >= read


def test_the_earliest_come_first(queue: Queue, folder: Path) -> None:
    hours = {"noon": 12, "dawn": 6, "dusk": 20}
    queue.add([draft("now")], NOW)
    queue.add([draft(id_, scheduled_at=f"2026-03-11T{hour:02}:00:00Z") for id_, hour in hours.items()], NOW)
    assert [reply.waiting.id for reply in queue.replies(NOW)] == ["now", "dawn", "noon", "dusk"]
    tell(folder, *SHOOTING)
    seen: list[int] = []
    assert [change.id for change in queue.sweep(LATER, "me", seen.append, batch=3).changed] == ["now", "dawn", "noon", "dusk"]
    assert seen == [3, 1]


# ---- handed over, withdrawn ---------------------------------------------------------------------------------------------


def test_what_was_handed_over_is_named_and_withdrawn(queue: Queue, folder: Path) -> None:
    queue.add([draft(opt_out={"owner": "kim", "minutes": 15}), draft("d-2")], NOW)
    for id_ in ("d-1", "d-2"):
        assert queue.move(id_, "handed", NOW).word == "go"
    tell(folder, *SHOOTING)
    notes = [change.note for change in queue.sweep(LATER, "me").changed]
    assert notes == [
        "already handed over; withdraw it there: kim, 15 minutes",
        "already handed over; withdraw it there: its draft names nobody who can delete it",
    ]
    assert queue.withdraw("d-1", "ann", "the shooting", LATER).state == "handed"
    ((subject, said),) = rows(folder, "withdrawal")
    assert (subject, said["person"], said["reason"], said["owner"], said["minutes"], said["state"]) == ("d-1", "ann", "the shooting", "kim", 15, "handed")
    assert queue.answer("d-1", LATER).because == ""  # a no-go stays one
    with pytest.raises(QueueError, match="withdrawn already"):
        queue.withdraw("d-1", "ann", "again", LATER)
    with pytest.raises(QueueError, match="the reason is empty"):
        queue.withdraw("d-2", "ann", " ", LATER)
    with pytest.raises(QueueError, match="was withdrawn"):
        queue.move("d-1", "handed", LATER)
    assert queue.add([draft()], LATER)[0].how == "added"
    assert queue.answer("d-1", LATER).waiting.state == "waiting"


def test_what_was_published_is_judged_no_more(queue: Queue, folder: Path) -> None:
    queue.add([draft()], NOW)
    queue.move("d-1", "published", NOW)
    tell(folder, *SHOOTING)
    assert queue.sweep(LATER, "me") == Swept()
    changed = queue.add([draft(text="Other shirts.")], LATER)[0]
    assert (changed.how, changed.note) == ("replaced", "the former content was already published; withdraw it there")


def test_a_draft_nobody_knows(queue: Queue) -> None:
    for ask in (lambda: queue.answer("none", NOW), lambda: queue.move("none", "handed", NOW), lambda: queue.withdraw("none", "ann", "why", NOW)):
        with pytest.raises(QueueError, match="there is no draft `none`"):
            ask()


def test_what_cannot_be_written_down_is_no_go(queue: Queue, folder: Path) -> None:
    (folder / "ledger.key").write_text("no key")
    assert [(one.word, one.how) for one in queue.add([draft()], NOW)] == [("hold", "added")]
    reply = queue.answer("d-1", NOW)
    assert (reply.word, reply.faulted) == ("hold", True)


# ---- several workers ----------------------------------------------------------------------------------------------------


def test_workers_share_a_sweep_and_judge_nothing_twice(folder: Path, store_address: str) -> None:
    with opened(folder) as queue:
        queue.add([draft(f"d-{n:03}") for n in range(90)], NOW)
    tell(folder, *SHOOTING)
    with opened(folder) as queue:
        queue.stale(LATER)  # the news is taken in once, before they begin
        workers = [worker(folder, "sweep") for _ in range(2)]
        done = [json.loads(process.communicate()[0]) for process in workers]
        assert [process.returncode for process in workers] == [0, 0]
        assert sum(one["judged"] for one in done) == 90
        ids = [id_ for one in done for id_ in one["changed"]]
        assert sorted(ids) == [f"d-{n:03}" for n in range(90)]
        assert {reply.word for reply in queue.replies(LATER)} == {"no-go"}
    again = [subject for subject, said in rows(folder, "verdict") if said["verdict"]["verdict"] == "no-go"]
    assert len(again) == len(set(again)) == 90


def test_what_a_killed_worker_had_claimed_is_taken_over(folder: Path, store_address: str) -> None:
    with opened(folder) as queue:
        queue.add([draft(f"d-{n}") for n in range(3)], NOW)
    process = worker(folder, "claim")
    assert process.stdout is not None
    assert process.stdout.readline() == "claimed 3\n"
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    with opened(folder) as queue:
        assert queue.sweep(LATER, "me") == Swept()
        assert queue.left(LATER) == 3
    with opened(folder, datetime.now(UTC) + timedelta(minutes=6)) as queue:
        swept = queue.sweep(LATER, "me")
    assert (swept.judged + swept.kept, swept.lost) == (3, 0)


def test_a_result_for_a_draft_that_was_replaced_meanwhile_is_dropped(queue: Queue, store_address: str) -> None:
    queue.add([draft()], NOW)
    with Store.open(store_address) as store:
        clock = datetime.now(UTC)
        with store.writing() as tx:
            (claimed,) = tx.queue.claim("other", clock, clock, LATER, 10)
            assert tx.queue.claim("third", clock, clock - timedelta(minutes=5), LATER, 10) == []
        queue.add([draft(text="Other.", kind="statement")], NOW)
        with store.writing() as tx:
            assert tx.queue.mine("other", [claimed.id]) == set()


def worker(folder: Path, task: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.gate.queue_worker", task, str(folder), LATER.isoformat()]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
