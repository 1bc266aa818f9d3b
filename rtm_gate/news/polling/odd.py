"""What is odd about a feed that could be read: it stands still, it dates old entries anew, its server hides changes."""

from __future__ import annotations

from datetime import datetime

from rtm_gate.model.feeds import Feed, FeedState
from rtm_gate.model.moment import spell

SILENT = 3
"""So many times its rhythm without anything new is odd."""
FROZEN = 12
"""So many times its rhythm without anything new is no news at all: the feed cannot be relied on."""
BELIEVED = 12
"""So often in a row a server is believed that nothing has changed; then it is asked for all of it."""

HIDDEN = "its server said that nothing had changed, though it had; it is asked for everything from now on"


def asks_for_all(state: FeedState) -> bool:
    """Some servers say for ever that nothing changed."""
    return HIDDEN in state.notice or (state.unchanged + 1) % BELIEVED == 0


def silence(feed: Feed, changed: datetime | None, now: datetime) -> tuple[str, str]:
    """(problem, notice) of a feed that says nothing new, by its rhythm. `changed` is when it last did."""
    if not feed.rhythm or changed is None:
        return "", ""
    quiet = int((now - changed).total_seconds())
    words = f"nothing new for {spell(quiet)}; something is usual within {spell(feed.rhythm)}"
    if quiet >= FROZEN * feed.rhythm:
        return f"frozen: {words}", ""
    return "", words if quiet >= SILENT * feed.rhythm else ""


def dated_anew(entries: int) -> str:
    """Known entries with a newer date and no new words."""
    return f"{entries} known {'entry is' if entries == 1 else 'entries are'} dated anew, without new words" if entries else ""
