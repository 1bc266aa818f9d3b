"""What came of asking for a feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fetched:
    """`problem` is empty when `data` is all there is (or `unchanged` is true), else a sentence; `data` is then empty.

    `served` is the server's own clock (UTC), where one answered and said it. `unchanged`: the server says that nothing changed since
    `etag` and `modified`, which are what to give it the next time (empty: nothing to give). `wait` and `fresh_for` are seconds, at most a
    day: how long the server asks to be left alone (None: it does not), and how long it says its answer stays good. `moved` is where a
    server says the feed now lives for good.
    """

    data: bytes
    problem: str = ""
    served: datetime | None = None
    unchanged: bool = False
    etag: str = ""
    modified: str = ""
    wait: int | None = None
    fresh_for: int = 0
    moved: str = ""
