"""How far each feed can be trusted at a moment, from what is kept of its polls."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from rtm_gate.model.feeds import Feed, FeedState
from rtm_gate.model.moment import spell
from rtm_gate.model.news import SourceHealth

NEVER_READ = "was never read; `rtm-gate feeds pull` reads it"


def health_of(feed: Feed, state: FeedState | None, now: datetime, stale_after: int) -> SourceHealth:
    """A feed that failed a minute ago is as good as what was read before, until that goes stale. `stale_after` in seconds."""
    bare = SourceHealth(feed.name, feed.address, None, 0, 0, NEVER_READ, feed.topics)
    if state is None or state.address != feed.address:
        return bare
    if state.read is None:
        return replace(bare, problem=state.problem or NEVER_READ)
    failing = state.read != state.tried
    found = replace(bare, fetched=state.read, entries=state.entries, new=state.new, problem="" if failing else state.problem)
    found = aged(found, now, stale_after)
    return replace(found, problem=f"{state.problem}; {found.problem}") if failing and found.problem and state.problem else found


def aged(health: SourceHealth, now: datetime, stale_after: int) -> SourceHealth:
    """The same, with a problem when it was read too long ago."""
    if health.problem or health.fetched is None or now - health.fetched <= timedelta(seconds=stale_after):
        return health
    age = int((now - health.fetched).total_seconds())
    return replace(health, problem=f"was read {spell(age)} ago; at most {spell(stale_after)} are trusted")
