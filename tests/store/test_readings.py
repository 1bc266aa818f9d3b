"""What is read back is what was kept, whatever a feed says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass, replace
from datetime import UTC
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rtm_gate.model.news import CERTAINTIES, SEVERITIES, Alert, Casualties, Kept, ReadStory, Story
from rtm_gate.store import readings
from rtm_gate.store.engine import Store
from rtm_gate.store.news import NewsShelf
from tests.store.made import NOON

MOMENTS = st.datetimes(timezones=st.just(UTC))
"""From year 1 to 9999."""


def read_stories(words: st.SearchStrategy[str]) -> st.SearchStrategy[ReadStory]:
    several = st.lists(words, max_size=3).map(tuple)
    moment = st.none() | MOMENTS
    severity, certainty = st.none() | st.sampled_from(SEVERITIES), st.none() | st.sampled_from(CERTAINTIES)
    dead = st.none() | st.integers(0, 10**7)
    alert = st.builds(
        Alert, st.sampled_from(["cap", "gdacs", "usgs"]), words, words, words, words, severity, certainty, words, moment, moment, words, several, several
    )
    story = st.builds(Story, words, words, words, words, words, words, words, MOMENTS, MOMENTS, st.booleans(), st.booleans(), several, st.none() | alert)
    casualties = st.builds(Casualties, dead, st.booleans(), st.booleans(), st.booleans(), st.booleans())
    return st.builds(
        ReadStory, story, words, severity, certainty, dead, several, st.booleans(), several, several, several, st.frozensets(words), words, casualties
    )


WELL_FORMED = st.text(max_size=20)
BROKEN = st.text(st.characters(codec="utf-8") | st.sampled_from("\0\ud800\udfff\ud83d\ude00\ufffd"), max_size=8)
"""With halves of surrogate pairs, and with NUL."""


@given(read_stories(WELL_FORMED))
def test_a_reading_survives(read: ReadStory) -> None:
    text = readings.to_text(read)
    assert readings.of_text(text) == read
    assert readings.to_text(readings.of_text(text)) == text


@given(read_stories(BROKEN))
def test_what_no_text_can_hold_is_replaced(read: ReadStory) -> None:
    text = readings.to_text(read)
    back = readings.of_text(text)
    assert readings.to_text(back) == text
    assert back == mended(read)


def mended(thing: Any) -> Any:
    """The same, without halves of surrogate pairs."""
    if isinstance(thing, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", thing)
    if isinstance(thing, tuple | frozenset):
        return type(thing)(mended(part) for part in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{field.name: mended(getattr(thing, field.name)) for field in fields(thing)})
    return thing


class UndoneError(Exception):
    """Ends a transaction that is not to last."""


@contextmanager
def undone(store: Store) -> Iterator[NewsShelf]:
    with suppress(UndoneError), store.writing() as tx:
        yield tx.news
        raise UndoneError


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.builds(Kept, BROKEN, MOMENTS, read_stories(BROKEN)), max_size=4))
def test_whatever_is_kept_comes_back_the_same_every_time(store: Store, rows: list[Kept]) -> None:
    end = max((row.seen for row in rows), default=NOON)
    with undone(store) as news:
        news.add(rows)
        once = news.stories(), news.versions(end)
        news.add(rows)
        assert (news.stories(), news.versions(end)) == once
        assert {readings.to_text(row.read) for row in once[1]} <= {readings.to_text(row.read) for row in rows}
        assert len(once[0]) == len({mended(row.read.story.id).replace("\0", "\ufffd") for row in rows}) == news.count()
    with store.reading() as tx:
        assert tx.news.count() == 0
