"""All that can be asked of the news in a store, and said to it, within one transaction."""

from __future__ import annotations

from rtm_gate.store.news.changes import Changes
from rtm_gate.store.news.events import Events
from rtm_gate.store.news.feeds import Feeds
from rtm_gate.store.news.retention import Retention
from rtm_gate.store.news.stories import Stories
from rtm_gate.store.news.tags import Tags


class NewsShelf(Feeds, Stories, Events, Changes, Tags, Retention):
    """Moments have a time zone and come back in UTC. Lists come back in the same order from every database."""
