"""A recorded verdict becomes a test that judges as the record says, in the layout of the language, or says that it does not."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtm_gate import Gate, language
from rtm_gate.desk.ledger import Ledger
from rtm_gate.gate.gate import NO_NEWS
from rtm_gate.gate.record import open_ledger
from rtm_gate.gate.record.marked import Marked, marked
from rtm_gate.gate.record.marked.block import LONGEST_NAME, named
from rtm_gate.gate.record.marked.case import CaseError
from rtm_gate.gate.record.marked.parts import ago, lost, number, quoted
from rtm_gate.gate.record.marked.tried import tried
from rtm_gate.gate.record.recorded import Recorded, recorded
from rtm_gate.gate.testing.cases import NEWS, judge_case
from rtm_gate.gate.testing.run import run_test
from rtm_gate.language.layout import formatted
from rtm_gate.model.draft import read_draft
from rtm_gate.model.record import Entry
from rtm_gate.model.verdict import VerdictWord
from tests.cases.expand import load_cases, write_cases
from tests.databases import postgresql, store_address
from tests.pages import DOCS

__all__ = ["postgresql", "store_address"]

NOW = datetime(2026, 3, 10, 18, tzinfo=UTC)
FEED = """<rss version="2.0"><channel><title>{name}</title><item><title>{title}</title><guid>{title}</guid><pubDate>Tue, 10 Mar 2026 {hour}:00:00 GMT</pubDate>
</item></channel></rss>"""
POLICY = """policy "Own" { language 1 owner "o@example.com" audience US roles manager, legal otherwise go }

rule mourning "Silence" {
  when    any situation where topic is tragedy and severity at least major and touches region
  then    no-go
  because "People died."
}
"""
DRAFT: dict[str, Any] = {
    "id": "d-1", "text": "Our linen shirts are back.", "platform": "x", "kind": "planned", "author": {"id": "sam"}, "regions": ["US-CO"],
    "approvals": [{"person": "lee", "role": "manager", "at": "2026-03-10T17:00:00Z"}],
}  # fmt: skip
OTHER: dict[str, VerdictWord] = {"go": "hold", "hold": "no-go", "no-go": "go"}
SAMPLE = 4 if os.environ.get("RTM_GATE_SOAK") else 90
"""Every ninetieth of the project's own cases; every fourth in `make soak`."""


@pytest.fixture
def project(tmp_path: Path, store_address: str) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    for name, title, hour in (("Wire One", "Gunman kills six at a mall in Denver, police say", 16), ("City Daily", "Six dead in Denver mall shooting", 17)):
        (folder / f"{name}.xml").write_text(FEED.format(name=name, title=title, hour=hour))
    (folder / "own.rtm").write_text(POLICY)
    (folder / "rtm-gate.toml").write_text(f"policy = 'own.rtm'\nfeeds = ['*.xml']\nrecord = true\nstore = '{store_address}'\n")
    return folder


def checked(project: Path, draft: dict[str, Any] = DRAFT, now: datetime = NOW) -> tuple[Ledger, Entry]:
    """The ledger, and the row of a new verdict."""
    with Gate.open(project) as gate:
        gate.check(draft, now=now)
        ledger = open_ledger(gate.project)
    assert ledger is not None
    return ledger, ledger.latest(1, "verdict")[0]


def made(project: Path, ledger: Ledger, row: Entry, should: VerdictWord, cases: Path | None = None) -> Marked:
    with Gate.open(project) as gate:
        return marked(gate, ledger, row, should, "It was wrong.", cases)


def results(policy: Path) -> list[bool]:
    with Gate.open(policy) as gate:
        assert gate.loaded.errors == ()
        return [run_test(gate, test).passed for test in gate.policy.tests]


# ---- pasted into the policy -----------------------------------------------------------------------------------------------


def test_it_fails_until_the_rule_is_changed(project: Path) -> None:
    ledger, row = checked(project)
    found = made(project, ledger, row, "hold")
    ledger.close()
    assert (found.same, found.warnings) == (True, ())
    (project / "own.rtm").write_text(POLICY + "\n" + found.text)
    assert results(project / "own.rtm") == [False]
    (project / "own.rtm").write_text((POLICY + "\n" + found.text).replace("then    no-go", "then    hold"))
    assert results(project / "own.rtm") == [True]
    assert [one.code for one in language.load(project / "own.rtm", NOW.date()).diagnostics if one.at.line > POLICY.count("\n")] == []


