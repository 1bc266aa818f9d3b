"""What counts as a second source, and what as news: another site and other words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rtm_gate.model.news import ReadStory
from rtm_gate.news.text import site
from rtm_gate.news.times import AHEAD

CORROBORATED = 2


def independent(stories: Sequence[ReadStory]) -> list[ReadStory]:
    """The first story of each source that differs from those before it in site and in text: what corroboration counts."""
    counted: list[ReadStory] = []
    for read in stories:
        if read.doubt:
            continue
        if not any(same_site(read, other) or same_text(read, other) for other in counted):
            counted.append(read)
    return counted


def corroborated(stories: Sequence[ReadStory]) -> bool:
    """Borne out by two independent sources, or told by an official one."""
    return any(read.story.official and not read.doubt for read in stories) or len(independent(stories)) >= CORROBORATED


def same_site(one: ReadStory, other: ReadStory) -> bool:
    if one.story.source.casefold() == other.story.source.casefold():
        return True
    here, there = site(one.story.url), site(other.story.url)
    return bool(here) and here == there


def same_text(one: ReadStory, other: ReadStory) -> bool:
    """One wire report under two roofs: the headline is the same but for a word."""
    if one.story.title.casefold() == other.story.title.casefold():
        return True
    shared, all_ = one.tokens & other.tokens, one.tokens | other.tokens
    return len(all_) >= 4 and len(shared) >= 0.9 * len(all_)


def spoke(read: ReadStory, now: datetime) -> datetime:
    """When it last said something new; an edit dated in the future is not believed."""
    story = read.story
    return story.updated if story.updated <= now + AHEAD else story.published


def news_of(stories: Sequence[ReadStory], now: datetime) -> list[ReadStory]:
    """In the order they spoke, without repeats of the same words; the same words with more people dead are news."""
    kept: list[ReadStory] = []
    for read in sorted(stories, key=lambda read: (spoke(read, now), read.story.source, read.story.id)):
        if not any(same_text(read, other) and (read.deaths.dead or 0) <= (other.deaths.dead or 0) for other in kept):
            kept.append(read)
    return kept
