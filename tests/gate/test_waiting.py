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
from sqlalchemy import text

from rtm_gate import Gate
from rtm_gate.desk.queue import Queue, Swept
from rtm_gate.desk.refused import RefusedError
from rtm_gate.desk.signing import Signer, sign
from rtm_gate.gate.record import ledger_in, open_ledger
from rtm_gate.gate.record.waiting import QueueJudge, queue_of
from rtm_gate.model.draft import Draft, read_draft
from rtm_gate.model.signoff import Decision
from rtm_gate.store import Store
from tests.cli.conftest import rss
from tests.databases import postgresql, store_address
from tests.desk.tampering import tampered

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
            store = gate.project_news.store()
            ledger = ledger_in(gate.project, store)
            queue = Queue(store, ledger, QueueJudge(gate, ledger), clock=lambda: clock)
        yield queue


def changes(queue: Queue) -> list[tuple[str, str, str, str]]:
    with queue.reporting() as found:
        return [(change.id, change.before, change.after, change.note) for change in found]


@pytest.fixture
def queue(folder: Path) -> Iterator[Queue]:
    with opened(folder) as queue:
        yield queue


def draft(id_: str = "d-1", **given: Any) -> Draft:
    return read_draft({"id": id_, "text": "Our linen shirts are back in stock.", "platform": "x", "kind": "planned"} | given)[0]


def signed(folder: Path, one: Draft, decision: Decision) -> None:
    with Gate.open(folder) as gate:
        ledger = open_ledger(gate.project)
        assert ledger is not None
        sign(ledger, one, decision, Signer("lee", ("manager",)), ["manager"], [], NOW, "" if decision == "approve" else "because")
        ledger.close()


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
    assert changes(queue) == [("d-1", "go", "no-go", "")]
    assert [queue.answer(id_, LATER).word for id_ in ("d-1", "d-2", "d-3")] == ["no-go", "go", "hold"]
    assert queue.stale(LATER) == 0
    assert queue.sweep(LATER, "me") == Swept()
    queue.sweep(LATER + timedelta(minutes=1), "me")
    assert changes(queue) == []
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


def test_a_halt_holds_at_once_and_after_a_sweep_until_it_is_resumed(queue: Queue, folder: Path) -> None:
    queue.add([draft(), draft("d-2", platform="email"), draft("d-3", text="Thoughts and prayers. Shop now", kind="statement", platform="email")], NOW)
    with Gate.open(folder) as gate:
        gate.halts.halt(scopes=["platform:x"], reason="a leak", person="ann", now=NOW)
        assert [queue.answer(id_, LATER).because.partition(";")[0] for id_ in ("d-1", "d-2")] == ["somebody has halted or resumed since"] * 2
        swept = queue.sweep(LATER, "me")
        assert (swept.judged, swept.kept) == (1, 2)  # what it does not cover is not judged again
        assert [queue.answer(id_, LATER).word for id_ in ("d-1", "d-2")] == ["hold", "go"]
        assert "Halted: a leak" in queue.answer("d-1", LATER).headline
        gate.halts.resume(scopes=None, reason="over", people=["ann"], now=LATER)
    resumed = LATER + timedelta(minutes=1)
    assert [queue.answer(id_, resumed).word for id_ in ("d-1", "d-2")] == ["hold", "hold"]
    queue.sweep(resumed, "me")
    assert [queue.answer(id_, resumed).word for id_ in ("d-1", "d-2")] == ["go", "go"]


def test_what_was_due_while_it_was_halted_needs_a_new_time(queue: Queue, folder: Path) -> None:
    due, end = "2026-03-10T18:30:00Z", NOW + timedelta(hours=1)
    queue.add([draft("missed", scheduled_at=due), draft("ahead", scheduled_at="2026-03-10T19:30:00Z")], NOW)
    with Gate.open(folder) as gate:
        gate.halts.halt(scopes=["all"], reason="a leak", person="ann", now=NOW, until=end)
    queue.sweep(end, "me")
    assert [queue.answer(id_, end).word for id_ in ("missed", "ahead")] == ["hold", "go"]
    assert "Due while it was halted" in queue.answer("missed", end).headline
    assert queue.add([draft("missed", scheduled_at="2026-03-10T19:30:00Z")], end)[0].word == "go"


