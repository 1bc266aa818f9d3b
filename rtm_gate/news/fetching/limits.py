"""How much of a feed is taken, how long that may last, and how it is said."""

from __future__ import annotations

LIMIT = 10 * 1024 * 1024
"""Bytes, unpacked. The largest feed known to matter, all alerts of a country at once, has about half of that."""
DEADLINE = 15.0
"""Seconds for one feed, from the look-up of the name to the last byte."""
LONGEST = 60.0
"""Seconds for all feeds together, where a verdict waits for them."""
REDIRECTS = 5
AT_ONCE = 20
"""Requests under way at one time; to one host there is never more than one."""
DAY = 86400
"""Seconds: the longest that a server may keep the gate from asking again."""


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.0f} MB" if size >= 1024 * 1024 else f"{size} bytes"


def too_large(size: int | None, limit: int) -> str:
    """`size` None: nobody knows; the reading ended at the limit."""
    return f"too large: {'' if size is None else _megabytes(size) + ', '}at most {_megabytes(limit)} are read"


def too_slow(seconds: float) -> str:
    return f"the server took longer than {seconds:g} seconds"
