"""Where news comes from: feeds as a catalog lists them, and how reading them goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Trust = Literal["official", "wire", "local"]
"""`official`: an authority's own word, enough by itself; `wire`: an agency or a large newsroom; `local`: any other outlet."""
TRUSTS: tuple[Trust, ...] = ("official", "wire", "local")


@dataclass(frozen=True, slots=True)
class Feed:
    """A source of news. `name` is its name everywhere; `address` a file or an http(s) address.

    `topics` and `regions` empty: it tells of everything, from everywhere. `rhythm`: seconds within which it usually has something
    new; 0 = it speaks rarely, and its silence says nothing.
    """

    name: str
    address: str
    trust: Trust = "local"
    topics: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    language: str = ""
    rhythm: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class FeedState:
    """How reading one feed stands. `etag`, `modified`: the server's words for what was read last; `digest`: SHA-256 of its bytes.

    `tried` the last attempt, `read` the last that went well, `changed` the last that brought something new, `due` when to ask again.
    `failures` in a row; `problem` of the last attempt, empty when it went well; `notice` something odd in what was read all the same.
    `unchanged`: answers in a row that brought no other bytes; `moved`: where the server says the feed lives now.
    """

    feed: str
    address: str
    etag: str = ""
    modified: str = ""
    digest: str = ""
    tried: datetime | None = None
    read: datetime | None = None
    changed: datetime | None = None
    due: datetime | None = None
    failures: int = 0
    unchanged: int = 0
    problem: str = ""
    notice: str = ""
    moved: str = ""
    entries: int = 0
    new: int = 0


@dataclass(frozen=True, slots=True)
class Poll:
    """One attempt to read a feed, as it is kept. `problem` and `notice` as in FeedState."""

    feed: str
    at: datetime
    problem: str = ""
    notice: str = ""
    entries: int = 0
    new: int = 0


@dataclass(frozen=True, slots=True)
class LastPolls:
    """Of one feed, up to some moment: the last attempt that went well (None: none did), and the last of all."""

    good: Poll | None
    last: Poll


@dataclass(frozen=True, slots=True)
class TagUse:
    """One text that uses a tag, seen `at`. `key` identifies the text; `topic` is what it tells of, empty where that is harmless."""

    tag: str
    key: str
    at: datetime
    published: datetime
    topic: str = ""
    sensitive: bool = False