def test_recorded_sign_offs_count_until_the_text_is_another(queue: Queue, folder: Path) -> None:
    statement = draft(kind="statement")
    assert queue.add([statement], NOW)[0].word == "hold"
    signed(folder, statement, "approve")
    queue.sweep(LATER, "me")
    assert queue.answer("d-1", LATER).word == "go"
    assert queue.answer("d-1", LATER).waiting.standing is not None
    signed(folder, statement, "withdraw")
    assert queue.answer("d-1", LATER).because.startswith("somebody has signed since")
    queue.sweep(LATER + timedelta(seconds=1), "me")
    assert queue.answer("d-1", LATER).word == "hold"
    signed(folder, statement, "approve")
    queue.sweep(LATER + timedelta(seconds=2), "me")
    edited = queue.add([draft(kind="statement", text="Our boots are back in stock.")], LATER)[0]
    assert (edited.how, edited.word) == ("replaced", "hold")


def test_a_draft_that_somebody_rejects_is_held(queue: Queue, folder: Path) -> None:
    queue.add([draft()], NOW)
    signed(folder, draft(), "reject")
    queue.sweep(LATER, "me")
    reply = queue.answer("d-1", LATER)
    assert (reply.word, "lee" in reply.headline) == ("hold", True)


def test_a_sign_off_that_was_changed_holds(queue: Queue, folder: Path, store_address: str) -> None:
    statement = draft(kind="statement")
    queue.add([statement], NOW)
    signed(folder, statement, "approve")
    said = "UPDATE entry SET said = replace(said, 'approve', 'approved') WHERE kind = 'signoff'"
    tampered(store_address, lambda connection: connection.execute(text(said)))
    queue.sweep(LATER, "me")
    reply = queue.answer("d-1", LATER)
    assert (reply.word, reply.faulted) == ("hold", True)


def test_a_change_is_told_once_though_whoever_was_told_first_died(queue: Queue, folder: Path) -> None:
    queue.add([draft()], NOW)
    tell(folder, *SHOOTING)
    queue.sweep(LATER, "me")

    def died() -> None:
        with queue.reporting() as found:
            assert len(found) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        died()
    assert [change[:3] for change in changes(queue)] == [("d-1", "go", "no-go")]
    assert changes(queue) == []


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
    queue.sweep(LATER, "me", seen.append, batch=3)
    assert [change[0] for change in changes(queue)] == ["now", "dawn", "noon", "dusk"]
    assert seen == [3, 1]


# ---- handed over, withdrawn ---------------------------------------------------------------------------------------------


def test_what_was_handed_over_is_named_and_withdrawn(queue: Queue, folder: Path) -> None:
    queue.add([draft(opt_out={"owner": "kim", "minutes": 15}), draft("d-2")], NOW)
    for id_ in ("d-1", "d-2"):
        assert queue.move(id_, "handed", NOW).word == "go"
    tell(folder, *SHOOTING)
    queue.sweep(LATER, "me")
    assert [change[3] for change in changes(queue)] == [
        "already handed over; withdraw it there: kim, 15 minutes",
        "already handed over; withdraw it there: its draft names nobody who can delete it",
    ]
    assert queue.withdraw("d-1", "ann", "the shooting", LATER).state == "handed"
    ((subject, said),) = rows(folder, "withdrawal")
    assert (subject, said["person"], said["reason"], said["owner"], said["minutes"], said["state"]) == ("d-1", "ann", "the shooting", "kim", 15, "handed")
    assert queue.answer("d-1", LATER).because == ""  # a no-go stays one
    with pytest.raises(RefusedError, match="withdrawn already"):
        queue.withdraw("d-1", "ann", "again", LATER)
    with pytest.raises(RefusedError, match="the reason is empty"):
        queue.withdraw("d-2", "ann", " ", LATER)
    with pytest.raises(RefusedError, match="was withdrawn"):
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


def test_what_went_out_or_was_withdrawn_is_forgotten(queue: Queue, store_address: str) -> None:
    queue.add([draft("waits"), draft("out"), draft("back"), draft("later")], NOW)
    queue.move("waits", "handed", NOW)
    queue.move("out", "published", NOW)
    queue.move("later", "published", LATER)
    queue.withdraw("back", "ann", "why", NOW)
    with Store.open(store_address) as store:
        with store.writing() as tx:
            assert tx.queue.forget("waits") == 0
            assert tx.queue.forget(before=LATER) == 2
        with store.reading() as tx:
            assert {waiting.id for waiting in tx.queue.page()} == {"waits", "later"}


def test_a_draft_nobody_knows(queue: Queue) -> None:
    for ask in (lambda: queue.answer("none", NOW), lambda: queue.move("none", "handed", NOW), lambda: queue.withdraw("none", "ann", "why", NOW)):
        with pytest.raises(RefusedError, match="there is no draft `none`"):
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
        assert sorted(change[0] for change in changes(queue)) == [f"d-{n:03}" for n in range(90)]
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
