"""The standard policy judges the project's own cases: in a quiet world, and with 300 ordinary stories beside them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import jsonschema
import pytest

from rtm_gate import Gate
from rtm_gate.gate.testing.cases import CaseResult, judge_case, summary

from .conftest import Judged

pytestmark = pytest.mark.xdist_group("cases")


@pytest.fixture(scope="module")
def results(judged: dict[str, Judged]) -> list[CaseResult]:
    return [one.result for one in judged.values()]


def test_every_case_is_judged_without_a_fault(results: list[CaseResult]) -> None:
    assert [r.id for r in results if r.verdict is None or r.verdict.faulted] == []


def test_nothing_that_must_not_go_goes(results: list[CaseResult]) -> None:
    assert [r.id for r in results if r.expect == "no-go" and r.word == "go"] == []


def test_exactly_as_expected(results: list[CaseResult], capsys: pytest.CaptureFixture[str]) -> None:
    """A case that is known to come out otherwise says why in `known`."""
    totals = summary(results)
    with capsys.disabled():
        shares = ", ".join(f"{word} {row['exact']}/{row['cases']}" for word, row in totals["by_expect"].items())
        print(f"\nown cases: {totals['exact']} of {totals['cases']} exactly as expected ({shares})")
        print(f"the finding a brand lead would name: {totals['named']['named']} of {totals['named']['cases']}")
    assert [(r.id, r.wanted, r.came, r.problem) for r in results if r.failed] == []


def test_the_two_of_a_pair_differ(results: list[CaseResult]) -> None:
    from .expand import load_cases

    words = {r.id: r.word for r in results if not r.known}
    pairs = [(case.id, case.pair) for case in load_cases() if case.pair]
    assert [pair for pair in pairs if {*pair} <= words.keys() and words[pair[0]] == words[pair[1]]] == []


def test_drafts_and_verdicts_are_what_their_schemas_say(results: list[CaseResult], case_folders: Path) -> None:
    schemas = Path(__file__).parents[2] / "docs" / "schemas"
    draft, verdict = (jsonschema.Draft202012Validator(json.loads((schemas / f"{name}.json").read_text(encoding="utf-8"))) for name in ("draft", "verdict"))
    for result in results:
        assert [error.message for error in draft.iter_errors(json.loads((case_folders / result.id / "draft.json").read_text(encoding="utf-8")))] == []
        assert result.verdict is not None
        assert [error.message for error in verdict.iter_errors(json.loads(result.verdict.to_json()))] == [], result.id


SAMPLE = 1 if os.environ.get("RTM_GATE_SOAK") else 5
"""Every fifth harmless case; all of them in `make soak`."""


def test_what_is_harmless_goes_in_a_noisy_world_too(case_folders: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """300 stories of wars and disasters elsewhere, business, celebrities and sport stop at most one harmless post in ten."""
    from .background import background
    from .expand import load_cases

    going = [case for case in load_cases() if case.expect == "go" and case.background][::SAMPLE]
    with Gate.open() as gate:
        for case in going:
            folder = shutil.copytree(case_folders / case.id, tmp_path / case.id)
            for name, text in background(case.now).items():
                (folder / "feeds" / f"background-{name}.xml").write_text(text, encoding="utf-8")
        stopped = [r.id for case in going if (r := judge_case(gate, tmp_path / case.id)).word != "go"]
    with capsys.disabled():
        print(f"\nown harmless cases with 300 stories beside them: {len(going) - len(stopped)} of {len(going)} go; stopped: {', '.join(stopped) or 'none'}")
    assert len(stopped) * 10 <= len(going)
