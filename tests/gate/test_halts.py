"""A halt is a hold for whatever it covers, and neither a sign-off, nor an edit, nor a broken gate lifts it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate import Gate, news
from rtm_gate.desk.scopes import parse_scope
from rtm_gate.gate.record import open_ledger
from rtm_gate.gate.record.halts import NOTHING_ON_RECORD, OnRecord
from rtm_gate.model.draft import PLATFORMS
from rtm_gate.model.halt import Halt, Over
from rtm_gate.model.moment import stamp
from rtm_gate.model.news import News
from rtm_gate.model.schema import CLASSES, KINDS
from rtm_gate.model.verdict import Verdict
from rtm_gate.store.address import Address
from rtm_gate.store.databases import connect
from rtm_gate.vocabulary.regions import ancestors

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
QUIET = News(True, (), (news.healthy("wire", NOW),), "s")
SHIRTS: dict[str, Any] = {"text": "Our linen shirts are back in stock.", "platform": "x", "kind": "planned"}
ROWS = tomllib.loads((Path(__file__).parent / "halts.toml").read_text(encoding="utf-8"))["row"]
POLICY = """policy "P" { language 1 owner "o@example.com" audience US roles manager, legal otherwise go }
tier both { needs 1 manager and 1 legal }
halt { by manager, legal  spares safety  resume by both }
"""


def halts(*scopes: str, until: datetime | None = None) -> OnRecord:
    return OnRecord(tuple(Halt(n, parse_scope(scope), "a leak", "ann", NOW - HOUR, until, True) for n, scope in enumerate(scopes, start=1)))


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    with Gate.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    file = tmp_path_factory.mktemp("policy") / "p.rtm"
    file.write_text(POLICY)
    with Gate.open(file) as opened:
        yield opened


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "rtm-gate.toml").write_text('policy = "p.rtm"\n')
    (tmp_path / "p.rtm").write_text(POLICY)
    return tmp_path


def stop(gate: Gate, *scopes: str, until: datetime | None = None) -> None:
    gate.halts.halt(scopes=scopes, reason="a leak", person="ann", now=NOW, until=until)


def rules(verdict: Verdict) -> list[str]:
    return [finding.rule for finding in verdict.findings if finding.status == "active"]


# ---- scopes and drafts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_what_a_scope_covers(gate: Gate, row: dict[str, Any]) -> None:
    draft = SHIRTS | row.get("draft", {})
    free = gate.examine(draft, QUIET, NOW, on_record=NOTHING_ON_RECORD).verdict
    verdict = gate.examine(draft, QUIET, NOW, on_record=halts(row["scope"])).verdict
    if row["covers"] and "spared" not in row:
        assert verdict.findings[0].rule == "halt"
        assert verdict.verdict == ("no-go" if free.verdict == "no-go" else "hold")
        return
    assert "halt" not in rules(verdict)
    assert (verdict.verdict, rules(verdict)) == (free.verdict, rules(free))
    assert [warning for warning in verdict.warnings if "spares" in warning] == (
        [f"a halt is in force (a leak); the policy spares {row['spared']} messages"] if "spared" in row else []
    )


REGIONS = ("US", "US-TX", "US-NY", "GB", "GB-SCT", "PR", "JP")
TEXTS = st.lists(
    st.sampled_from(("Vote on Tuesday", "Evacuate now", "20% off", "call 911", "linen shirts", "#PrayForBoston", "thoughts with Tokyo")), min_size=1
)


@st.composite
def drafts(draw: st.DrawFn) -> dict[str, Any]:
    draft: dict[str, Any] = {"text": ". ".join(draw(TEXTS)), "platform": draw(st.sampled_from(PLATFORMS)), "kind": draw(st.sampled_from(KINDS))}
    draft["account"] = {"id": draw(st.sampled_from(("acme-us", "acme-gb")))}
    draft["regions"] = draw(st.lists(st.sampled_from(REGIONS), max_size=2))
    if word := draw(st.sampled_from((None, *CLASSES))):
        draft["message_class"] = word
    return draft


def its_own(draft: dict[str, Any]) -> list[str]:
    """Scopes that cover the draft by how they are made."""
    regions = [code for region in draft["regions"] or ["US"] for code in (region, *ancestors(region))]
    return ["all", f"platform:{draft['platform']}", f"account:{draft['account']['id']}", *(f"region:{code}" for code in regions)]


@given(st.data())
def test_under_a_halt_nothing_goes_but_what_is_spared(small: Gate, data: st.DataObject) -> None:
    draft = data.draw(drafts())
    others = data.draw(st.lists(st.sampled_from(("platform:sms", "region:FR", "topic:war", "account:other")), max_size=2))
    scopes = data.draw(st.permutations([*others, data.draw(st.sampled_from(its_own(draft)))]))
    verdict = small.examine(draft, QUIET, NOW, on_record=halts(*scopes)).verdict
    spared = verdict.inferred.get("class", draft.get("message_class", "")).startswith("safety")
    assert spared == (verdict.verdict == "go")
    assert spared != verdict.halted


@given(drafts(), st.lists(st.sampled_from(("platform:mastodon", "region:FR", "topic:drugs", "account:other")), max_size=3))
def test_what_does_not_cover_changes_nothing(small: Gate, draft: dict[str, Any], scopes: list[str]) -> None:
    free, under = (small.examine(draft, QUIET, NOW, on_record=on_record).verdict for on_record in (NOTHING_ON_RECORD, halts(*scopes)))
    assert under.model_copy(update={"timings_ms": free.timings_ms}) == free


# ---- the finding --------------------------------------------------------------------------------------------------------


def test_who_why_and_until_when(small: Gate) -> None:
    verdict = small.examine(SHIRTS, QUIET, NOW, on_record=halts("all", until=NOW + HOUR)).verdict
    (finding,) = verdict.findings
    assert (finding.kind, finding.effect, finding.title) == ("rule", "hold", "Halted: a leak")
    assert finding.because == "ann halted everything at 2026-03-10T11:00:00Z, until 2026-03-10T13:00:00Z."
    assert (finding.lifts.until, finding.lifts.missing, verdict.retry_after) == ("2026-03-10T13:00:00Z", (), "2026-03-10T13:00:00Z")
    assert finding.at is not None
    assert finding.at.line == 3
    assert (verdict.headline, verdict.valid_until) == ("Halted: a leak.", None)
    both = small.examine(SHIRTS, QUIET, NOW, on_record=OnRecord((*halts("all", until=NOW + HOUR).halts, *halts("platform:x").halts))).verdict
    assert both.findings[0].lifts.until is None
    assert len(both.findings[0].evidence) == 2
    assert both.id != verdict.id


def test_no_sign_off_lifts_it_and_no_way_is_told(small: Gate, project: Path) -> None:
    at = (NOW - timedelta(minutes=1)).isoformat()
    signed = SHIRTS | {"approvals": [{"person": f"p{n}", "role": role, "at": at} for n, role in enumerate(small.policy.roles)]}
    assert small.examine(signed, QUIET, NOW, on_record=halts("topic:market", "all")).verdict.verdict == "hold"
    with Gate.open(project) as opened:
        stop(opened, until=NOW + timedelta(minutes=10))
        answer = opened.check(signed, QUIET, NOW)
        assert (answer.verdict, answer.to_go, answer.halted) == ("hold", (), True)
        assert "Halted: a leak" in answer.to_html()
        assert opened.check(signed, QUIET, NOW + timedelta(minutes=10)).verdict == "go"


# ---- when all else is down ----------------------------------------------------------------------------------------------


def broken(*_: object, **__: object) -> Any:
    raise RuntimeError("it broke")


@pytest.mark.parametrize(
    "seam",
    ["rtm_gate.gate.gate.build", "rtm_gate.gate.gate.reference.match", "rtm_gate.rules.Engine.match", "rtm_gate.analysis.Analyser.read",
     "rtm_gate.verdict.assemble.judged"],
)  # fmt: skip
def test_a_halt_holds_where_the_gate_is_broken(small: Gate, monkeypatch: pytest.MonkeyPatch, seam: str) -> None:
    monkeypatch.setattr(seam, broken)
    verdict = small.examine(SHIRTS | {"text": f"Shirts without {seam}."}, QUIET, NOW, on_record=halts("platform:x")).verdict
    assert (verdict.verdict, verdict.faulted, verdict.findings[0].rule) == ("hold", True, "halt")


def test_a_halt_holds_where_the_policy_does_not_load(project: Path) -> None:
    (project / "p.rtm").write_text("policy")
    with Gate.open(project) as opened:
        stop(opened)
        verdict = opened.check(SHIRTS | {"message_class": "safety"}, QUIET, NOW)
    assert verdict.verdict == "hold"
    assert rules(verdict)[:2] == ["halt", "fault.policy"]
    assert "ann (nothing proves who that is) halted everything" in verdict.findings[0].because


def test_a_test_of_the_policy_knows_no_halt(project: Path) -> None:
    from rtm_gate.gate.testing.run import every_test, run_test

    with (project / "p.rtm").open("a") as file:
        file.write('test "goes" { draft { platform x kind planned text "Hello." } expect go }\n')
    with Gate.open(project) as opened:
        stop(opened)
        assert [run_test(opened, test).failures for test in every_test(opened.policy)] == [()]


# ---- the record of a project --------------------------------------------------------------------------------------------


def test_killed_and_opened_again_the_halt_is_there(project: Path) -> None:
    with Gate.open(project) as opened:
        assert opened.check(SHIRTS, QUIET, NOW).verdict == "go"
        stop(opened, "platform:x")
        assert opened.check(SHIRTS, QUIET, NOW).verdict == "hold"
    with Gate.open(project) as opened, Gate.open(project) as other:
        assert opened.check(SHIRTS, QUIET, NOW).verdict == "hold"
        assert opened.check(SHIRTS | {"platform": "email"}, QUIET, NOW).verdict == "go"
        other.halts.resume(scopes=None, reason="over", people=["bob", "cid"], now=NOW)
        assert opened.check(SHIRTS, QUIET, NOW).verdict == "go"


def test_a_project_without_a_store_makes_none_to_be_judged(project: Path) -> None:
    with Gate.open(project) as opened:
        assert opened.check(SHIRTS, QUIET, NOW).verdict == "go"
        with pytest.raises(ValueError, match="nothing is halted"):
            opened.halts.resume(scopes=None, reason="over", people=["bob"], now=NOW)
        with pytest.raises(ValueError, match="reason is empty"):
            opened.halts.halt(scopes=(), reason="", person="ann", now=NOW)
        assert open_ledger(opened.project) is None
    assert sorted(file.name for file in project.iterdir()) == ["p.rtm", "rtm-gate.toml"]


def _no_store(project: Path) -> None:
    (project / "rtm-gate.db").unlink()


def _another_store(project: Path) -> None:
    _no_store(project)
    with Gate.open(project) as opened:
        opened.project_news.store()


def _no_database(project: Path) -> None:
    _no_store(project)
    (project / "rtm-gate.db").write_text("nonsense " * 1000)


def _changed(project: Path) -> None:
    database = connect(Address.of(project / "rtm-gate.db"))
    with database.writing.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_never_changes")
        connection.exec_driver_sql("UPDATE entry SET kind = 'mask'")
        connection.exec_driver_sql("UPDATE entry SET kind = 'halt', said = '{}'")
    database.close()


def _no_head(project: Path) -> None:
    (project / "ledger.head").write_text("{")


@pytest.mark.parametrize("way", [_no_store, _another_store, _no_database, _changed, _no_head])
def test_a_record_that_cannot_be_read_is_a_fault_and_never_a_go(project: Path, way: Any) -> None:
    with Gate.open(project) as opened:
        stop(opened, "platform:sms")
    way(project)
    with Gate.open(project) as opened:
        verdict = opened.check(SHIRTS | {"message_class": "safety"}, QUIET, NOW)
    assert (verdict.verdict, verdict.faulted, rules(verdict)) == ("hold", True, ["fault.store"])


DUE = SHIRTS | {"scheduled_at": stamp(NOW - HOUR)}


@pytest.mark.parametrize(
    ("draft", "scope", "ended", "word"),
    [
        (DUE, "all", NOW - HOUR / 2, "hold"),
        (DUE, "platform:x", NOW, "hold"),
        (DUE, "platform:email", NOW, "go"),
        (DUE, "all", NOW - HOUR, "go"),  # it was over just as the draft was due
        (DUE | {"kind": "transactional", "message_class": "safety"}, "all", NOW, "go"),
        (SHIRTS, "all", NOW, "go"),
        (SHIRTS | {"scheduled_at": stamp(NOW + HOUR)}, "all", NOW, "go"),
    ],
)
def test_what_was_due_while_it_was_halted(small: Gate, draft: dict[str, Any], scope: str, ended: datetime, word: str) -> None:
    over = Over(Halt(1, parse_scope(scope), "a leak", "ann", NOW - 2 * HOUR, None, True), ended)
    verdict = small.examine(draft, QUIET, NOW, on_record=OnRecord(over=(over,))).verdict
    assert verdict.verdict == word
    said = [(finding.rule, finding.title) for finding in verdict.deciding]
    assert said == ([("halt", "Due while it was halted")] if word == "hold" else [])
