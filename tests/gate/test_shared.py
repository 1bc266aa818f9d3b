"""Why a draft touches the news, with the evidence on both sides, from headlines to the verdict; and that on another day it goes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rtm_gate import Gate
from rtm_gate import news as newsroom
from rtm_gate.model.news import News
from rtm_gate.model.verdict import Verdict

TABLE = tomllib.loads((Path(__file__).parent / "shared.toml").read_text(encoding="utf-8"))
NOW: datetime = TABLE["now"].astimezone(UTC)


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    with Gate.open() as opened:
        yield opened


def judged(gate: Gate, case: dict[str, Any], told: dict[str, str]) -> Verdict:
    stories = [newsroom.headline(text, outlet, NOW - timedelta(hours=2 - n)) for n, (outlet, text) in enumerate(told.items())]
    read = gate.news([], now=NOW, stories=stories)
    draft = {"text": case["text"], "platform": "x", "kind": "planned", "regions": case.get("regions", ["GB"]), "account": case.get("account", {"id": "a"})}
    return gate.check(draft, News(True, read.situations, (newsroom.healthy("wires", NOW),), read.snapshot), NOW)


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["name"])
def test_both_sides_are_shown(gate: Gate, case: dict[str, Any]) -> None:
    verdict = judged(gate, case, case["news"])
    assert verdict.verdict == case["was"]
    rows = {row["id"]: row for finding in verdict.findings for row in finding.evidence if row["kind"] == "situation"}
    if "shared" not in case:
        assert not rows
        return
    (row,) = rows.values()
    assert row["relation"] == case["relation"]
    wanted = [one for one in row["shared"] if one["kind"] in {shared["kind"] for shared in case["shared"]}]
    assert [{key: one[key] for key in case["shared"][0]} for one in wanted] == case["shared"]
    for one in row["shared"]:
        if one["kind"] != "region":
            assert case["text"][one["start"] : one["end"]].lower() in one["draft"].lower()
            assert one["source"] in case["news"]
            assert one["news"].lower() in case["news"][one["source"]].lower()


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["name"])
def test_on_another_day_it_goes(gate: Gate, case: dict[str, Any]) -> None:
    assert judged(gate, case, {"Wire A": "Library opens on Sundays", "Daily B": "Council approves bike lanes"}).verdict == "go"
