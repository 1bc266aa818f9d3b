"""What things are called that do not name themselves: a source without a title, an entry without a headline, the outlet behind an aggregator."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from rtm_gate.news.text import fold, site

_HEADLINE = 140
_SENTENCE = re.compile(r"(.{20,}?[.!?…])(?=\s)")


def name_of_url(url: str) -> str:
    """A name for a source that gives none: the host of an address, the stem of a file."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return parts.hostname or PurePosixPath(parts.path or url).stem or url


def first_words(text: str) -> str:
    """The headline of a post that has none (Mastodon): its first sentence, or as many whole words as a headline has."""
    found = _SENTENCE.match(text[: _HEADLINE + 1])
    if found or len(text) <= _HEADLINE:
        return found[1] if found else text
    return text[:_HEADLINE].rpartition(" ")[0] + "…" if " " in text[:_HEADLINE] else text[:_HEADLINE]


def outlet_of(name: str, address: str) -> str:
    """Who an aggregator's entry is from: the site of the outlet's address, else its name in lower case; empty when it says neither."""
    return site(address) or fold(name).casefold()


def without_outlet(title: str, name: str) -> str:
    """Google News ends a headline with ` - ` and the outlet's name; the headline without it."""
    name = fold(name)
    bare = title.removesuffix(name).rstrip() if name else title
    return bare[:-1].rstrip() if bare != title and bare.endswith(("-", "–", "|")) and bare[:-1].strip() else title
