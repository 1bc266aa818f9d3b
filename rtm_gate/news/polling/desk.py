"""What taking in news needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from rtm_gate.news.fetching.addresses import Access
from rtm_gate.news.fetching.limits import DEADLINE
from rtm_gate.news.stories.classify import Reader
from rtm_gate.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """Where to keep what is read, who reads the texts, how far to reach, how old news may be (seconds), and how long it is kept.

    `deadline`: seconds for one feed, as `Fetcher` counts them.
    """

    store: Store
    read: Reader
    access: Access
    stale_after: int
    keep: timedelta
    deadline: float = DEADLINE