def test_what_the_policy_says_by_now_passes(project: Path) -> None:
    """It is judged with the policy of the record, and the one of now is asked too."""
    ledger, row = checked(project)
    (project / "own.rtm").write_text(POLICY.replace("then    no-go", "then    hold"))
    found = made(project, ledger, row, "hold")
    ledger.close()
    assert (found.same, found.warnings) == (True, ("the policy as it is now comes to hold already: the test passes",))
    (project / "own.rtm").write_text((project / "own.rtm").read_text() + "\n" + found.text)
    assert results(project / "own.rtm") == [True]


def test_what_the_policy_of_now_does_not_take_is_said(project: Path) -> None:
    topic = 'topic tea_talk "Tea" { terms "teatime" must match "teatime" must not match "coffee" }\n'
    (project / "own.rtm").write_text(POLICY + topic)
    ledger, row = checked(project, DRAFT | {"account": {"id": "acme", "core_issues": ["tea_talk", "clean rivers"]}})
    (project / "own.rtm").write_text(POLICY)
    found = made(project, ledger, row, "hold")
    ledger.close()
    assert found.warnings == (
        "no test can say a core issue that is no topic: `clean rivers` is left out",
        "the policy does not take `core_issues tea_talk` (there is no topic `tea_talk`): account.core_issues is left out",
    )
    (project / "own.rtm").write_text(POLICY + found.text)
    assert results(project / "own.rtm") == [False]


def test_a_policy_that_the_record_has_lost(project: Path) -> None:
    ledger, row = checked(project)
    (project / "own.rtm").write_text(POLICY.replace("then    no-go", "then    hold"))
    with Gate.open(project) as gate:
        one = recorded(ledger, row)
        assert one.policy != gate.policy.digest
    lost = row.said.replace(one.policy, "sha256:0")
    ledger.add(NOW, "verdict", "d-2", json.loads(lost), json.loads(row.told or ""))
    found = made(project, ledger, ledger.latest(1)[0], "hold")
    ledger.close()
    assert not found.same
    assert found.warnings[0].startswith("the policy it was made with cannot be read from the record")
    assert "comes to hold from mourning" in found.warnings[1]
    assert "the record says no-go from mourning" in found.warnings[1]


# ---- what no test can say -------------------------------------------------------------------------------------------------


def test_a_halt_is_not_of_the_policy(project: Path, tmp_path: Path) -> None:
    ledger, _ = checked(project)
    ledger.add(datetime.now(UTC) - timedelta(hours=1), "halt", "all", {"scope": "all", "reason": "storm", "until": None, "proven": True}, {"person": "ann"})
    ledger.close()
    ledger, row = checked(project, now=datetime.now(UTC))
    found = made(project, ledger, row, "go", tmp_path / "cases")
    ledger.close()
    assert "halt" in row.said
    assert not found.same
    assert "a halt stopped it, which no test of a policy can state" in found.warnings
    assert any(one.startswith("the test comes to ") for one in found.warnings)
    assert any(one.startswith("the case comes to ") for one in found.warnings)


def test_a_row_without_a_draft_makes_no_test(project: Path) -> None:
    ledger, _ = checked(project)
    row = ledger.add(NOW, "verdict", "d-2", {"verdict": "go", "rules": []}, {"text": "Hello."})
    found = made(project, ledger, row, "hold")
    ledger.close()
    assert found == Marked("", False, None, (f"row {row.id} holds no draft as the gate writes it: no test can be made of it",))


def test_news_that_is_lost_is_said(project: Path) -> None:
    ledger, row = checked(project)
    said = json.loads(row.said) | {"news": "0" * 64}
    lost = ledger.add(NOW, "verdict", "d-2", said, json.loads(row.told or ""))
    found = made(project, ledger, lost, "hold")
    ledger.close()
    assert not found.same
    assert found.warnings[0] == f"the news of row {lost.id} cannot be read (the record does not have it): the test has none"
    assert found.warnings[-1] == "keep it as a case instead: `--case DIR`, with --dry-run if it is marked already"


# ---- cases ----------------------------------------------------------------------------------------------------------------


