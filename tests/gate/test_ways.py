"""The ways to a go: what is told was tried, the smallest comes first, and where nothing helps nothing is said to help."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtm_gate import Gate
from rtm_gate import news as newsroom
from rtm_gate.gate.ways import MOST_TRIED, ways_to_go
from rtm_gate.model.draft import Draft, read_draft
from rtm_gate.model.news import News
from rtm_gate.model.verdict import Verdict

TABLE = tomllib.loads((Path(__file__).parent / "ways.toml").read_text(encoding="utf-8"))
NOW: datetime = TABLE["now"].astimezone(UTC)
CASES: list[dict[str, Any]] = TABLE["case"]


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    with Gate.open() as opened:
        yield opened


def world(gate: Gate, name: str | None) -> News:
    told = TABLE["wires"].get(name, {})
    stories = [newsroom.headline(text, outlet, NOW - timedelta(hours=1)) for outlet, text in told.items()]
    read = gate.news([], now=NOW, stories=stories)
    return News(True, read.situations, (newsroom.healthy("wires", NOW),), read.snapshot)


def draft_of(case: dict[str, Any]) -> Draft:
    given = {"id": "d", "text": case["text"], "platform": "x", "kind": case.get("kind", "planned"), "regions": case.get("regions", ["GB"])}
    return read_draft(given | case.get("draft", {}))[0]


def holds_what_it_says(gate: Gate, draft: Draft, news: News) -> Verdict:
    """Every draft of every way, judged as anybody would judge it, has the verdict that was told."""
    examined = gate.examine(draft, news, NOW)
    tried = []
    judge = gate.again(examined.scene)

    def counted(edited: Draft, then: datetime) -> Verdict | None:
        tried.append(edited)
        return judge(edited, then)

    ways = ways_to_go(examined.verdict, examined.scene, counted, gate.sentences)
    assert len(tried) <= MOST_TRIED
    assert len({way.told.change for way in ways}) == len(ways)
    for way in ways:
        for edited, then, word in way.steps:
            assert gate.check(edited, newsroom.ahead(news, NOW, then), then).verdict == word
            assert any(char.isalpha() for part in edited.text for char in part) or edited.text == draft.text
        first = way.steps[0][0]
        assert (way.told.text or draft.text) == first.text
        assert (way.told.regions or draft.regions) == first.regions
        assert way.told.verdict == way.steps[0][2]
        assert way.told.verdict == "go" or way.told.then
        assert way.steps[-1][2] == "go" or way.told.then.startswith("still: ")
    verdict = gate.check(draft, news, NOW)
    assert verdict.to_go == tuple(way.told for way in ways)
    if verdict.verdict == "go":
        assert not tried
        assert "to_go" not in verdict.timings_ms
    return verdict


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_told(gate: Gate, case: dict[str, Any]) -> None:
    verdict = holds_what_it_says(gate, draft_of(case), world(gate, case.get("news")))
    assert verdict.verdict == case.get("was", "go")
    if "ways" in case:
        told = [json.loads(way.model_dump_json()) for way in verdict.to_go]
        assert [{key: way[key] for key in wanted} for way, wanted in zip(told, case["ways"], strict=False)] == case["ways"]
        assert len(told) == len(case["ways"])
        assert [way["then"] for way in told] == [wanted.get("then", "") for wanted in case["ways"]]


def test_what_is_struck_is_what_goes(gate: Gate) -> None:
    case = next(case for case in CASES if "small word" in case["name"])
    way = gate.check(draft_of(case), world(gate, case["news"]), NOW).to_go[0]
    assert [(cut.field, cut.text, case["text"][cut.start : cut.end]) for cut in way.removed] == [("text", "by #Sandy", "by #Sandy")]


LINES = (
    "Take a look at our shirts.", "Killer savings on every sofa!", "Shop now: 20% off.", "#Sandy", "by #WhyIStayed,", "See you in Denver.", "\n", "😀",
    "Clinically proven to cure back pain.", "#ad", "https://acme.example/a", "We are sorry about the parcel.", "日本", "RIP.", "Stay safe",
)  # fmt: skip


@settings(max_examples=40)
@given(
    lines=st.lists(st.sampled_from(LINES), min_size=1, max_size=5),
    kind=st.sampled_from(("planned", "reactive", "reply", "statement")),
    regions=st.sampled_from(([], ["GB"], ["US-NJ", "US-NY"], ["US"])),
    news=st.sampled_from((None, "sandy", "denver")),
    sponsored=st.booleans(),
)
def test_every_way_is_true(gate: Gate, lines: list[str], kind: str, regions: list[str], news: str | None, sponsored: bool) -> None:
    text = " ".join(lines)
    if text.strip():
        draft = {"text": text, "kind": kind, "regions": regions, "draft": {"sponsored": {"partner": "Glow"}} if sponsored else {}}
        verdict = holds_what_it_says(gate, draft_of(draft), world(gate, news))
        for way in verdict.to_go:
            if "#ad" in lines and way.text:
                assert any("#ad" in part for part in way.text)


def test_the_same_question_has_the_same_ways(gate: Gate) -> None:
    case = next(case for case in CASES if case["name"].startswith("half a dozen"))
    one, other = (gate.check(draft_of(case), world(gate, case["news"]), NOW).model_copy(update={"timings_ms": {}}).to_json() for _ in range(2))
    assert one == other


def test_a_search_that_fails_changes_nothing_else(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    case = next(case for case in CASES if case["name"] == "one line is enough")
    news = world(gate, case["news"])
    whole = gate.check(draft_of(case), news, NOW)

    def broken(*_: object) -> Any:
        raise RuntimeError("it broke")

    monkeypatch.setattr("rtm_gate.gate.gate.ways_to_go", broken)
    verdict = gate.check(draft_of(case), news, NOW)
    assert verdict.to_go == ()
    assert any("it broke" in warning for warning in verdict.warnings)
    same: dict[str, Any] = {"to_go": (), "warnings": (), "timings_ms": {}}
    assert verdict.model_copy(update=same).to_json() == whole.model_copy(update=same).to_json()


def test_a_fault_of_the_gate_has_no_way(gate: Gate) -> None:
    broken = News(True, (), (), "", fault="the disk is full", failed="store")
    verdict = gate.check(draft_of(CASES[0]), broken, NOW)
    assert (verdict.verdict, verdict.faulted, verdict.to_go) == ("hold", True, ())
