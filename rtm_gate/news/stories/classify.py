"""What a story is about: topic, severity, people dead, regions, and the words by which it meets other stories and drafts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from rtm_gate.model.analysis import Analysis
from rtm_gate.model.news import Casualties, Certainty, ReadStory, Severity, Story
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.signals import is_everywhere, is_large, is_small
from rtm_gate.news.stories.casualties import casualties
from rtm_gate.news.stories.doubt import doubt_of
from rtm_gate.news.stories.grades import SUDDEN, severity_of_alert, severity_of_dead, tells_of_deaths
from rtm_gate.news.stories.topic import topic_of
from rtm_gate.news.stories.where import narrow, regions_of
from rtm_gate.news.stories.words import tokens_of, words_of

__all__ = ["Reader", "classify", "narrow"]

Reader = Callable[[str], Analysis]

_STORM = re.compile(r"\b((?:[Hh]urricane|[Tt]yphoon|[Cc]yclone|[Tt]ropical [Ss]torm|[Ss]torm)) ([A-Z][a-z]{2,})\b")
_NO_NAME = words_of("warning watch season force winds surge aid relief center centre damage death toll kills hits update victims survivors")


def classify(story: Story, read: Reader, now: datetime) -> ReadStory:
    """Reads title and summary with `read`. `now` decides whether the story's times are possible."""
    title, summary = read(story.title), read(story.summary) if story.summary else Analysis()
    dead = _deaths(story)
    topic = topic_of(story, title, summary, dead)
    regions = regions_of(story, title, summary)
    severity, certainty = _grade(story, topic, dead) if topic or story.alert else ("minor", None)
    places = (*title.places, *summary.places)
    names = _storm_names(f"{story.title}. {story.summary}") | {
        name.key for name in (*title.names, *summary.names) if name.kind in ("name", "phrase", "product", "brand", "competitor")
    }
    return ReadStory(
        story=story,
        topic=topic,
        severity=severity,
        certainty=certainty,
        dead=dead.dead if tells_of_deaths(topic) else None,
        regions=regions,
        worldwide=story.alert is None and is_everywhere(story.title),
        tags=tuple(sorted({tag.tag.lower() for tag in (*title.hashtags, *summary.hashtags)})),
        terms=tuple(sorted(_terms(title) | _terms(summary))),
        names=tuple(sorted({*names, *(place.text.lower() for place in places)})),
        tokens=tokens_of(story.title),
        doubt=doubt_of(story, now),
        deaths=dead,
    )


def _deaths(story: Story) -> Casualties:
    """Of the whole text; an alert's prose ("deadly", "may die") counts nobody."""
    return Casualties() if story.alert else casualties(f"{story.title}. {story.summary}", story.published.year)


def _terms(found: Analysis) -> set[str]:
    """Ids of the lexicon's rows met in any sense."""
    return {hit.term for hit in found.mentions} | {hit.term for hit in found.suppressed}


def _storm_names(text: str) -> set[str]:
    """`Hurricane Sandy` is called Sandy, in tags above all."""
    return {name for kind, own in _STORM.findall(text) if own.lower() not in _NO_NAME for name in (f"{kind} {own}".lower(), own.lower())}


def _grade(story: Story, topic: str, dead: Casualties) -> tuple[Severity | None, Certainty | None]:
    if story.alert:
        return severity_of_alert(story.alert), story.alert.certainty
    if (counted := severity_of_dead(topic, dead)) is not None:
        return counted, None
    words = f"{story.title}. {story.summary}"
    large = top_of(topic) in SUDDEN and not dead.none and is_large(words) and not is_small(story.title)
    # Grave and large, and nobody has said yet how bad: unknown, which is never a reason to go nor to forbid.
    return (None if large else "minor"), None
