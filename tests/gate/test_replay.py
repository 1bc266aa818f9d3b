"""Recorded verdicts judged again: what changes and by which rule, and that no row is skipped in silence."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rtm_gate import Gate
from rtm_gate.desk.ledger import Ledger
from rtm_gate.desk.ledger.chain import hash_of, sealed
from rtm_gate.gate.gate import NO_NEWS as WITHOUT_NEWS
from rtm_gate.gate.policy import load_policy
from rtm_gate.gate.record import open_ledger
from rtm_gate.gate.record.replay import Judge, Kept, KeptError, Outcome, ReplayError, Setup, Summary, replayed
from rtm_gate.gate.record.replay.dask import replayed_by_dask
from rtm_gate.gate.record.replay.outcome import BAD_DRAFT, BAD_NEWS, BAD_ROW, CHANGED, FAULTY, MASKED, NO_NEWS
from rtm_gate.model.record import Entry
from rtm_gate.model.signoff import SignOff
from tests.gate.replays import DRAFTS, HALTS, LAYOUT, NOW, POLICY, QUIETER, WITHOUT, make

NOTHING: dict[str, bytes] = {}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six drafts, judged three times in two hours."""
    return make(tmp_path_factory.mktemp("replay") / "acme")


@pytest.fixture
def ledger(project: Path) -> Iterator[Ledger]:
    with Gate.open(project) as gate:
        found = open_ledger(gate.project)
    assert found is not None
    yield found
    found.close()


def rows(ledger: Ledger) -> list[Entry]:
    return list(ledger.rows(kind="verdict"))


def by(project: Path, text: str, old: str = "") -> Setup:
    """Judging by a policy of this text."""
    files = []
    for name, content in (("new.rtm", text), ("old.rtm", old)):
        if content:
            (project / name).write_text(content)
            loaded = load_policy(project / name)
            assert loaded.policy is not None, loaded.errors
            files.append((project / name, loaded.policy.digest))
    return Setup.of(project, *files[0], *(files[1] if old else ()))


def summed(outcomes: Iterator[Outcome] | list[Outcome]) -> Summary:
    summary = Summary()
    for outcome in outcomes:
        summary.add(outcome)
    return summary


def one(project: Path, row: Entry, bodies: dict[str, bytes] = NOTHING) -> Outcome:
    with Judge(by(project, POLICY)) as judge:
        return judge.outcome(row, bodies)


def test_by_the_same_policy_nothing_changes(project: Path, ledger: Ledger) -> None:
    found = list(replayed(by(project, POLICY), rows(ledger), ledger.body))
    assert len(found) == 18
    assert {outcome.old for outcome in found} == {"go", "hold", "no-go"}
    assert [outcome for outcome in found if outcome.changed or not outcome.judged] == []
    assert [outcome.new_headline for outcome in found] == [outcome.old_headline for outcome in found]


def test_layout_and_comments_change_nothing(project: Path, ledger: Ledger) -> None:
    setup = by(project, LAYOUT)
    assert setup.new_digest == by(project, POLICY).new_digest
    (project / "new.rtm").write_text(LAYOUT)
    assert summed(replayed(setup, rows(ledger), ledger.body)).changes == {}


def test_a_setting_that_changes_shows_the_rule_it_moves(project: Path, ledger: Ledger) -> None:
    """A blackout of one hour instead of six: two hours later it is over."""
    summary = summed(replayed(by(project, QUIETER), rows(ledger), ledger.body))
    assert summary.judged == 18
    assert summary.words["hold", "go"] == summary.changed == summary.gone["silence"] > 0
    assert summary.changes.keys() == {("hold", "go", (), ("silence",))}
    (samples,) = summary.samples.values()
    assert len(samples) <= 5
    assert all(sample.new_headline != sample.old_headline for sample in samples)
    assert not summary.failed


def test_a_rule_that_is_switched_off(project: Path, ledger: Ledger) -> None:
    summary = summed(replayed(by(project, WITHOUT), rows(ledger), ledger.body))
    assert summary.gone == {"no_killer": 3}
    assert summary.came["silence"] + summary.words["no-go", "go"] == 3
    assert {old for old, new in summary.words if old != new} == {"no-go"}


def test_a_policy_of_neither_row_is_held_against_another(project: Path, ledger: Ledger) -> None:
    """Old and new are both judged anew where the row's own policy is neither: what the row said does not count."""
    found = list(replayed(by(project, QUIETER, old=WITHOUT), rows(ledger), ledger.body))
    assert "no-go" not in {outcome.old for outcome in found}
    assert summed(found).gone.keys() == {"silence"}
    back = list(replayed(by(project, WITHOUT, old=POLICY), rows(ledger), ledger.body))
    assert [outcome.old for outcome in back] == [json.loads(row.said)["verdict"] for row in rows(ledger)]


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_says_the_same(project: Path, ledger: Ledger, workers: int) -> None:
    setup = by(project, QUIETER)
    assert list(replayed(setup, rows(ledger), ledger.body, workers)) == list(replayed(setup, rows(ledger), ledger.body, 1))


