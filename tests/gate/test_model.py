"""The trained pipeline of a project: named in every verdict, and a hold where it cannot be used."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import spacy

from rtm_gate import Gate, news
from rtm_gate.model.news import News

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
QUIET = News(True, (), (news.healthy("wire", NOW),), "s")
DRAFT: dict[str, Any] = {"text": "Our linen shirts are back in stock.", "platform": "x", "kind": "planned"}


def project(folder: Path, model: str) -> Path:
    (folder / "rtm-gate.toml").write_text(f'model = "{model}"\n', encoding="utf-8")
    return folder


def test_a_folder_of_the_project(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.meta["name"], nlp.meta["version"] = "house", "0.1"
    (tmp_path / "pipelines").mkdir()
    nlp.to_disk(tmp_path / "pipelines" / "house")
    with Gate.open(project(tmp_path, "pipelines/house")) as gate:
        verdict = gate.check(DRAFT, QUIET, NOW)
    assert verdict.verdict == "go"
    assert verdict.read_by.pipeline == "en_house 0.1"


def test_one_that_cannot_be_used_holds_everything(tmp_path: Path) -> None:
    with Gate.open(project(tmp_path, "no_such_pipeline")) as gate:
        verdict = gate.check(DRAFT, QUIET, NOW)
    assert verdict.verdict == "hold"
    assert [finding.rule for finding in verdict.deciding] == ["fault.model"]
    assert verdict.read_by.pipeline == ""
