"""How a situation came to be what it is: its life told anew from its stories, each step with its reason and what brought it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from rtm_gate.model.news import ReadStory, Situation, State, Transition
from rtm_gate.news.situations.build import situation_of
from rtm_gate.news.stories.doubt import doubt_of
from rtm_gate.news.times import AHEAD, first_after, plus

NEVER_READ: Mapping[str, datetime] = MappingProxyType({})
GONE = "nothing of it is in force or in the news any more"


def history(event: Collection[str], reads: Sequence[ReadStory], now: datetime, seen: Mapping[str, datetime] = NEVER_READ) -> tuple[Transition, ...]:
    """Every change of state from the first story to `now`, in the order of time; the last is the state at `now`.

    `event`: the ids of its stories, those of alerts that are over by now too, if its life is to show them. `reads`: all that is known,
    in any order. `seen`: story id -> when it was first read; a story not in it was known when it was published (dated after `now`: at `now`).
    """
    told = sorted(_around(event, reads), key=lambda read: (read.story.published, read.story.source, read.story.id))
    known = {read.story.id: min(seen.get(read.story.id, read.story.published), now) for read in told}
    edited = {read.story.id: max(known[read.story.id], min(read.story.updated, now)) for read in told}
    instants = {*known.values(), *edited.values(), *(plus(read.story.published, -AHEAD) for read in told)}
    found: list[Transition] = []
    at = min(known.values(), default=None)
    while at is not None and at <= now:
        situation = _reading(event, as_of(told, at, known, edited), at)
        before = found[-1].after if found else None
        after: State | None = situation.state if situation else "closed" if found else None
        if after is not None and after != before:
            found.append(Transition(at, before, after, situation.reason if situation else GONE, _causes(told, at, known, edited)))
        at = first_after(at, (*instants, situation.turns if situation else None))
    return tuple(found)


def as_of(
    reads: Iterable[ReadStory], instant: datetime, known: Mapping[str, datetime] = NEVER_READ, edited: Mapping[str, datetime] = NEVER_READ
) -> tuple[ReadStory, ...]:
    """What was known at an instant, with the doubt of that instant. A later edit had not been made, though only its words are left."""
    found = []
    for read in reads:
        story = read.story
        if known.get(story.id, story.published) <= instant:
            if edited.get(story.id, story.updated) > instant:
                story = replace(story, updated=story.published)
            found.append(replace(read, story=story, doubt=doubt_of(story, instant)))
    return tuple(found)


def _reading(event: Collection[str], known: Sequence[ReadStory], at: datetime) -> Situation | None:
    members = [read for read in known if read.story.id in event]
    return situation_of("", members, at, [read for read in known if read.story.id not in event])


def _causes(told: Sequence[ReadStory], at: datetime, known: Mapping[str, datetime], edited: Mapping[str, datetime]) -> tuple[str, ...]:
    """The stories that came or changed at this instant, else the alerts that ended at it."""
    came = [read.story.id for read in told if at in (known[read.story.id], edited[read.story.id])]
    return tuple(came or [read.story.id for read in told if read.story.alert is not None and read.story.alert.ends == at])


def _around(event: Collection[str], reads: Sequence[ReadStory]) -> list[ReadStory]:
    """The event's stories, and the messages that may retire its alerts."""
    names = set().union(*(_names(read) for read in reads if read.story.id in event))
    grown = True
    while grown:
        linked = set().union(*(found for read in reads if not names.isdisjoint(found := _names(read))))
        grown = not linked <= names
        names |= linked
    return [read for read in reads if read.story.id in event or not names.isdisjoint(_names(read))]


def _names(read: ReadStory) -> set[str]:
    """What other messages may call an alert by, and what it calls them: the end of an address names as much as the whole."""
    alert = read.story.alert
    said = (alert.id, read.story.entry, *alert.references) if alert is not None else ()
    return {re.split(r"[/=]", name)[-1] for name in said} - {""}