def test_dask_says_the_same(project: Path, ledger: Ledger) -> None:
    setup = by(project, QUIETER)
    assert list(replayed_by_dask(setup, rows(ledger), ledger.body, "local", 2)) == list(replayed(setup, rows(ledger), ledger.body))


FOR_EVER = """
import sys
from itertools import cycle
from pathlib import Path
from rtm_gate.gate.project import open_project
from rtm_gate.gate.record import open_ledger
from rtm_gate.gate.record.replay import Setup, replayed
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with open_ledger(open_project(folder)) as ledger:
        for outcome in replayed(Setup.of(folder, folder / "new.rtm", sys.argv[2]), cycle(list(ledger.rows(kind="verdict"))), ledger.body, 2):
            print(outcome.row, flush=True)
"""


def test_no_worker_outlives_one_that_is_killed(project: Path, tmp_path: Path) -> None:
    (tmp_path / "for_ever.py").write_text(FOR_EVER)
    call = [sys.executable, str(tmp_path / "for_ever.py"), str(project), by(project, POLICY).new_digest]
    with subprocess.Popen(call, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"2\n"
        workers = subprocess.run(["pgrep", "-P", str(running.pid), "-f", "spawn_main"], capture_output=True, text=True, check=True).stdout.split()
        running.kill()
    assert len(workers) == 2
    end = time.monotonic() + 60
    while any(is_alive(worker) for worker in workers):
        assert time.monotonic() < end
        time.sleep(0.01)


def is_alive(pid: str) -> bool:
    """One that nobody has asked after is a zombie."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True, check=False).stdout.strip()
    return bool(state) and not state.startswith("Z")


def test_no_scheduler(project: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rtm_gate.gate.record.replay.dask.SECONDS", 1)
    with pytest.raises(ReplayError, match="no Dask scheduler at"):
        list(replayed_by_dask(by(project, QUIETER), rows(ledger), ledger.body, "tcp://127.0.0.1:9", 2))


# ---- what cannot be judged again ------------------------------------------------------------------------------------------


def rewritten(row: Entry, said: str | None = None, told: str | None = None) -> Entry:
    """As if it had been written so from the start."""
    told = row.told if told is None else told
    assert told is not None
    made = replace(row, said=said or row.said, told=told, seal=sealed(told, row.salt or ""))
    return replace(made, hash=hash_of(made))


def with_draft(row: Entry, **changed: object) -> Entry:
    told = json.loads(row.told or "")
    return rewritten(row, told=json.dumps(told | {"draft": told["draft"] | changed}))


def without_verdict(row: Entry) -> Entry:
    return rewritten(row, told=json.dumps({"draft": json.loads(row.told or "")["draft"]}))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda row: replace(row, told=None, salt=None), MASKED),
        (lambda row: replace(row, said=row.said.replace("hold", "go")), CHANGED),
        (lambda row: replace(row, told=(row.told or "").replace("linen", "woolen")), CHANGED),
        (lambda row: with_draft(row, kind="whatever"), BAD_DRAFT),
        (lambda row: with_draft(row, text=7), BAD_DRAFT),
        (without_verdict, BAD_ROW),
        (lambda row: rewritten(row, told="[]"), BAD_ROW),
        (lambda row: rewritten(row, told='{"draft":"a","verdict":{"headline":""}}'), BAD_ROW),
        (lambda row: rewritten(row, said=row.said.replace('"rules":[', '"rules":[["halt","hold","active"],')), BAD_ROW),
        (lambda row: rewritten(row, said="{}"), BAD_ROW),
        (lambda row: rewritten(row, said=row.said.replace('"now":"2026', '"now":"0026')), BAD_ROW),
        (lambda row: rewritten(row, said=row.said.replace('"verdict":"hold"', '"verdict":"perhaps"')), BAD_ROW),
    ],
)
def test_what_cannot_be_judged_says_why(project: Path, ledger: Ledger, change: object, why: str) -> None:
    row = rows(ledger)[-6]
    assert '"verdict":"hold"' in row.said
    assert callable(change)
    spoilt = change(row)
    content = ledger.body(json.loads(row.said)["news"])
    assert content is not None
    found = one(project, spoilt, {json.loads(row.said)["news"]: content})
    assert (found.why, found.new, found.draft) == (why, "", row.subject)


# ---- what people said, and what failed ------------------------------------------------------------------------------------


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator[Ledger]:
    """Recorded: a promotion that is halted, and rejected besides, in a silence; a killing one that is rejected; a reply that a halt spares."""
    make(tmp_path / "acme", POLICY + HALTS, hours=0)
    with Gate.open(tmp_path / "acme") as gate:
        news = gate.news(now=NOW)
        no = SignOff(1, NOW, "d", "sha256:0", "0", "reject", "manager", (), "kim")
        gate.halts.halt(scopes=["platform:x"], reason="a leak", person="ann", now=NOW)
        for draft, platform, rejected in ((DRAFTS[0], "x", [no]), (DRAFTS[1], "linkedin", [no]), (DRAFTS[2], "x", []), (DRAFTS[5], "linkedin", [])):
            gate.check({"platform": platform, "author": {"id": "sam"}} | draft, news, NOW, rejected=rejected)
        found = open_ledger(gate.project)
    assert found is not None
    with found:
        yield found


def test_what_people_said_is_left_out_before_and_after(stopped: Ledger, tmp_path: Path) -> None:
    said = [[rule for rule, _, _ in json.loads(row.said)["rules"]] for row in rows(stopped)]
    assert [sorted({"halt", "rejected"} & set(rules)) for rules in said] == [["halt", "rejected"], ["rejected"], [], []]
    same = list(replayed(by(tmp_path / "acme", POLICY + HALTS), rows(stopped), stopped.body))
    assert [(one.old, one.changed, one.stopped) for one in same] == [
        ("hold", False, True),
        ("no-go", False, True),
        ("go", False, False),
        ("hold", False, False),
    ]
    assert [one.new_headline for one in same] == [one.old_headline for one in same]
    assert same[0].old_headline.startswith("Silence after a tragedy")
    summary = summed(replayed(by(tmp_path / "acme", WITHOUT), rows(stopped), stopped.body))
    assert (summary.stopped, summary.gone, summary.failed) == (2, {"no_killer": 1}, False)
    assert summary.as_json()["stopped_by_people"] == 2


def test_what_is_halted_now_stops_nothing(project: Path, ledger: Ledger, tmp_path: Path) -> None:
    other = make(tmp_path / "acme", POLICY, hours=1)
    with Gate.open(other) as gate:
        gate.halts.halt(scopes=["all"], reason="a leak", person="ann", now=NOW)
        assert gate.check({"platform": "x", "author": {"id": "sam"}} | DRAFTS[5], now=NOW).halted
    assert not any(one.changed or one.stopped for one in replayed(by(other, POLICY), rows(ledger), ledger.body))


def test_a_guarantee_is_told_as_it_was_beside_a_halt(tmp_path: Path) -> None:
    """It makes a hold of a go, and a halt left it nothing to hold: then as now."""
    folder = make(tmp_path / "acme", WITHOUT + 'guarantee "no killers" { never go when draft mentions killer }\n', hours=0)
    draft = {"platform": "x", "author": {"id": "sam"}} | DRAFTS[1]
    with Gate.open(folder) as gate:
        assert gate.check(draft, WITHOUT_NEWS, NOW).verdict == "hold"
        gate.halts.halt(scopes=["all"], reason="a leak", person="ann", now=NOW)
        assert [one.rule for one in gate.check(draft, WITHOUT_NEWS, NOW).deciding] == ["halt"]
        found = open_ledger(gate.project)
    assert found is not None
    with found:
        outcomes = list(replayed(by(folder, (folder / "acme.rtm").read_text()), rows(found), found.body))
    assert [(one.why, one.changed, one.stopped) for one in outcomes] == [("", False, False), ("", False, True)]


def test_what_failed_first_and_does_not_now_is_no_change_of_the_policy(project: Path, ledger: Ledger) -> None:
    row = rows(ledger)[0]
    said = json.loads(row.said)
    broken = rewritten(row, said=json.dumps(said | {"rules": [*said["rules"], ["fault.store", "hold", "active"]]}))
    bodies = {said["news"]: ledger.body(said["news"]) or b""}
    found = one(project, broken, bodies)
    assert (found.why, found.detail) == (FAULTY, "fault.store")
    with Judge(by(project, QUIETER, old=WITHOUT)) as judge:
        assert judge.outcome(broken, bodies).judged


def test_news_that_is_missing_or_none(project: Path, ledger: Ledger) -> None:
    row = rows(ledger)[0]
    assert one(project, row).why == NO_NEWS
    assert one(project, row, {json.loads(row.said)["news"]: b"{}"}).why == BAD_NEWS


def test_what_is_missed_is_counted_and_named(project: Path, ledger: Ledger) -> None:
    first, second, *rest = rows(ledger)
    masked = [replace(first, told=None, salt=None), replace(second, told=None, salt=None), *rest]
    summary = summed(replayed(by(project, POLICY), masked, ledger.body))
    assert (summary.judged, summary.unjudged, summary.failed) == (16, 2, False)
    assert summary.as_json()["not_judged"] == [
        {"why": MASKED, "count": 2, "rows": [{"row": row.id, "draft": row.subject, "detail": ""} for row in (first, second)]},
    ]


def test_where_no_row_can_be_judged_nothing_is_known(project: Path, ledger: Ledger) -> None:
    assert summed(replayed(by(project, POLICY), rows(ledger), lambda _: None)).failed
    assert not summed(replayed(by(project, POLICY), [], ledger.body)).failed


def test_a_policy_that_changes_meanwhile_is_refused(project: Path, ledger: Ledger) -> None:
    setup = by(project, QUIETER)
    (project / "new.rtm").write_text(WITHOUT)
    with pytest.raises(ReplayError, match="not what it was"):
        list(replayed(setup, rows(ledger), ledger.body))
    with pytest.raises(ReplayError, match="not what it was"):
        list(replayed(setup, rows(ledger), ledger.body, 2))


# ---- going on -------------------------------------------------------------------------------------------------------------


def test_what_was_judged_before_is_not_judged_again(project: Path, ledger: Ledger, tmp_path: Path) -> None:
    setup, file, all_rows = by(project, QUIETER), tmp_path / "out.jsonl", rows(ledger)
    whole = list(replayed(setup, all_rows, ledger.body))
    with Kept(file, setup) as kept:
        assert list(kept.resumed(all_rows, print)) == all_rows
        for outcome in whole:
            kept.write(outcome)
    complete = file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    lines = complete.splitlines(keepends=True)
    for left in (b"".join(lines[:7]) + lines[7][:40], b"".join(lines[:7]) + lines[7][:-1], b"".join(lines[:7])):
        file.write_bytes(left)
        before: list[Outcome] = []
        with Kept(file, setup) as kept:
            rest = list(kept.resumed(iter(all_rows), before.append))
            for outcome in replayed(setup, rest, ledger.body):
                kept.write(outcome)
        assert (before, rest) == (whole[:7], all_rows[7:])
        assert file.read_bytes() == complete


def test_a_row_that_was_masked_since_is_judged_again(project: Path, ledger: Ledger, tmp_path: Path) -> None:
    setup, file, some = by(project, QUIETER), tmp_path / "out.jsonl", rows(ledger)[:4]
    with Kept(file, setup) as kept:
        for outcome in replayed(setup, some, ledger.body):
            kept.write(outcome)
    some[2] = replace(some[2], told=None, salt=None)
    with Kept(file, setup) as kept:
        assert list(kept.resumed(iter(some), lambda _: None)) == some[2:]
    assert json.loads(some[3].said)["news"]
    assert len(file.read_bytes().splitlines()) == 2


@pytest.mark.parametrize("content", [b"notes of mine\n", b"notes of mine", b'{"row": 1}\n', b"[]\n", b"\xff\n"])
def test_a_file_of_something_else_is_left_alone(project: Path, ledger: Ledger, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "out.jsonl"
    file.write_bytes(content)
    with Kept(file, by(project, QUIETER)) as kept, pytest.raises(KeptError, match="is no file of a replay by this policy"):
        kept.resumed(rows(ledger), print)
    assert file.read_bytes() == content


def test_a_file_of_another_policy_is_left_alone(project: Path, ledger: Ledger, tmp_path: Path) -> None:
    file, setup = tmp_path / "out.jsonl", by(project, QUIETER)
    with Kept(file, setup) as kept:
        for outcome in replayed(setup, rows(ledger)[:2], ledger.body):
            kept.write(outcome)
    before = file.read_bytes()
    with Kept(file, by(project, WITHOUT)) as kept, pytest.raises(KeptError):
        kept.resumed(rows(ledger), print)
    assert file.read_bytes() == before


def test_two_replays_do_not_write_one_file(project: Path, tmp_path: Path) -> None:
    setup = by(project, QUIETER)
    with Kept(tmp_path / "out.jsonl", setup), pytest.raises(KeptError, match="another replay"):
        Kept(tmp_path / "out.jsonl", setup)


def test_rows_are_of_two_hours(ledger: Ledger) -> None:
    moments = [json.loads(row.said)["now"] for row in rows(ledger)]
    assert len({json.loads(row.said)["news"] for row in rows(ledger)}) == 3
    assert datetime.fromisoformat(moments[-1]) - datetime.fromisoformat(moments[0]) == timedelta(hours=2)
    assert datetime.fromisoformat(moments[0]).astimezone(UTC) == NOW
