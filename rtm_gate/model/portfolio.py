"""What became posts of late, by the record: how many were planned, and how long before."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Portfolio:
    """`posts` are drafts that came to a go, `planned` those of them that were planned.

    `notice`: seconds from handing in to publishing; half of the planned ones were handed in later. None where none says when it is published.
    """

    posts: int
    planned: int
    notice: int | None
