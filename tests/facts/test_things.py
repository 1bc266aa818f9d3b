"""The thing that a grave event happened to is a word of the event: shared by a draft that names it, and by no other."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rtm_gate.analysis import Analyser
from rtm_gate.facts.relation import relate
from rtm_gate.facts.things import thing_told
from rtm_gate.model.analysis import Name
from rtm_gate.model.news import ReadStory, Situation, Story
from rtm_gate.model.vocabulary import OwnName, OwnNames, Vocabulary
from rtm_gate.news.stories.words import spoken
from rtm_gate.vocabulary.topics import digest_of, standard_topics

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ROWS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "things.toml").read_text(encoding="utf-8"))["row"]


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    topics = standard_topics()
    return Analyser(Vocabulary(topics, digest_of(topics)))


def situation(row: dict[str, Any]) -> Situation:
    topic, severity, dead = row.get("topic", "tragedy.accident"), row.get("severity", "extreme"), row.get("dead")
    told = tuple(
        ReadStory(Story(title, f"outlet {n}", title, title, title, "", "", NOW, NOW, False), topic, severity, None, dead, (), False, (), (), (), frozenset())
        for n, title in enumerate(row["told"])
    )
    return Situation(
        id="s", title=row["told"][0], topic=topic, severity=severity, certainty="likely", state=row.get("state", "active"), official=False,
        sources=len(told), regions=("PH-00",), worldwide=False, dead=dead, started=NOW, updated=NOW, ends=None, tags=(), terms=(), names=(),
        stories=told, said=spoken(row["told"]),
    )  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['text']} / {row['told'][0]}")
def test_things(row: dict[str, Any], analyser: Analyser) -> None:
    own = OwnNames(*(tuple(OwnName(row[kind]) for _ in range(kind in row)) for kind in ("brand", "product")))
    event = situation(row)
    relation = relate(analyser.with_own(own).read_text(row["text"]), ["PH" if row.get("near") else "GB"], event, "", own)
    things = [word for word in relation.words if isinstance(word, Name) and word.kind == "thing"]
    shown = [(thing.text.removeprefix("#"), *thing_told(thing.key, event)) for thing in things]
    assert [[draft, news] for draft, news, _ in shown] == row["shared"]
    assert all(news in title for _, news, source in shown for title in [row["told"][int(source.removeprefix("outlet "))]])
    assert relation.names == ()
