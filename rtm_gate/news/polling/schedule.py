"""When to ask a feed again: often enough to be trusted, seldom enough to be polite."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from rtm_gate.model.feeds import Feed, FeedState

SHORTEST = 60
"""Seconds between two questions to one feed, whatever anybody says (NWS and Google News ask for as much)."""
LONGEST = 24 * 3600
USUAL = 600
"""Seconds between two questions where nothing is known: three chances within the half hour for which news is trusted."""
SHARE = 6
"""A feed is asked so many times within its rhythm, in the time it usually takes to say something new."""
JITTER = 0.1
GROWTH = 2


def interval(feed: Feed, stale_after: int) -> int:
    """Seconds between two questions that go well. Never so long that the feed would go stale in between."""
    wished = feed.rhythm // SHARE if feed.rhythm else USUAL
    return max(SHORTEST, min(wished, USUAL, stale_after // 2))


def due(feed: Feed, state: FeedState, now: datetime, *, stale_after: int, wait: int | None = None, fresh_for: int = 0) -> datetime:
    """The instant of the next question. `wait` is what the server asks for, `fresh_for` how long its answer stays good, in seconds.

    After a failure the wait doubles each time, up to a day. What a server asks for is obeyed; how long an answer stays good only up
    to the point where the feed would go stale.
    """
    usual = interval(feed, stale_after)
    seconds = min(usual * GROWTH ** min(state.failures, 12), LONGEST) if state.failures else max(usual, min(fresh_for, stale_after // 2))
    seconds = max(seconds, min(wait or 0, LONGEST))
    return now + timedelta(seconds=seconds * (1 + JITTER * _share(feed.name, now)))


def _share(name: str, now: datetime) -> float:
    """Between 0 and 1, different for every feed and time, the same for the same: feeds must not all be asked in one second."""
    return int.from_bytes(hashlib.sha256(f"{name} {now.isoformat()}".encode()).digest()[:4]) / 2**32
