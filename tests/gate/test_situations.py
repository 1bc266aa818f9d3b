"""What becomes of situations is written down once, whoever changed them and whoever died, and says nobody's name in what stays."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from operator import methodcaller
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import pytest
from sqlalchemy import text, update

from rtm_gate import Gate
from rtm_gate.desk.ledger import HeadError, Ledger, verified
from rtm_gate.desk.situations import picture
from rtm_gate.gate.record import open_ledger
from rtm_gate.model.record import Entry
from rtm_gate.news import closed, extended, opened
from rtm_gate.news.polling import ingest
from rtm_gate.store import StoreError
from rtm_gate.store.address import Address
from rtm_gate.store.databases import connect
from rtm_gate.store.tables.record import ENTRY
from tests.databases import postgresql, store_address
from tests.desk.tampering import tampered

__all__ = ["postgresql", "store_address"]

MORNING = datetime(2020, 3, 10, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
DENVER = ("Gunman kills six at a mall in Denver, police say", "Six dead in Denver mall shooting")
FEED = '<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'
ITEM = "<item><title>{title}</title><guid>{title}</guid><pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
PROMO = {"id": "d-1", "text": "Our linen shirts are back in stock.", "platform": "x", "kind": "planned", "author": {"id": "sam"}}


@pytest.fixture
def project(tmp_path: Path, store_address: str) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "rtm-gate.toml").write_text(f"record = true\nstore = '{store_address}'\n")
    return folder


@pytest.fixture
def gate(project: Path) -> Iterator[Gate]:
    with Gate.open(project) as gate:
        yield gate


def tell(gate: Gate, source: str, title: str, published: datetime, seen: datetime) -> None:
    """The feed `source` had this story when it was polled."""
    assert gate.project.root is not None
    file = gate.project.root / f"{source}.xml"
    file.write_text(FEED.format(name=source, items=ITEM.format(title=title, at=published)))
    ingest(gate.project_news.desk(), gate.project.feeds, [file], source, seen)


def ledger_of(gate: Gate) -> Ledger:
    ledger = open_ledger(gate.project)
    assert ledger is not None
    return ledger


def rows(gate: Gate) -> list[Entry]:
    with ledger_of(gate) as ledger:
        return list(ledger.rows(kind="situation"))


def said(gate: Gate) -> list[dict[str, Any]]:
    return [json.loads(row.said) for row in rows(gate)]


def steps(gate: Gate) -> list[tuple[str, str]]:
    return [(one["done"], one["state"]) for one in said(gate)]


def shooting(gate: Gate) -> None:
    for hour, (source, title) in enumerate(zip(("Wire One", "City Daily"), DENVER, strict=True)):
        tell(gate, source, title, MORNING + hour * HOUR, MORNING + (hour + 0.5) * HOUR)


# ---- what the news does -------------------------------------------------------------------------------------------------


def test_a_situation_from_its_beginning_to_its_end(gate: Gate) -> None:
    tell(gate, "Wire One", DENVER[0], MORNING, MORNING + HOUR / 2)
    gate.situations.catch_up(MORNING + HOUR / 2)
    tell(gate, "City Daily", DENVER[1], MORNING + HOUR, MORNING + 2 * HOUR)
    gate.situations.catch_up(MORNING + 2 * HOUR)
    for days in (2, 8, 9, 10, 11):
        gate.situations.catch_up(MORNING + timedelta(days=days))
    assert steps(gate) == [("begun", "watch"), ("changed", "active"), ("changed", "taper"), ("changed", "closed"), ("over", "over")]
    told = [json.loads(row.told) if row.told else None for row in rows(gate)]
    assert told[1] == {"title": DENVER[0], "reason": "2 independent sources, last at 2020-03-10T09:00:00Z"}
    assert told[-1] is None
    assert len({row.subject for row in rows(gate)}) == 1
    active = said(gate)[1]
    assert (active["topic"], active["severity"], active["regions"], active["dead"], active["now"]) == (
        "tragedy.shooting", "major", ["US-CO"], 6, "2020-03-10T10:00:00Z",
    )  # fmt: skip
    assert "police" not in " ".join(row.said for row in rows(gate))
    with ledger_of(gate) as ledger:
        head = ledger.heads.last()
        assert head is not None
        assert list(verified(ledger.rows(), [head])) == []


def test_what_did_not_change_is_not_written_again(gate: Gate, project: Path) -> None:
    shooting(gate)
    for minutes in range(3):
        gate.situations.catch_up(MORNING + 2 * HOUR + timedelta(minutes=minutes))
    # One more story of it, which says nothing that decides.
    tell(gate, "Evening Post", "Denver mall shooting: six dead", MORNING + HOUR, MORNING + 3 * HOUR)
    gate.situations.catch_up(MORNING + 3 * HOUR)
    with Gate.open(project) as another:
        another.situations.catch_up(MORNING + 3 * HOUR)
    assert steps(gate) == [("begun", "active")]


def test_whoever_comes_next_catches_up(gate: Gate, project: Path) -> None:
    """The news was taken in, and its process died before a row was written."""
    shooting(gate)
    with Gate.open(project) as another:
        another.situations.catch_up()
    assert steps(gate) == [("begun", "active")]


def test_what_is_of_no_sensitive_topic_and_what_was_over_before_makes_no_row(gate: Gate) -> None:
    tell(gate, "Wire One", "Council approves bike lanes in Leeds", MORNING, MORNING + HOUR)
    tell(gate, "City Daily", "Rovers win the cup final in Leeds", MORNING, MORNING + HOUR)
    tell(gate, "Old Times", "Fire destroys a warehouse in Perth", MORNING - timedelta(days=4), MORNING + HOUR)
    gate.situations.catch_up(MORNING + HOUR)
    assert {one.state for one in gate.news(now=MORNING + HOUR).situations if one.topic} >= {"closed"}
    assert rows(gate) == []


def test_an_earlier_story_gives_it_another_id_and_the_record_says_which(gate: Gate) -> None:
    shooting(gate)
    gate.situations.catch_up()
    tell(gate, "Evening Post", "Gunman kills six in mall shooting in Denver", MORNING - HOUR, MORNING + 3 * HOUR)
    gate.situations.catch_up()
    begun, anew, over = rows(gate)
    assert begun.subject == over.subject != anew.subject
    assert json.loads(over.said)["as"] == anew.subject


def test_a_project_without_a_store_or_without_a_record_writes_nothing(project: Path) -> None:
    (project / "rtm-gate.toml").write_text("record = true\nstore = 'none.db'\n")
    with Gate.open(project) as gate:
        gate.situations.catch_up(MORNING)
    assert not (project / "none.db").exists()
    (project / "rtm-gate.toml").write_text("record = false\nstore = 'none.db'\n")
    with Gate.open(project) as gate:
        shooting(gate)
        gate.situations.catch_up(MORNING + 2 * HOUR)
        assert rows(gate) == []
    assert not (project / "ledger.key").exists()


def test_what_was_recorded_of_a_later_moment_stands(gate: Gate) -> None:
    shooting(gate)
    gate.situations.catch_up(MORNING + timedelta(days=2))
    gate.situations.catch_up(MORNING + 2 * HOUR)
    assert steps(gate) == [("begun", "taper")]


def test_a_moment_that_has_not_come_is_not_recorded(gate: Gate) -> None:
    shooting(gate)
    gate.situations.catch_up()
    gate.situations.catch_up(datetime.now(UTC) + HOUR)
    assert steps(gate) == [("begun", "active")]


def test_a_row_that_somebody_changed_is_written_anew_and_found(gate: Gate, project: Path, store_address: str) -> None:
    shooting(gate)
    gate.situations.catch_up()
    for other in ('{"state":"closed"}', "no json", "[]"):
        changed = update(ENTRY).where(ENTRY.c.kind == "situation").values(said=other)
        tampered(store_address, methodcaller("execute", changed))
        with Gate.open(project) as another:
            another.situations.catch_up()
        assert last_said(gate)["state"] == "active"
    with ledger_of(gate) as ledger:
        assert any("row 1 was changed" in flaw.said for flaw in verified(ledger.rows()))


def last_said(gate: Gate) -> dict[str, Any]:
    with ledger_of(gate) as ledger:
        found: dict[str, Any] = json.loads(ledger.latest(1, "situation")[0].said)
    return found


def test_a_key_that_cannot_be_read_is_said_and_the_row_is_signed_by_the_next(gate: Gate, project: Path) -> None:
    shooting(gate)
    (project / "ledger.key").write_text("no key")
    with pytest.raises(HeadError, match="no private key"):
        gate.situations.catch_up()
    (project / "ledger.key").unlink()
    with Gate.open(project) as another:
        another.situations.catch_up()
        another.situations.catch_up(MORNING + timedelta(days=2))
    assert steps(gate) == [("begun", "active"), ("changed", "taper")]
    with ledger_of(gate) as ledger:
        head = ledger.heads.last()
        assert head is not None
        assert (head.id, list(verified(ledger.rows(), [head]))) == (2, [])


def test_a_store_that_fails_ends_no_situation(gate: Gate, project: Path, store_address: str) -> None:
    shooting(gate)
    gate.situations.catch_up()
    before = steps(gate)
    if "://" not in store_address:
        folder = Path(store_address)
        gate.close()
        for file in folder.parent.glob("gate.db*"):
            file.rename(file.with_name(f"away-{file.name}"))
        folder.write_bytes(b"no database at all" * 1000)
        with Gate.open(project) as another, pytest.raises(StoreError):
            another.situations.catch_up()
        folder.unlink()
        for file in folder.parent.glob("away-*"):
            file.rename(file.with_name(file.name.removeprefix("away-")))
    assert steps(gate) == before


# ---- before a verdict ---------------------------------------------------------------------------------------------------


def test_before_a_verdict_the_record_says_what_the_world_was(gate: Gate) -> None:
    shooting(gate)
    for minutes in range(2):
        gate.check(PROMO, now=MORNING + 2 * HOUR + timedelta(minutes=minutes))
    gate.check(PROMO, now=MORNING + timedelta(days=2))
    with ledger_of(gate) as ledger:
        assert [row.kind for row in ledger.rows()] == ["situation", "policy", "verdict", "verdict", "situation", "verdict"]
        snapshots = [json.loads(row.said)["snapshot"] for row in ledger.rows() if row.kind in ("situation", "verdict")]
    assert len(set(snapshots)) == 1


def test_a_check_against_other_news_or_another_time_says_nothing_of_the_world(gate: Gate, project: Path) -> None:
    shooting(gate)
    gate.check(PROMO, now=MORNING + 2 * HOUR)
    (project / "other.xml").write_text(FEED.format(name="other", items=ITEM.format(title="Floods kill 12 in Ohio", at=MORNING)))
    gate.check(PROMO, gate.news([str(project / "other.xml")], now=MORNING + 2 * HOUR), MORNING + 2 * HOUR)
    gate.check(PROMO, now=MORNING + HOUR)
    gate.check(PROMO, now=datetime.now(UTC) + HOUR)
    assert steps(gate) == [("begun", "active")]


# ---- what people decide -------------------------------------------------------------------------------------------------


def test_what_people_decide_is_recorded_with_or_without_the_verdicts(project: Path, store_address: str) -> None:
    (project / "rtm-gate.toml").write_text(f"store = '{store_address}'\n")
    with Gate.open(project) as gate:
        change = opened("Quokka bites Zara in Toledo", "disaster.other", "major", ["US-OH"], "pr-1", "Quillon called", MORNING)
        gate.project_news.decide(change)
        gate.project_news.decide(extended(change.situation, "pr-1", "Quillon called again", MORNING + HOUR, MORNING + 30 * HOUR))
        gate.project_news.decide(closed(change.situation, "pr-1", "Quillon is calm", MORNING + 2 * HOUR))
        assert [row.subject for row in rows(gate)] == [change.situation] * 3
        assert steps(gate) == [("opened", "active"), ("extended", "active"), ("closed", "closed")]
        assert [one["until"] for one in said(gate)] == ["2020-03-11T08:00:00Z", "2020-03-11T14:00:00Z", None]
        assert [(one["topic"], one["severity"], one["regions"]) for one in said(gate)] == [("disaster.other", "major", ["US-OH"])] * 3
        assert [json.loads(row.told or "") for row in rows(gate)] == [
            {"title": change.title, "person": "pr-1", "reason": reason} for reason in ("Quillon called", "Quillon called again", "Quillon is calm")
        ]
        stays = " ".join(row.said + row.subject for row in rows(gate)).lower()
        assert not any(word in stays for word in ("quokka", "zara", "quillon", "pr-1"))
        with ledger_of(gate) as ledger:
            head = ledger.heads.last()
            assert head is not None
            assert list(verified(ledger.rows(), [head])) == []


def test_what_a_person_decided_is_not_written_a_second_time_by_the_news(gate: Gate) -> None:
    shooting(gate)
    gate.situations.catch_up()
    (one,) = (one for one in gate.news(now=MORNING + 2 * HOUR).situations if one.topic)
    gate.project_news.decide(closed(one.id, "ann", "it was a drill", MORNING + 2 * HOUR))
    gate.situations.catch_up(MORNING + 2 * HOUR)
    assert steps(gate) == [("begun", "active"), ("closed", "closed")]
    assert {key: said(gate)[-1][key] for key in picture(one)} == picture(one) | {"state": "closed"}


def test_what_is_to_be_opened_later_is_neither_begun_nor_over_until_then(gate: Gate) -> None:
    shooting(gate)
    gate.situations.catch_up()
    gate.project_news.decide(opened("Trial begins", "justice", "major", ["US-CO"], "ann", "announced", MORNING + timedelta(hours=20)))
    gate.situations.catch_up(MORNING + 2 * HOUR)
    assert steps(gate) == [("begun", "active"), ("opened", "active")]


def rename(address: str, table: str, other: str) -> None:
    database = connect(Address.of(address))
    with database.writing.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {other}"))
    database.close()


def test_a_decision_and_its_row_come_together_or_not_at_all(gate: Gate, store_address: str) -> None:
    gate.project_news.store()
    rename(store_address, "entry", "away")
    with pytest.raises(StoreError):
        gate.project_news.decide(opened("Leak in Toledo", "disaster.other", "major", ["US-OH"], "ann", "called", MORNING))
    rename(store_address, "away", "entry")
    with gate.project_news.store().reading() as transaction:
        assert transaction.news.changes() == []
    assert rows(gate) == []


# ---- several at once, and deaths ----------------------------------------------------------------------------------------


def _catch_up(folder: str, at: datetime) -> None:
    with Gate.open(folder) as gate:
        gate.situations.catch_up(at)


def test_several_processes_write_each_change_once(gate: Gate, project: Path) -> None:
    for n, place in enumerate(("Leeds", "Ohio", "Manila", "Lagos", "Lima")):
        for source in ("Wire One", "City Daily"):
            tell(gate, source, f"Floods kill {n + 10} in {place}, {source.lower()} reports", MORNING, MORNING + HOUR / 4)
    gate.close()
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_catch_up, args=(str(project), MORNING + HOUR)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0] * 4
    assert len(rows(gate)) >= 5
    assert len({row.subject for row in rows(gate)}) == len(rows(gate))
    with ledger_of(gate) as ledger:
        assert list(verified(ledger.rows())) == []


PICTURE = ("state", "topic", "severity", "certainty", "official", "regions", "worldwide", "dead", "ends")
TITLES = ("Floods kill {n} in Manila", "Manila floods: {n} dead", "Shooting in Denver: {n} dead", "Denver mall shooting report was a false alarm, police say")


def _life(folder: str, life: int, told: int) -> None:
    """Takes in news and writes down what became of it, for ever; says when it has begun."""
    with Gate.open(folder) as gate:
        chance = Random(life)
        for n in range(1, 1000):
            at = MORNING + life * HOUR + timedelta(seconds=n)
            tell(gate, chance.choice(("a", "b", "c")), chance.choice(TITLES).format(n=chance.randrange(20)), at, at)
            gate.situations.catch_up(at)
            os.write(told, b".")


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_death_at_any_moment(gate: Gate, project: Path, store_address: str) -> None:
    tell(gate, "a", "Library opens on Sundays", MORNING, MORNING)
    gate.close()
    chance = Random(3)
    lives = 4
    for life in range(1, lives + 1):
        heard, told = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                _life(str(project), life, told)
            finally:
                os._exit(1)
        os.close(told)
        os.read(heard, 1)
        sleep(chance.uniform(0, 0.4))
        os.kill(child, signal.SIGKILL)
        os.close(heard)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the writer failed before it was killed"
    now = MORNING + (lives + 1) * HOUR
    with Gate.open(project) as survivor:
        survivor.situations.catch_up(now)
        current = {one.id: picture(one) for one in survivor.news(now=now).situations if one.topic and one.state != "closed"}
        found = rows(survivor)
        last: dict[str, dict[str, Any]] = {}
        for row in found:
            seen = {key: value for key, value in json.loads(row.said).items() if key not in ("now", "snapshot", "done")}
            assert seen != last.get(row.subject), row
            last[row.subject] = seen
        assert {id_: {key: one[key] for key in PICTURE} for id_, one in last.items() if one["state"] not in ("closed", "over")} == current
        assert found
        with ledger_of(survivor) as ledger:
            assert list(verified(ledger.rows())) == []
