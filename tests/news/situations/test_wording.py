"""Whether a report repeats another, found by an index: the same as by comparing every pair."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from rtm_gate.model.news import ReadStory
from rtm_gate.news import headline
from rtm_gate.news.situations.wording import Wordings
from rtm_gate.news.stories.words import tokens_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORDS = ["ferry", "capsizes", "off", "lombok", "island", "ninety", "aboard", "rescuers", "search", "survivors", "harbour", "storm", "night", "captain"]


def _read(title: str) -> ReadStory:
    return ReadStory(headline(title, "wire", NOON), "", "minor", None, None, (), False, (), (), (), tokens_of(title))


def test_a_wire_text_under_another_roof() -> None:
    met = Wordings()
    met.add(_read("Ferry capsizes off Lombok island with ninety aboard, rescuers search for survivors in harbour storm"))
    assert met.has(_read("FERRY capsizes off Lombok island with ninety aboard: rescuers search for survivors in harbour storm tonight"))
    assert met.has(_read("Ferry capsizes off Lombok island with ninety aboard, rescuers search for survivors in night harbour storm"))
    assert not met.has(_read("Ferry captain questioned after Lombok storm"))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=13, unique=True), max_size=8), st.permutations(WORDS))
def test_the_index_finds_what_every_pair_shows(titles: list[list[str]], order: list[str]) -> None:
    reads = [_read(" ".join(title)) for title in titles]
    new = _read(" ".join(order[:11]))
    met = Wordings()
    for read in reads:
        met.add(read)
    pairs = [(read.tokens & new.tokens, read.tokens | new.tokens, read.story.title == new.story.title) for read in reads]
    assert met.has(new) == any(same or (len(all_) >= 4 and len(shared) >= 0.9 * len(all_)) for shared, all_, same in pairs)
