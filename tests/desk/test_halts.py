"""Halts are what the record says: begun, ended, resumed, by whom, and never forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, update

from rtm_gate.desk.deciders import Deciders
from rtm_gate.desk.halts import SKEW, halt, halts_at, resume
from rtm_gate.desk.ledger import Heads, Ledger
from rtm_gate.desk.refused import RefusedError
from rtm_gate.gate.policy import load_policy
from rtm_gate.model.halt import Scope
from rtm_gate.model.policy import Policy
from rtm_gate.store import Store, StoreError
from rtm_gate.store.tables.record import ENTRY

from .tampering import tampered

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
POLICY = """policy "P" { language 1 owner "o@example.com" audience US roles manager, legal, executive, pr otherwise go }
tier both { needs 1 executive and 1 pr and check facts }
check facts "Somebody looked"
halt { by manager, legal  spares safety  resume by both, at most 2 every 10 minutes }
topic own_launch "Our launch" { terms "launchfest" must match "launchfest" must not match "lunch" }
"""
PEOPLE: Mapping[str, frozenset[str]] = {
    "ann": frozenset({"manager"}), "bob": frozenset({"executive"}), "cid": frozenset({"pr"}), "dee": frozenset({"executive", "pr"}), "eve": frozenset()
}  # fmt: skip


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    file = tmp_path_factory.mktemp("policy") / "p.rtm"
    file.write_text(POLICY)
    loaded = load_policy(file)
    assert loaded.policy is not None, loaded.errors
    return loaded.policy


@pytest.fixture
def deciders(policy: Policy) -> Deciders:
    return Deciders(policy, PEOPLE)


@pytest.fixture
def address(store_address: str) -> str:
    return store_address


@pytest.fixture
def kept(address: str, tmp_path: Path) -> Iterator[Ledger]:
    with Store.open(address) as store:
        yield Ledger(store, Heads(tmp_path))


def stop(ledger: Ledger, deciders: Deciders, *scopes: str, at: datetime = NOW, **more: Any) -> None:
    given: dict[str, Any] = {"reason": "a leak", "person": "ann", "now": at}
    halt(ledger, deciders, scopes=scopes, **(given | more))


def go_on(ledger: Ledger, deciders: Deciders, *scopes: str, at: datetime = NOW, **more: Any) -> None:
    given: dict[str, Any] = {"reason": "over", "people": ["bob", "cid"], "now": at}
    resume(ledger, deciders, scopes=scopes or None, **(given | more))


def standing(ledger: Ledger, now: datetime) -> list[str]:
    return [str(one.scope) for one in halts_at(ledger, now)]


# ---- what is in force ---------------------------------------------------------------------------------------------------


def test_from_halt_to_resume(kept: Ledger, deciders: Deciders) -> None:
    assert halts_at(kept, NOW) == ()
    stop(kept, deciders, "region:us-tx", "topic:politics")
    (one, two) = halts_at(kept, NOW)
    assert (one.number, one.scope, one.reason, one.person, one.at, one.until, one.proven) == (1, Scope("region", "US-TX"), "a leak", "ann", NOW, None, True)
    assert two.scope == Scope("topic", "politics")
    go_on(kept, deciders, "topic:politics", at=NOW + HOUR)
    assert standing(kept, NOW + HOUR) == ["region:US-TX"]
    stop(kept, deciders, at=NOW + HOUR)
    assert standing(kept, NOW + HOUR) == ["region:US-TX", "all"]
    go_on(kept, deciders, at=NOW + 2 * HOUR)
    assert standing(kept, NOW + 2 * HOUR) == []
    # Seen from an earlier moment, what was in force then still is.
    assert standing(kept, NOW + HOUR + MINUTE) == ["region:US-TX", "all"]
    assert [(row.kind, row.subject) for row in kept.rows()] == [
        ("halt", "region:US-TX"), ("halt", "topic:politics"), ("resume", "topic:politics"), ("halt", "all"), ("resume", "all"),
    ]  # fmt: skip


def test_who_decided_can_be_masked_and_the_halt_stays(kept: Ledger, deciders: Deciders) -> None:
    stop(kept, deciders)
    assert kept.mask([1], NOW, "dpo", "asked to") == 1
    (one,) = halts_at(kept, NOW)
    assert (one.person, one.reason) == ("", "a leak")


def test_a_halt_ends_by_itself_and_begins_a_little_early(kept: Ledger, deciders: Deciders) -> None:
    stop(kept, deciders, until=NOW + HOUR)
    assert standing(kept, NOW + HOUR - timedelta(microseconds=1)) == ["all"]
    assert standing(kept, NOW + HOUR) == []
    assert standing(kept, NOW - SKEW) == ["all"]
    assert standing(kept, NOW - SKEW - timedelta(microseconds=1)) == []
    # The same scope without an end outlasts it.
    stop(kept, deciders)
    assert standing(kept, NOW + 2 * HOUR) == ["all"]


def test_a_halt_outlives_the_process(address: str, deciders: Deciders, tmp_path: Path) -> None:
    with Store.open(address) as store:
        stop(Ledger(store, Heads(tmp_path)), deciders)
    with Store.open(address) as store:
        assert standing(Ledger(store, Heads(tmp_path)), NOW) == ["all"]


def test_a_halt_that_comes_while_all_is_resumed_stays(kept: Ledger, deciders: Deciders) -> None:
    """A resume ends the rows it names, not whatever is halted when it is read."""
    stop(kept, deciders)
    with kept.writing(NOW) as transaction:
        from rtm_gate.desk.ledger import added

        added(transaction, NOW, "halt", "all", {"scope": "all", "until": None, "reason": "another leak", "proven": True}, {"person": "ann"})
        added(transaction, NOW, "resume", "all", {"rows": [1, 4], "scopes": ["all"], "reason": "over"}, {"people": ["bob"]})
    stop(kept, deciders)
    assert [one.number for one in halts_at(kept, NOW)] == [2, 4]


# ---- what is refused ----------------------------------------------------------------------------------------------------

WRONG: list[tuple[dict[str, Any], list[str]]] = [
    ({"reason": " ", "person": ""}, ["the person's name is empty", "the reason is empty"]),
    ({"reason": "x" * 501}, ["the reason has 501 characters"]),
    ({"person": "\u200b"}, ["the person's name is empty"]),
    ({"person": "zoe"}, ["`zoe` is none of the project's people"]),
    ({"person": "bob"}, ["`bob` may not halt: that takes manager or legal"]),
    ({"person": "eve"}, ["`eve` may not halt"]),
    ({"scopes": ["everywhere"]}, ["`everywhere` is no scope"]),
    ({"scopes": ["all:x"]}, ["`all:x` is no scope"]),
    ({"scopes": ["platform"]}, ["`platform` is no scope"]),
    ({"scopes": ["platform:"]}, ["`platform:` names no platform"]),
    ({"scopes": ["platform:my page"]}, ["`my page` is no name of a platform"]),
    ({"scopes": ["region:UK", "region:US-ZZ", "topic:weathr"]}, ["did you mean GB", "there is no region `US-ZZ`", "there is no topic `weathr`"]),
    ({"until": NOW}, ["is not in the future"]),
    ({"until": NOW - HOUR, "scopes": ["?"], "reason": ""}, ["`?` is no scope", "the reason is empty", "is not in the future"]),
]


@pytest.mark.parametrize(("given", "problems"), WRONG)
def test_all_that_is_wrong_is_said_at_once(ledger: Ledger, deciders: Deciders, given: dict[str, Any], problems: list[str]) -> None:
    call: dict[str, Any] = {"scopes": (), "reason": "a leak", "person": "ann", "now": NOW} | given
    with pytest.raises(RefusedError) as refused:
        halt(ledger, deciders, **call)
    said = refused.value.problems
    assert len(said) == len(problems), said
    assert [problem for problem, words in zip(said, problems, strict=True) if words not in problem] == []
    assert ledger.count() == 0


def test_a_topic_of_the_policy_can_be_halted(ledger: Ledger, deciders: Deciders) -> None:
    stop(ledger, deciders, "topic:own_launch", person=" ANN ")
    assert standing(ledger, NOW) == ["topic:own_launch"]


RESUMING: list[tuple[list[str], str]] = [
    (["bob"], "1 pr missing"),
    (["cid"], "1 executive missing"),
    (["dee"], "missing"),
    (["dee", "DEE "], "missing"),
    (["ann", "bob"], "1 pr missing"),
    (["bob", "zoe"], "`zoe` is none of the project's people"),
    ([], "the person's name is empty"),
    ([" "], "the person's name is empty"),
]


@pytest.mark.parametrize(("people", "problem"), RESUMING)
def test_who_may_not_resume(ledger: Ledger, deciders: Deciders, people: list[str], problem: str) -> None:
    stop(ledger, deciders)
    with pytest.raises(RefusedError, match=problem):
        go_on(ledger, deciders, people=people)
    assert standing(ledger, NOW) == ["all"]


@pytest.mark.parametrize("people", [["bob", "cid"], ["dee", "cid"], ["bob", "dee"], ["ann", "bob", "cid"]])
def test_who_may_resume(ledger: Ledger, deciders: Deciders, people: list[str]) -> None:
    stop(ledger, deciders)
    go_on(ledger, deciders, people=people)
    assert standing(ledger, NOW) == []
    (row,) = ledger.latest(1)
    assert json.loads(row.told or "") == {"people": people}


def test_what_is_not_halted_is_not_resumed(ledger: Ledger, deciders: Deciders) -> None:
    with pytest.raises(RefusedError, match="nothing is halted"):
        go_on(ledger, deciders)
    stop(ledger, deciders, "region:US")
    with pytest.raises(RefusedError) as refused:
        go_on(ledger, deciders, "region:US-TX", "all", reason="")
    assert refused.value.problems == ["the reason is empty", "region:US-TX is not halted", "all is not halted"]
    assert standing(ledger, NOW) == ["region:US"]


def test_how_often_it_may_be_resumed(ledger: Ledger, deciders: Deciders) -> None:
    for n in range(2):
        stop(ledger, deciders, at=NOW + n * MINUTE)
        go_on(ledger, deciders, at=NOW + n * MINUTE)
    stop(ledger, deciders, at=NOW + 2 * MINUTE)
    with pytest.raises(RefusedError, match=r"at most 2 times every 10 minutes: the next may be at 2026-11-22T12:10:01Z"):
        go_on(ledger, deciders, at=NOW + 2 * MINUTE)
    go_on(ledger, deciders, at=NOW + 10 * MINUTE + timedelta(seconds=1))
    assert standing(ledger, NOW + 11 * MINUTE) == []


def test_without_a_directory_names_are_taken(ledger: Ledger, policy: Policy) -> None:
    stop(ledger, Deciders(policy, None), person="anybody")
    assert halts_at(ledger, NOW)[0].proven is False
    with pytest.raises(RefusedError, match="missing"):
        go_on(ledger, Deciders(policy, None), people=["one"])
    go_on(ledger, Deciders(policy, None), people=["one", "two"])
    assert standing(ledger, NOW) == []


def test_when_all_else_is_down_people_can_halt_and_not_resume(ledger: Ledger, policy: Policy) -> None:
    for broken, why in ((Deciders(None, PEOPLE), "the policy does not load"), (Deciders(policy, None, "people.toml: is not TOML"), "is not TOML")):
        stop(ledger, broken, "topic:politics", person="bob" if broken.roles else "whoever")
        with pytest.raises(RefusedError, match=why):
            go_on(ledger, broken)
    assert standing(ledger, NOW) == ["topic:politics"] * 2


# ---- tampering ----------------------------------------------------------------------------------------------------------


def _another_scope(connection: Connection) -> None:
    connection.execute(update(ENTRY).where(ENTRY.c.id == 2).values(said='{"scope":"platform:sms","until":null,"reason":"a leak"}'))


def _another_person(connection: Connection) -> None:
    connection.execute(update(ENTRY).where(ENTRY.c.id == 2).values(told='{"person":"bob"}'))


def _earlier_end(connection: Connection) -> None:
    connection.execute(update(ENTRY).where(ENTRY.c.id == 2).values(at=NOW + 9 * HOUR))


def _no_halt(connection: Connection) -> None:
    connection.execute(delete(ENTRY).where(ENTRY.c.id >= 2))


@pytest.mark.parametrize("way", [_another_scope, _another_person, _earlier_end, _no_halt])
def test_a_halt_made_to_vanish_is_a_fault(kept: Ledger, address: str, deciders: Deciders, way: Any) -> None:
    kept.add(NOW, "verdict", "d-1", {"verdict": "go"})
    stop(kept, deciders)
    tampered(address, way)
    with pytest.raises(StoreError, match="row 2"):
        halts_at(kept, NOW)


def test_a_row_of_another_version_is_a_fault(ledger: Ledger) -> None:
    ledger.add(NOW, "halt", "moon", {"scope": "moon:dark", "until": None, "reason": "r"}, {"person": "p"})
    with pytest.raises(StoreError, match="cannot be read"):
        halts_at(ledger, NOW)