def test_a_case_is_judged_like_the_record(project: Path, tmp_path: Path) -> None:
    ledger, row = checked(project, DRAFT | {"text": "Our linen\nshirts are back.", "facts": [{"text": "It is linen."}]})
    found = made(project, ledger, row, "hold", tmp_path / "cases")
    assert found.case == tmp_path / "cases" / f"d-1-row-{row.id}"
    assert found.warnings == (
        "no test can say which facts it states: `facts` is left out",
        "a text of a policy stands on one line, in plain sight: in `text` line breaks are blanks",
    )
    assert sorted(file.name for file in found.case.iterdir()) == ["case.json", "draft.json", NEWS]
    with Gate.open(project) as gate:
        result = judge_case(gate, found.case)
        assert (result.id, result.expect, result.why, result.problem) == (f"d-1-row-{row.id}", "hold", "It was wrong.", "")
        assert result.verdict is not None
        assert {**result.verdict.model_dump(), "timings_ms": 0} == {
            **gate.examine(recorded(ledger, row).draft, recorded(ledger, row).news, NOW).verdict.model_dump(),
            "timings_ms": 0,
        }
    with pytest.raises(CaseError, match="is there already"):
        made(project, ledger, row, "hold", tmp_path / "cases")
    ledger.close()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[" * 100_000])
def test_news_of_a_case_that_are_none(project: Path, tmp_path: Path, content: bytes) -> None:
    ledger, row = checked(project)
    found = made(project, ledger, row, "hold", tmp_path)
    ledger.close()
    assert found.case is not None
    (found.case / NEWS).write_bytes(content)
    with Gate.open(project) as gate:
        result = judge_case(gate, found.case)
    assert (result.verdict, result.failed) == (None, True)
    assert "news in the record cannot be read" in result.problem


def test_a_case_that_cannot_be_written(project: Path, tmp_path: Path) -> None:
    ledger, row = checked(project)
    (tmp_path / "file").write_text("")
    with pytest.raises(CaseError, match="cannot be written"):
        made(project, ledger, row, "hold", tmp_path / "file")
    ledger.close()


# ---- of many drafts -------------------------------------------------------------------------------------------------------


def test_a_test_of_a_recorded_verdict_judges_alike_or_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Real drafts under the standard policy: what `rtm-gate ledger mark` prints is canonical, is taken, and comes to the verdict of the record."""
    (tmp_path / "rtm-gate.toml").write_text("record = true\n")
    same, told = 0, {}
    with Gate.open(tmp_path) as gate:
        folders = write_cases(tmp_path / "cases", frozenset(case.id for case in load_cases()[::SAMPLE]))
        for folder in folders:
            case, draft = (json.loads((folder / name).read_text(encoding="utf-8")) for name in ("case.json", "draft.json"))
            now = datetime.fromisoformat(case["now"])
            gate.check(draft, gate.news(sorted(map(str, (folder / "feeds").glob("*"))), now=now), now)
        ledger = open_ledger(gate.project)
        assert ledger is not None
        with ledger:
            for row in ledger.rows(kind="verdict"):
                one = recorded(ledger, row)
                found = marked(gate, ledger, row, OTHER[one.verdict], "It was wrong.")
                assert formatted(found.text, "marked").text == found.text
                right = re.sub(r"\bexpect( +)\S+\n}", rf"expect\g<1>{one.verdict}\n}}", found.text)
                loaded = language.load(gate.project.policy, lint=False, pasted=found.text + right)
                assert loaded.policy is not None, loaded.diagnostics
                marks, holds = (run_test(gate, test).passed for test in loaded.policy.tests[-2:])
                assert (marks, holds) == (False, True) or not found.same
                same += found.same
                if not found.same:
                    told[row.subject] = [one for one in found.warnings if one.startswith("the test comes to ")]
    with capsys.disabled():
        print(f"\nrecorded verdicts that a test block reproduces, rule for rule: {same} of {len(folders)}")
    assert all(told.values())
    assert same >= len(folders) * 0.98


def test_every_key_of_a_draft_is_said_or_named() -> None:
    """The draft of the page that uses every key."""
    found = re.search(r"```json\n(.*?)```", (DOCS / "draft.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    draft = read_draft(json.loads(found[1]))[0]
    now = datetime(2026, 11, 10, 14, 50, tzinfo=UTC)
    with Gate.open() as gate:
        verdict = gate.examine(draft, NO_NEWS, now).verdict
        one = Recorded(1, draft, NO_NEWS, now, verdict.verdict, frozenset(f.rule for f in verdict.deciding), frozenset(), "")
        made = tried(gate, one, "go", "why")
    assert made is not None
    assert made.same
    assert made.warnings == (
        "no test can say which facts it states: `facts` is left out",
        "no test can say the slots of a template: `template.slots` is left out",
    )
    said = made.block.text
    assert [key for key in draft.model_fields_set - {"id", "facts"} if not re.search(rf"\b({_CALLED.get(key, key)})\b", said)] == []


_CALLED = {
    "message_class": "class", "approvals": "approval", "checks": "check", "scores": "score", "checklist": "answer", "hashtag_context": "hashtag",
    "claims": "claim",
}  # fmt: skip


STRANGE = st.lists(
    st.sampled_from(
        ["hold", "at", "no-go", "5 hours", "US", 'a"b', "c\\", "{", "}", "#tag", "# c", "\u00e9", "x.y", "2026-01-01", "3x", "\u202e", "\n", "\x00", "\ud7ff"]
    ),
    min_size=1, max_size=4,
).map(" ".join)  # fmt: skip
NUMBER = st.sampled_from([0, 2, 0.1, 1 / 3, 1e-7])
STRANGE_DRAFT = st.fixed_dictionaries(
    {"text": st.lists(STRANGE, min_size=1, max_size=2), "platform": st.sampled_from(["x", "at", "hold"]), "kind": st.sampled_from(["planned", "reactive"])},
    optional={
        "id": STRANGE, "origin": STRANGE, "stage": STRANGE, "language": STRANGE, "trending": st.lists(STRANGE, max_size=2),
        "links": st.lists(STRANGE, max_size=1),
        "similar_posts": st.sampled_from([0, 5, 10**9]), "author": st.fixed_dictionaries({"id": STRANGE, "role": STRANGE}),
        "account": st.fixed_dictionaries({"id": STRANGE, "brand": STRANGE, "core_issues": st.lists(STRANGE, max_size=2)}),
        "approvals": st.lists(st.fixed_dictionaries({"person": STRANGE, "role": STRANGE, "at": st.just("2026-03-10T17:00:00.5Z")}), max_size=2),
        "scores": st.lists(st.fixed_dictionaries({"person": STRANGE, "relevance": NUMBER, "interest": NUMBER}), max_size=2),
        "checks": st.dictionaries(STRANGE, st.fixed_dictionaries({"person": STRANGE}), max_size=1),
        "checklist": st.dictionaries(STRANGE, st.fixed_dictionaries({"answer": st.sampled_from(["yes", "no"])}), max_size=1),
        "hashtag_context": st.dictionaries(STRANGE, st.fixed_dictionaries({"uses_read": st.just(3), "sensitive_share": NUMBER}), max_size=1),
        "media": st.lists(st.fixed_dictionaries({"type": STRANGE, "alt": STRANGE, "previewed_by": st.lists(STRANGE, max_size=1)}), max_size=2),
        "template": st.fixed_dictionaries({"id": STRANGE, "slots": st.dictionaries(STRANGE, STRANGE, max_size=1)}), "claims": st.just([{"text": "c"}]),
        "audience": st.just({}), "sponsored": st.just({}), "trigger": st.fixed_dictionaries({"category": STRANGE, "mentions_per_hour": NUMBER}),
    },
)  # fmt: skip


@pytest.fixture(scope="module")
def own_gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    (tmp_path_factory.getbasetemp() / "strange.rtm").write_text(POLICY)
    with Gate.open(tmp_path_factory.getbasetemp() / "strange.rtm") as gate:
        yield gate


@settings(max_examples=40)
@given(value=STRANGE_DRAFT, reason=STRANGE)
def test_whatever_a_draft_says_a_policy_takes_it(own_gate: Gate, value: dict[str, Any], reason: str) -> None:
    draft = read_draft(value)[0]
    verdict = own_gate.examine(draft, NO_NEWS, NOW).verdict
    one = Recorded(1, draft, NO_NEWS, NOW, verdict.verdict, frozenset(f.rule for f in verdict.deciding), frozenset(), "")
    made = tried(own_gate, one, "go", reason)
    assert made is not None
    assert formatted(made.block.text, "marked").text == made.block.text
    assert language.load(own_gate.project.policy, pasted=made.block.text).policy is not None
    assert made.same or made.came


# ---- words ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds ago"),
        (59, "59 seconds ago"),
        (90, "90 seconds ago"),
        (600, "10 minutes ago"),
        (7200, "2 hours ago"),
        (7261, "121 minutes ago"),
        (86400, "1 day ago"),
        (-5, "0 seconds ago"),
    ],
)
def test_ages(seconds: int, said: str) -> None:
    assert ago(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    ("value", "said"), [(3, "3"), (2.0, "2"), (2.3, "2.3"), (0.1 + 0.2, "0.3"), (1 / 3, "0.333333"), (1e-9, "0"), (100, "100"), (1_000_000_000, "999999999")]
)
def test_numbers(value: float, said: str) -> None:
    assert number(value) == said


def test_texts_stand_on_one_line() -> None:
    assert quoted('a "b"\\\r\nc') == '"a \\"b\\"\\\\ c"'
    assert quoted("a\x1b[2J\u202eb 👩\u200d🚒") == '"a\ufffd[2J\ufffdb 👩\u200d🚒"'
    assert [lost(text) for text in ("a b", "a\nb", "a\x1b\u2028b")] == [
        "",
        "line breaks are blanks",
        "line breaks are blanks and invisible characters are replaced",
    ]
    assert named("d-1", "It is\n  wrong.") == "d-1: It is wrong."
    assert named("", "why") == "why"
    assert len(named("d-1", "x" * 200)) == LONGEST_NAME
