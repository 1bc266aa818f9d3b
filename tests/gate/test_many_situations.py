"""Situations that no rule could be about are left out of a check: the verdict must be the same as with all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtm_gate import Gate, news, resources
from rtm_gate.facts import outlook
from rtm_gate.model.news import News

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PLACES = ("Leeds", "Texas", "Ontario", "Manila", "Puerto Rico", "Florida", "Ohio", "Hong Kong", "the north")
EVENTS = (
    "{n} dead after train crash near {place}", "Explosion rocks {place}, {n} killed", "Floods hit {place}", "Film star Rita Moreno dies at {n}0",
    "Protesters march in {place} over new law #Justice{n}", "Senate votes on abortion bill in {place}", "Acme recalls Acme Bar after {n} fall ill in {place}",
    "Acme shares fall {n} per cent", "Boltonia wins cup final in {place}", "Measles outbreak in {place} grows to {n}0 cases",
    "Jury finds {place} man guilty of murder",
    "War in {place}: {n} soldiers killed", "Boxing champion visits {place}", "Storm Elsa batters {place} #Elsa",
    "Ferry sinks off {place}, {n} dead", "Protesters block bridge in {place}",
)  # fmt: skip
TEXTS = (
    "Killer savings in {place} this weekend, 30% off Acme Bar", "Our hearts go out to all in {place} #Elsa", "A storm of reviews! #Justice3",
    "Explosive flavour, crash course in baking", "We stand with voters #Elsa", "New boots are in. Shop now",
    "Thank you Rita Moreno", "Take the ferry to {place}, it's bridge season", "Sorry about the delay, we are on it",
)  # fmt: skip
OWN_POLICY = """policy "Own" { language 1  owner "test"  stale news after 30 minutes hold }
rule quiet  { when draft is planned and no situation where topic is tragedy and severity at least major  then hold }
rule many   { when at least 3 situation where grave and touches region  then hold }
rule debate { when draft is planned and any situation where topic is politics and about is none  then hold }
rule closed { when any situation where state is closed and topic is war  then warn }
"""

headlines = st.builds(lambda event, n, place: event.format(n=n, place=place), st.sampled_from(EVENTS), st.integers(1, 40), st.sampled_from(PLACES))
# Two outlets have most events, so that they are confirmed.
told_by = st.sampled_from((("Wire", "Herald"), ("Herald", "Wire", "Post"), ("National Weather Service",), ("Blog",)))
stories = st.lists(st.tuples(headlines, st.integers(1, 1_200) | st.integers(1, 12_000), told_by), min_size=1, max_size=15)
drafts = st.fixed_dictionaries(
    {
        "text": st.builds(lambda text, place: text.format(place=place), st.sampled_from(TEXTS), st.sampled_from(PLACES)),
        "platform": st.just("x"),
        "kind": st.sampled_from(("planned", "reactive", "reactive", "reply", "statement")),
        "regions": st.sampled_from((["US"], ["GB-LDS"], ["PR"], ["CA-ON"], ["US-NY"])),
        "account": st.just({"id": "a", "brand": "Acme", "products": ["Acme Bar"], "competitors": ["Bolt"]}),
    }
)


@pytest.fixture(scope="module", params=["standard", "own"])
def gate(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    path = resources.path("policies", "standard.rtm")
    if request.param == "own":
        path = tmp_path_factory.mktemp("policy") / "own.rtm"
        path.write_text(OWN_POLICY, encoding="utf-8")
    with Gate.open(Path(path)) as opened:
        assert opened.loaded.policy is not None, opened.loaded.errors
        yield opened


def judged(gate: Gate, draft: dict[str, Any], told: News, few: int) -> dict[str, Any]:
    before, outlook.FEW = outlook.FEW, few
    try:
        answer = gate.check(draft, told, NOW).model_dump(mode="json")
    finally:
        outlook.FEW = before
    return {key: value for key, value in answer.items() if key not in ("id", "timings_ms")}


@settings(deadline=None, max_examples=120)
@given(told=stories, draft=drafts)
def test_what_is_left_out_changes_no_verdict(gate: Gate, told: list[tuple[str, int, tuple[str, ...]]], draft: dict[str, Any]) -> None:
    heard = [(f"{title}{' again' * n}", source, age + n) for title, age, sources in told for n, source in enumerate(sources)]
    read = gate.news([], now=NOW, stories=[news.headline(title, source, NOW - timedelta(minutes=age)) for title, source, age in heard])
    world = News(True, read.situations, (news.healthy("outlets", NOW),), read.snapshot)
    assert judged(gate, draft, world, few=0) == judged(gate, draft, world, few=10**6)


@pytest.mark.parametrize("gate", ["own"], indirect=True)
def test_situations_that_are_only_counted_are_looked_at(gate: Gate) -> None:
    floods = [news.headline(f"Floods hit {place}", "Wire", NOW - timedelta(hours=1)) for place in ("Texas", "Ohio", "Florida")]
    read = gate.news([], now=NOW, stories=floods)
    world = News(True, read.situations, (news.healthy("outlets", NOW),), read.snapshot)
    draft = {"text": "Boots are in", "platform": "x", "kind": "reactive", "regions": ["US"]}
    assert [finding["rule"] for finding in judged(gate, draft, world, few=0)["findings"]] == ["many"]
