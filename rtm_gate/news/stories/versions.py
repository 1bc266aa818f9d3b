"""One story of the versions in which it was seen: what of a publisher's dates can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rtm_gate.model.news import Alert, Casualties, Story
from rtm_gate.news.stories.casualties import casualties
from rtm_gate.news.stories.words import tokens_of


def current(versions: Sequence[Story]) -> Story:
    """The latest version, `published` when its words were first told, and `updated` later than that only where they were seen to change.

    A publisher may date an entry anew at any time: a date counts only with new words or a new toll. Where one version is known,
    nothing shows that it ever said anything else.
    """
    latest = max(versions, key=lambda story: (story.updated, story.published, story.content, story.official, story.dated, story.url, story.categories))
    if len(versions) == 1:
        return replace(latest, updated=latest.published)
    same = [story for story in versions if _told(story) == _told(latest)]
    published = min(story.published for story in same)
    edited = len(same) < len(versions)
    return replace(latest, published=published, updated=max(published, min(story.updated for story in same)) if edited else published)


def continued(story: Story, before: Sequence[Story], at: datetime) -> Story:
    """A version read at `at` of a story of which these versions are kept, the latest last, each as this function gave it.

    The same as `current` of all of them; but where the publisher gives an edit no date of its own, it was made when it was first read.
    """
    if not before:
        return replace(story, updated=story.published)
    same = [known for known in before if _told(known) == _told(story)]
    if same:
        return replace(story, published=min(known.published for known in same), updated=min(known.updated for known in same))
    updated = story.updated if story.updated > before[-1].updated else at
    return replace(story, updated=max(story.published, updated))


def _told(story: Story) -> tuple[frozenset[str], Casualties, Alert | None]:
    """What it says, without clock times, "updated" and other words that tell nothing."""
    text = f"{story.title}. {story.summary}"
    return tokens_of(text), casualties(text, story.published.year), story.alert
