"""Verdicts that somebody keeps: each was given by the gate, with the draft it judged, and is never written anew.

A verdict lies in ledgers and tickets for years. A later gate reads it, shows it, and its schema still allows it.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError
from rich.console import Console

from rtm_gate.model.draft import Draft, read_draft
from rtm_gate.model.verdict import Verdict
from rtm_gate.verdict.render import to_markdown, to_text

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE.parents[1] / "docs" / "schemas" / "verdict.json").read_text(encoding="utf-8"))
BROKEN = "a stored verdict of version 1 can no longer be read: give new fields a default or raise the version"
STORED = sorted((HERE / "stored").glob("*.json"), key=lambda file: file.stem)


def read(stored: dict[str, Any]) -> tuple[Verdict, Draft]:
    try:
        return Verdict.model_validate_json(json.dumps(stored["verdict"])), read_draft(stored["draft"])[0]
    except ValidationError as error:
        pytest.fail(f"{BROKEN}\n{error}")


def keeps(again: Any, before: Any) -> bool:
    """Everything that was there is there again; a later gate may add keys."""
    if isinstance(before, dict):
        return all(key in again and keeps(again[key], value) for key, value in before.items())
    if isinstance(before, list):
        return len(again) == len(before) and all(map(keeps, again, before))
    return bool(again == before)


@pytest.fixture(params=STORED, ids=lambda file: file.stem)
def stored(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.param.read_text(encoding="utf-8"))
    return found


def test_every_sort_of_verdict_is_kept() -> None:
    verdicts = [read(json.loads(file.read_text(encoding="utf-8")))[0] for file in STORED]
    findings = [finding for verdict in verdicts for finding in verdict.findings]
    assert {verdict.verdict for verdict in verdicts} == {"go", "hold", "no-go"}
    assert {finding.status for finding in findings} >= {"active", "lifted", "shadow"}
    assert {finding.kind for finding in findings} == {"rule", "fault", "advice"}
    assert any(finding.assumed for finding in findings)
    assert any(verdict.approvals.ignored and verdict.approvals.counted for verdict in verdicts)


def test_it_is_read_and_nothing_is_lost(stored: dict[str, Any]) -> None:
    verdict, draft = read(stored)
    assert keeps(json.loads(verdict.to_json()), stored["verdict"])
    assert draft.content_hash() == verdict.content_hash


def test_the_schema_allows_it(stored: dict[str, Any]) -> None:
    faults = [f"{error.json_path}: {error.message}" for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(stored["verdict"])]
    assert faults == [], BROKEN


def test_it_is_shown(stored: dict[str, Any]) -> None:
    verdict, draft = read(stored)
    out = io.StringIO()
    Console(file=out, width=120, color_system=None).print(to_text(verdict, draft))
    markdown = to_markdown(verdict, draft)
    for shown in (out.getvalue(), markdown):
        assert verdict.verdict.upper() in shown.upper()
        for finding in verdict.findings:
            assert " ".join(finding.because.split()[:3]) in " ".join(shown.replace("\\", "").split())


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"schema": "rtm-gate/verdict/2"}, "$.schema"),
        ({"verdict": "maybe"}, "$.verdict"),
        ({"headline": "a" * 141}, "$.headline"),
        ({"findings": [{"rule": "r", "effect": "no-go", "title": "t"}]}, "$.findings[0]"),
        ({"policy": {"name": "p"}}, "$.policy"),
        ({"retry_after": 5}, "$.retry_after"),
        ({"approvals": {"counted": [{"person": "a", "role": "b", "at": "c", "evidence": "hearsay"}]}}, "$.approvals.counted[0].evidence"),
    ],
)
def test_the_schema_refuses_what_is_no_verdict(changes: dict[str, Any], at: str) -> None:
    verdict = json.loads((HERE / "stored" / "go.json").read_text(encoding="utf-8"))["verdict"]
    assert [error.json_path for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(verdict | changes)] == [at]
