"""Whatever fails inside the gate, the answer is a hold that names it. Faults are injected at the seams between the rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from rtm_gate import Gate, news
from rtm_gate.model.news import News
from rtm_gate.model.rule import Match

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
QUIET = News(True, (), (news.healthy("wire", NOW),), "s")
DRAFT: dict[str, Any] = {"text": "Our linen shirts are back in stock.", "platform": "x", "kind": "planned"}


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    with Gate.open() as opened:
        yield opened


def broken(*_: object, **__: object) -> Any:
    raise RuntimeError("it broke")


def one_match_more(*_: object) -> tuple[Match, ...]:
    return (Match(0, (0,)),)


def one_match_less(*_: object) -> tuple[Match, ...]:
    return ()


def test_nothing_broken_goes(gate: Gate) -> None:
    assert gate.check(DRAFT, QUIET, NOW).verdict == "go"


@pytest.mark.parametrize(
    ("seam", "fault", "name"),
    [
        ("rtm_gate.gate.gate.build", broken, "facts"),
        ("rtm_gate.gate.gate.reference.match", broken, "engine"),
        ("rtm_gate.rules.Engine.match", broken, "engine"),
        ("rtm_gate.analysis.Analyser.read", broken, "analysis"),
    ],
)
def test_a_broken_part_holds_with_its_name(gate: Gate, monkeypatch: pytest.MonkeyPatch, seam: str, fault: Callable[..., Any], name: str) -> None:
    monkeypatch.setattr(seam, fault)
    verdict = gate.check(DRAFT | {"text": f"Our linen shirts, without {name}."}, QUIET, NOW)
    assert (verdict.verdict, verdict.faulted) == ("hold", True)
    assert verdict.findings[0].rule == f"fault.{name}"
    assert "it broke" in verdict.findings[0].because


def test_what_one_evaluator_misses_still_counts(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    sponsored = DRAFT | {"similar_posts": 60}
    assert gate.check(sponsored, QUIET, NOW).verdict == "no-go"
    monkeypatch.setattr("rtm_gate.rules.Engine.match", one_match_less)
    verdict = gate.check(sponsored, QUIET, NOW)
    assert verdict.verdict == "no-go"
    assert "fault.disagreement" in {f.rule for f in verdict.findings}


def test_a_disagreement_holds_and_names_the_blocks(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rtm_gate.gate.gate.reference.match", one_match_less)
    monkeypatch.setattr("rtm_gate.rules.Engine.match", lambda *_: gate_matches)
    gate_matches: tuple[Match, ...] = ()
    assert gate.check(DRAFT, QUIET, NOW).verdict == "go"
    real = next(n for n, rule in enumerate(gate.policy.rules) if len(rule.positives) == 1 and rule.positives[0].kind == "draft")
    gate_matches = (Match(real, (0,)),)
    verdict = gate.check(DRAFT, QUIET, NOW)
    assert verdict.verdict != "go"
    assert gate.policy.rules[real].block in next(f.because for f in verdict.findings if f.rule == "fault.disagreement")


def test_many_threads_one_gate(gate: Gate) -> None:
    from concurrent.futures import ThreadPoolExecutor

    texts = [f"Our linen shirts are back in stock, batch {n}." for n in range(64)]
    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(lambda text: gate.check(DRAFT | {"text": text}, QUIET, NOW), texts))
    assert {v.verdict for v in verdicts} == {"go"}
    assert not any(v.faulted for v in verdicts)
