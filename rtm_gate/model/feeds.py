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

    @property
    def on_web(self) -> bool:
        """Whether a server has to be asked for it; else it is a file."""
        return self.address.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class FeedState:
    """How reading one feed stands. `etag`, `modified`: the server's words for what was read last; `digest`: SHA-256 of its bytes.

    `tried` the last attempt, `read` the last that went well, `changed` the last that brought something new, `due` when to ask again.
    `failures` in a row; `problem` of the last attempt, empty when it went well; `notice` something odd in what was read all the same.
    `unchanged`: times in a row that its server said nothing had changed; `moved`: where the server says the feed lives now.
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
    """A post that the gate read under a tag. The post itself is not kept: `key` is the SHA-256 (hex) of its words.

    `tag` lower case with its #; `at` when it was read, `published` when it was posted. `topic` is what its words, the tag left out, speak of
    literally (empty: nothing sensitive); `sensitive` whether that is something people are hurt by or divided about.
    """

    tag: str
    key: str
    at: datetime
    published: datetime
    topic: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class TagContext:
    """What a tag is used for now: how many posts were read, how many of them are sensitive, and the `share` (0 to 1) those are.

    `topics` of the posts, the most frequent first; `topic` the one that at least half of them speak of, empty without such a one.
    `oldest` and `newest`: when the first and the last of them were read, None without any.
    """

    tag: str
    uses: int = 0
    sensitive: int = 0
    share: float = 0.0
    topics: tuple[str, ...] = ()
    oldest: datetime | None = None
    newest: datetime | None = None
    topic: str = ""
