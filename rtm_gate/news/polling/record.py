"""What was polled is kept: new stories and new versions read and placed, the states of the feeds, a snapshot. All of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rtm_gate.model.feeds import FeedState, Poll
from rtm_gate.model.news import Kept, ReadStory, Story
from rtm_gate.news.polling.desk import Desk
from rtm_gate.news.polling.odd import HIDDEN, dated_anew, silence
from rtm_gate.news.polling.placing import place
from rtm_gate.news.polling.poll import Polled
from rtm_gate.news.snapshot import snapshot_of
from rtm_gate.news.stories.classify import Reader, classify
from rtm_gate.news.stories.versions import continued
from rtm_gate.store import Store
from rtm_gate.store.news import NewsShelf


def record(store: Store, polled: Sequence[Polled], read: Reader) -> list[FeedState]:
    """The states of these feeds as they are kept now, in their order. Raises StoreError, and then nothing is kept.

    Texts are read before the store is locked; a server's word on what it last sent is kept together with what it sent, so that
    nothing is lost when the program dies at any moment, and nothing doubled when it asks again.
    """
    with store.reading() as tx:
        known = _Known(tx.news, polled)
    readings = {(story.id, story.content): classify(story, read, one.at) for one in polled for story in one.stories if known.lacks(story)}
    with store.writing() as tx:
        # Somebody else may have kept some of them meanwhile.
        known = _Known(tx.news, polled)
        stood = tx.news.states()
        stood_at: dict[str, datetime] = {}
        states = []
        for one in polled:
            new = [story for story in one.stories if known.lacks(story)]
            told = (readings.get((story.id, story.content)) or classify(story, read, one.at) for story in new)
            rows = [Kept(one.feed.name, one.at, known.continued(reading, one.at)) for reading in told]
            states.append(_settled(one, rows, known))
            before = stood.get(one.feed.name)
            for kept in rows:
                story = kept.read.story
                stood_at[story.id] = min(story.published, known.published(story.id) or story.published, stood_at.get(story.id, story.published))
            tx.news.add(rows)
            known.learn(rows)
            if before is None or before.tried is None or before.tried <= one.at:
                # What is taken in late, under an earlier time, does not turn the feed's clock back.
                tx.news.save(states[-1])
            tx.news.add_poll(Poll(one.feed.name, one.at, states[-1].problem, states[-1].notice, *_brought(one, states[-1])))
        if stood_at:
            place(tx.news, stood_at)
            mark(tx.news, max(one.at for one in polled))
    return states


def forget(desk: Desk, now: datetime) -> None:
    """Drops what is older than the project keeps. Raises StoreError."""
    with desk.store.writing() as tx:
        if tx.news.forget(now - desk.keep).stories:
            mark(tx.news, now)


def mark(shelf: NewsShelf, at: datetime) -> None:
    """A new snapshot of all that is kept."""
    stories = shelf.identities()
    shelf.add_snapshot(at, snapshot_of(stories, shelf.changes()), len(stories))


class _Known:
    """What is kept of the stories that were polled."""

    def __init__(self, shelf: NewsShelf, polled: Sequence[Polled]) -> None:
        ids = {story.id for one in polled for story in one.stories}
        self._shelf = shelf
        self._contents = shelf.contents(ids)
        self._latest = {story: kept.read for story, kept in shelf.latest(ids).items()}

    def lacks(self, story: Story) -> bool:
        """A new story, or words that a known one never said."""
        return story.content not in self._contents.get(story.id, ())

    def redated(self, story: Story) -> bool:
        return not self.lacks(story) and story.dated and story.published > self._latest[story.id].story.published

    def continued(self, read: ReadStory, at: datetime) -> ReadStory:
        """As it is kept: with dates that can be believed, and the words by which earlier versions found their event."""
        kept = self._shelf.versions_of(read.story.id) if read.story.id in self._latest else []
        before = sorted((version for version in kept if version.seen <= at), key=lambda version: version.seen)
        tokens = before[-1].read.tokens if before else frozenset()
        return replace(read, story=continued(read.story, [version.read.story for version in before], at), tokens=read.tokens | tokens)

    def published(self, story: str) -> datetime | None:
        """The date under which a story is kept until now."""
        return self._latest[story].story.published if story in self._latest else None

    def learn(self, rows: Sequence[Kept]) -> None:
        for kept in rows:
            story = kept.read.story
            self._contents.setdefault(story.id, set()).add(story.content)
            self._latest[story.id] = kept.read


def _brought(one: Polled, state: FeedState) -> tuple[int, int]:
    """How many entries and new stories a poll brought; one that failed brought none."""
    return (state.entries, state.new) if state.read == one.at else (0, 0)


def _settled(one: Polled, rows: Sequence[Kept], known: _Known) -> FeedState:
    """The state with what the stories brought: how many are new, what is odd about them, and whether the feed stands still."""
    state = one.state
    if state.read != one.at:
        return replace(state, new=0)
    changed = one.at if rows else state.changed or one.at
    problem, quiet = silence(one.feed, changed, one.at)
    hidden = HIDDEN in state.notice or (
        one.hidden_before is not None and any(kept.read.story.dated and kept.read.story.updated < one.hidden_before for kept in rows)
    )
    anew = sum(known.redated(story) for story in one.stories)
    notice = "; ".join(filter(None, (HIDDEN if hidden else "", quiet, dated_anew(anew))))
    return replace(state, changed=changed, entries=one.entries, new=len(rows), problem=state.problem or problem, notice=notice)
