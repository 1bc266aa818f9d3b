"""The news that bears on a draft, in the words of a `test` block: as headlines, or outright as the gate understood it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from rtm_gate.gate.gate import Examined
from rtm_gate.gate.record.marked.parts import Pair, Part, ago, flag, listed, moment, number, pair, quoted
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.news import ReadStory, Situation

MOST = 6
"""Situations of one test."""
STORIES = 3
"""Headlines of one situation, each by another source."""


def bearing(examined: Examined, cited: Collection[str]) -> list[tuple[Situation, Fact]]:
    """The situations that findings name; then those that the draft shares a word, a name or a tag with; then grave ones where it is shown."""
    rows = examined.facts.rows if examined.facts else ()
    tagged = {fact.values["situation"] for fact in rows if fact.kind == "situation_tag"}
    shown = {fact.values["code"] for fact in rows if fact.kind == "draft_region"}
    there = {fact.values["situation"] for fact in rows if fact.kind == "situation_region" and fact.values["code"] in shown}

    def near(situation: Situation, fact: Fact) -> int:
        values = fact.values
        shares = values["touches_words"] or values["touches_entity"] or values["about"] != "none" or fact.ref in tagged
        return 0 if situation.id in cited else 1 if shares else 2 if values["grave"] and (fact.ref in there or situation.worldwide) else 3

    facts = {fact.ref: fact for fact in rows if fact.kind == "situation"}
    known = [(one, facts[key]) for one in examined.scene.news.situations if (key := f"situation:{one.id}") in facts]
    ranked = sorted(known, key=lambda pair: (near(*pair), -int(pair[1].values.get("severity", -1)), -pair[0].updated.timestamp()))
    return [pair for pair in ranked if near(*pair) < 3][:MOST]


def headlines(situations: Iterable[tuple[Situation, Fact]], now: datetime) -> list[Part]:
    """`news { 2 hours ago "…" from "…" }`, to be read again like a feed."""
    stories = {read.story.id: read for situation, _ in situations for read in _of_each_source(situation)}
    told = sorted(stories.values(), key=lambda read: (read.story.published, read.story.id))
    pairs = tuple(
        Pair(f"{ago(now - read.story.published)} {quoted(read.story.title)} from {quoted(_outlet(read))}", f"the headline {quoted(read.story.title)}")
        for read in told
    )
    return [Part("news", pairs)] if pairs else []


def outright(examined: Examined, situations: Iterable[tuple[Situation, Fact]]) -> list[Part]:
    """`situation { … }`: what the gate knew of each, and how the draft touched it."""
    rows = examined.facts.rows if examined.facts else ()
    tagged = {fact.values["situation"] for fact in rows if fact.kind == "situation_tag"}
    return [Part("situation", tuple(_outright(situation, fact.values, fact.ref in tagged))) for situation, fact in situations]


def trust(examined: Examined) -> list[Part]:
    """What a test has to say where there was no news, or where it could not be trusted."""
    news = examined.scene.news
    fact = next((fact for fact in examined.facts.rows if fact.kind == "news"), None) if examined.facts else None
    stale = fact is not None and fact.values["stale"] is True
    pairs = (*(() if news.given else pair("news", "given", flag(False))), *(pair("news", "stale", flag(True)) if stale else ()))
    return [Part("news", pairs)] if pairs else []


def _of_each_source(situation: Situation) -> list[ReadStory]:
    first: dict[str, ReadStory] = {}
    for read in situation.stories:
        first.setdefault(_outlet(read).casefold(), read)
    return list(first.values())[:STORIES]


def _outlet(read: ReadStory) -> str:
    return read.story.source if read.story.official else read.story.outlet or read.story.source


def _outright(situation: Situation, values: Mapping[str, Value], tagged: bool) -> Iterator[Pair]:
    ways = [way for way, met in (("words", values["touches_words"]), ("entity", values["touches_entity"]), ("hashtag", tagged)) if met]
    about = values["about"]
    said: dict[str, str | None] = {
        "topic": str(values["topic"]),
        "severity": situation.severity,
        "certainty": situation.certainty,
        "state": situation.state,
        "official": flag(situation.official),
        "sources": number(situation.sources),
        "dead": None if situation.dead is None else number(situation.dead),
        "started": moment(situation.started),
        "updated": moment(situation.updated),
        "ends": None if situation.ends is None else moment(situation.ends),
        "regions": listed(situation.regions),
        "area_known": None if values["area_known"] else flag(False),
        "alert": flag(True) if values["alert"] else None,
        "about": None if about == "none" else str(about),
        "touches": listed(ways),
        "title": quoted(situation.title),
    }
    for key, value in said.items():
        yield from pair("situation", key, value)
