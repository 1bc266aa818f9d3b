"""Whoever sweeps and signs may die at any moment: the record holds, no decision is lost, and the queue says of each draft what its last row says."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

import pytest

from rtm_gate import Gate
from rtm_gate.desk.ledger import Heads, Ledger, verified
from rtm_gate.desk.queue import Queue
from rtm_gate.desk.queue.answers import decided
from rtm_gate.desk.signing import Signer, sign, signoffs
from rtm_gate.gate.record import ledger_in
from rtm_gate.gate.record.waiting import QueueJudge, queue_of
from rtm_gate.model.draft import Draft, read_draft
from rtm_gate.model.signoff import Decision
from rtm_gate.store import Store
from tests.cli.conftest import rss
from tests.databases import postgresql, store_address
from tests.killing import killed

__all__ = ["postgresql", "store_address"]

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
LEE = Signer("lee", ("manager",))
DEATHS = {"sqlite": 8, "postgresql": 4}
PLAIN = {"platform": "x", "kind": "planned"}
DRAFTS = [read_draft(PLAIN | {"id": f"d-{n}", "text": f"Our {n} linen shirts are back.", "kind": ("planned", "statement")[n % 2]})[0] for n in range(12)]
POLICY = """policy "Own" { language 1  owner "o@example.com"  audience US  roles manager  otherwise go  answers hold for 10 minutes }
tier careful "Careful" { needs 1 manager }
rule ask  { when draft is statement then hold for careful because "It speaks for us." fix "Ask." }
"""


def work(folder: Path, life: int, told: int) -> None:
    """Signs, halts or resumes, and sweeps for ever; says of each row its number, and of each sweep its moment, once it is acknowledged."""
    with Gate.open(folder) as gate:
        store = gate.project_news.store()
        ledger = ledger_in(gate.project, store)
        hour = NOON + timedelta(hours=life + 1)  # what the life before had claimed is free again
        queue = Queue(store, ledger, QueueJudge(gate, ledger), clock=lambda: hour)
        for n in count():
            now = hour + timedelta(seconds=n)
            one = DRAFTS[1 + n % 6 * 2]
            (signed,) = sign(ledger, one, turn(ledger, one), LEE, ["manager"], [], now, "asked again")
            os.write(told, f"row {signed.row} {one.id}\n".encode())
            row = switch(gate, now)
            os.write(told, f"row {row} all\n".encode())
            queue.sweep(now, f"life {life}", batch=5)
            os.write(told, f"swept {now.isoformat()} -\n".encode())


def switch(gate: Gate, now: datetime) -> int:
    """Halts, or resumes what is halted; the last row of the record that does either."""
    if gate.halts.at(now).halts:
        gate.halts.resume(scopes=None, reason="over", people=["ann"], now=now)
    else:
        gate.halts.halt(scopes=["all"], reason="a leak", person="ann", now=now)
    return gate.halts.at(now).number


def turn(ledger: Ledger, one: Draft) -> Decision:
    last = signoffs(ledger, one.id)[-1:]
    return "withdraw" if last and last[0].decision == "approve" else "approve"


def assert_whole(address: str, folder: Path, acknowledged: dict[int, str]) -> None:
    with Store.open(address) as store:
        heads = Heads(folder)
        # On a server, what was under way may end after its writer: the head is read first, the rows after it.
        head = heads.last()
        with store.reading() as tx:
            rows = tx.record.entries(limit=1_000_000)
            waiting = tx.queue.page(limit=1_000)
    assert list(verified(rows, [head] if head else [])) == []
    kept = {row.id: row for row in rows if row.kind in ("signoff", "halt", "resume")}
    assert {number: kept[number].subject for number in acknowledged if number in kept} == acknowledged
    verdicts = [(row.subject, json.loads(row.said)) for row in rows if row.kind == "verdict"]
    assert max(Counter((subject, said["now"]) for subject, said in verdicts).values()) == 1
    last = {subject: (said["verdict"], frozenset(tuple(rule) for rule in said["rules"])) for subject, said in verdicts}
    assert {one.id: decided(one) for one in waiting} == last
    assert len(waiting) == len(DRAFTS)


def test_a_death_at_any_moment(store_address: str, tmp_path: Path) -> None:
    (tmp_path / "own.rtm").write_text(POLICY)
    (tmp_path / "rtm-gate.toml").write_text(f"policy = 'own.rtm'\nfeeds = ['wire.xml', 'daily.xml']\nrecord = true\nstore = '{store_address}'\n")
    for name, title in (("wire", "Council approves bike lanes"), ("daily", "Library opens on Sundays")):
        (tmp_path / f"{name}.xml").write_text(rss(name, title))
    with Gate.open(tmp_path) as gate, queue_of(gate) as queue:
        queue.add(DRAFTS, NOON)
    chance = Random(7)
    acknowledged: dict[int, str] = {}
    swept: set[str] = set()
    lives = 200 if os.environ.get("RTM_GATE_SOAK") else DEATHS["postgresql" if "://" in store_address else "sqlite"]
    for life in range(lives):
        for what, first, second in killed(partial(work, tmp_path, life), chance, lines=4, seconds=0.2):
            if what == "row":
                acknowledged[int(first)] = second
            else:
                swept.add(first)
        assert_whole(store_address, tmp_path, acknowledged)
    assert acknowledged
    assert swept
    end = NOON + timedelta(hours=lives + 1)
    with Gate.open(tmp_path) as gate:
        if gate.halts.at(end).halts:
            switch(gate, end)
        store = gate.project_news.store()
        ledger = ledger_in(gate.project, store)
        queue = Queue(store, ledger, QueueJudge(gate, ledger), clock=lambda: end)
        done = queue.sweep(end, "the last")
        assert (done.judged + done.kept, done.lost, queue.left(end)) == (len(DRAFTS), 0, 0)
        with queue.reporting() as changes:
            told = {change.id: (change.before, change.after) for change in changes}
        signed = {one.id for one in DRAFTS if turn(ledger, one) == "withdraw"}
        words = {one.id: "go" if one.kind == "planned" or one.id in signed else "hold" for one in DRAFTS}
        assert {one.id: queue.answer(one.id, end).word for one in DRAFTS} == words
        assert told == dict.fromkeys(signed, ("hold", "go"))
    assert_whole(store_address, tmp_path, acknowledged)


pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
