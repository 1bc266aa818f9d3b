"""Situations and sources that a test states, as the news room would hand them on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar, get_args

from rtm_gate.model.draft import Draft
from rtm_gate.model.fact import Value
from rtm_gate.model.moment import HOUR, from_seconds
from rtm_gate.model.news import CERTAINTIES, SEVERITIES, Situation, SourceHealth, State
from rtm_gate.model.policy import Given

HASHTAG = re.compile(r"#\w+")
STATES: Mapping[str, State] = {name: name for name in get_args(State)}
Word = TypeVar("Word", bound=str)


def situation(given: Given, number: int, draft: Draft, shown: Sequence[str], now: datetime) -> Situation:
    """A confirmed situation that began an hour ago, was updated now and is told by one official source, where the test says no other.

    `shown` are the regions where the draft is shown: one that `touches region` is in the first of them, any other is somewhere known.
    What is not said of its severity is unknown.
    """
    values, touches = given.values, given.part.get("touches", ())
    unsure = values.get("unsure") is True or values.get("confirmed") is False
    state = STATES[str(values.get("state", "watch" if unsure else "active"))]
    official = values.get("official", not unsure) is not False
    here = tuple(shown[:1]) if "region" in touches else ()
    regions = tuple(dict.fromkeys((*given.part.get("regions", ()), *here)))
    topic = str(values.get("topic", ""))
    tags = tuple(dict.fromkeys(tag.lower() for part in draft.text for tag in HASHTAG.findall(part)))
    return Situation(
        id=f"given{number}",
        title=str(given.part.get("title", topic)),
        topic=topic,
        severity=_ranked(values, "severity", SEVERITIES),
        certainty=_ranked(values, "certainty", CERTAINTIES) or (None if unsure else "observed"),
        state=state,
        official=official,
        sources=_number(values, "sources", 1 if official or unsure else 2),
        regions=regions,
        worldwide=not regions and values.get("area_known") is not False,
        dead=_number(values, "dead", 0) if "dead" in values else None,
        started=_moment(values, "started", now - timedelta(seconds=_number(values, "age", HOUR))),
        updated=_moment(values, "updated", now),
        ends=_moment(values, "ends", now) if "ends" in values else None,
        tags=tags if "hashtag" in touches else (),
        terms=(),
        names=(),
        stories=(),
        reason="stated by the test",
    )


def health(given: Given, now: datetime) -> SourceHealth:
    """A source read now, and well, where the test says no other."""
    values = given.values
    read = now - timedelta(seconds=_number(values, "age", 0))
    return SourceHealth(str(values.get("name", "newsroom")), "", read, 0, 0, "" if values.get("healthy", True) else "the test says so")


def _ranked(values: Mapping[str, Value | tuple[str, ...]], name: str, words: Sequence[Word]) -> Word | None:
    rank = values.get(name)
    return words[rank] if isinstance(rank, int) else None


def _number(values: Mapping[str, Value | tuple[str, ...]], name: str, default: int) -> int:
    value = values.get(name, default)
    return value if isinstance(value, int) else default


def _moment(values: Mapping[str, Value | tuple[str, ...]], name: str, default: datetime) -> datetime:
    value = values.get(name)
    return from_seconds(value) if isinstance(value, int) else default
