"""What a gate answers is a verdict in every way, and can be shown as a page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rtm_gate import Gate
from rtm_gate.gate.answer import Answer
from rtm_gate.model.verdict import Verdict

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
POLICY = """policy "Own" { language 1  owner "o@example.com" }

rule sales "Nothing is sold" {
  when draft.sells
  then no-go
  because "We are closed."
}
"""
DRAFT = {"text": "Buy now: 20% off!", "platform": "x", "kind": "planned", "id": "sale"}


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    (tmp_path / "own.rtm").write_text(POLICY)
    with Gate.open(tmp_path / "own.rtm") as gate:
        return gate.check(DRAFT, now=NOW)


def test_it_is_a_verdict(answer: Answer) -> None:
    read = Verdict.model_validate_json(answer.to_json())
    assert answer == read
    assert read == answer
    assert answer != read.model_copy(update={"verdict": "go"})
    assert answer.to_json() == read.to_json()


def test_its_page_shows_the_draft_and_the_policy(answer: Answer) -> None:
    html = answer.to_html()
    assert "20% off" in html
    assert "own.rtm:3" in html
    assert '<ol class="source" start="3">' in html
    assert "We are closed." in html


def test_the_same_question_gives_the_same_page(answer: Answer, tmp_path: Path) -> None:
    with Gate.open(tmp_path / "own.rtm") as gate:
        again = gate.check(DRAFT, now=NOW)
    pages = [one.model_copy(update={"timings_ms": {}}).to_html() for one in (answer, again)]
    assert pages[0] == pages[1]


def test_a_policy_that_does_not_load_has_a_page_too(tmp_path: Path) -> None:
    (tmp_path / "bad.rtm").write_text('rule r "R" { when draft.platfrom is x then no-go because "b" }\n')
    with Gate.open(tmp_path / "bad.rtm") as gate:
        html = gate.check(DRAFT, now=NOW).to_html()
    assert "something in the gate itself failed" in html
    assert "The policy does not load" in html
