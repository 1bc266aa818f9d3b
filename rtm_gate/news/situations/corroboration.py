"""What counts as a second source, and what as news: another site and other words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rtm_gate.model.news import ReadStory
from rtm_gate.news.situations.wording import Wordings
from rtm_gate.news.text import site
from rtm_gate.news.times import AHEAD

CORROBORATED = 2


def independent(stories: Sequence[ReadStory]) -> list[ReadStory]:
    """The first story of each source that differs from those before it in site and in text: what corroboration counts."""
    counted: list[ReadStory] = []
    roofs: set[str] = set()
    wordings = Wordings()
    for read in stories:
        own = roofs_of(read)
        if read.doubt or own & roofs or wordings.has(read):
            continue
        counted.append(read)
        roofs |= own
        wordings.add(read)
    return counted


def roofs_of(read: ReadStory) -> set[str]:
    """By what its source is known: the outlet that an aggregator names, else its own name and its site."""
    if read.story.outlet:
        return {f"at {read.story.outlet}"}
    return {read.story.source.casefold(), f"at {site(read.story.url)}"} - {"at "}


def corroborated(stories: Sequence[ReadStory]) -> bool:
    """Borne out by two independent sources, or told by an official one."""
    return any(read.story.official and not read.doubt for read in stories) or len(independent(stories)) >= CORROBORATED


def spoke(read: ReadStory, now: datetime) -> datetime:
    """When it last said something new; an edit dated in the future is not believed."""
    story = read.story
    return story.updated if story.updated <= now + AHEAD else story.published


def news_of(stories: Sequence[ReadStory], now: datetime) -> list[ReadStory]:
    """In the order they spoke, without repeats of the same words; the same words with more people dead are news."""
    kept: list[ReadStory] = []
    wordings = Wordings()
    for read in sorted(stories, key=lambda read: (spoke(read, now), read.story.source, read.story.id)):
        if not any((read.deaths.dead or 0) <= (other.deaths.dead or 0) for other in wordings.like(read)):
            kept.append(read)
            wordings.add(read)
    return kept
