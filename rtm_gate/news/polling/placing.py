"""Which event each kept story belongs to, after new ones came: the same as if all had been put in order from the start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from rtm_gate.model.news import Kept, ReadStory
from rtm_gate.model.topics import BAD_NEWS
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.situations.merge import HORIZON, SPAN, Events
from rtm_gate.store.news import NewsShelf
from rtm_gate.store.rows import EventRow


def place(shelf: NewsShelf, new: Mapping[str, datetime]) -> None:
    """`new`: the ids of stories that are kept already, new or in a new version, at least one, each with the earliest date it has or had.

    Whatever was published from the earliest of these dates on is placed anew: an edit may take a story away from where it stood.
    """
    since = min(new.values())
    before = [*shelf.stories(since - HORIZON, since - SPAN, alerts_only=True), *shelf.stories(since - SPAN, since)]
    events = Events.resumed((event, kept.read) for event, kept in before)
    moved: list[tuple[str, str]] = []
    touched: set[str] = set()
    for event, kept in shelf.stories(since):
        story = kept.read.story.id
        into = events.add(kept.read)
        if into != event:
            moved.append((story, into))
        if into != event or story in new:
            touched |= {event, into} - {""}
    shelf.place(moved)
    members = shelf.members(touched)
    shelf.drop_events(touched - members.keys())
    shelf.put_events(_row(event, kept) for event, kept in sorted(members.items()))


def _row(event: str, members: list[Kept]) -> EventRow:
    told = [kept.read.story for kept in members]
    ends = [story.alert.ends for story in told if story.alert and story.alert.ends]
    return EventRow(
        event,
        min(story.published for story in told),
        max(max(story.published, story.updated) for story in told),
        max(ends, default=None),
        any(_may_matter(kept.read) or kept.read.story.alert for kept in members),
    )


def _may_matter(read: ReadStory) -> bool:
    """It has a sensitive topic, or words that are bad news beside a company's name."""
    return bool(read.topic) or any(top_of(term) in BAD_NEWS for term in read.terms)
