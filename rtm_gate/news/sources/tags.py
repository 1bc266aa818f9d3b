"""Where the uses of a tag can be read: templates of a catalog, filled in for one tag."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from rtm_gate.model.feeds import Feed
from rtm_gate.news.sources import checks

Kind = Literal["posts", "news"]
"""`posts`: what people write under the tag; `news`: stories that name it."""
KINDS: tuple[Kind, ...] = ("posts", "news")
LONGEST = 100
"""Characters of a tag that is looked up."""
_PLACE = "{tag}"
_JOINERS = "_\u200d\u200c"


@dataclass(frozen=True, slots=True)
class TagTemplate:
    """A place that lists the uses of any tag; `{tag}` in `address` stands for the tag without its #."""

    name: str
    address: str
    kind: Kind
    language: str = ""
    about: str = ""


def template_address(value: str) -> str:
    """An http(s) address with one `{tag}` behind the host. Raises ValueError with a sentence."""
    host, slash, rest = value.partition("://")[2].partition("/")
    if value.count(_PLACE) != 1 or _PLACE not in rest:
        raise ValueError("says once, behind the host, where the tag goes: {tag}")
    if not slash or not host or not value.lower().startswith(("http://", "https://")):
        raise ValueError(f"`{value}` is no web address")
    checks.address(value.replace(_PLACE, "tag"))
    return value


def bare_tag(tag: str) -> str:
    """The tag without its #, in NFC; empty where the text is no tag: a tag has letters of any script, marks, digits, signs like emoji, and `_`."""
    text = unicodedata.normalize("NFC", tag.strip()).lstrip("#＃")
    sound = all(char in _JOINERS or unicodedata.category(char)[0] in "LMN" or unicodedata.category(char) in ("So", "Sk") for char in text)
    return text if sound and 0 < len(text) <= LONGEST else ""


def tag_addresses(tag: str, templates: Iterable[TagTemplate]) -> list[Feed]:
    """The feeds that list the uses of `tag`, one for each template; none where the text is no tag. The `#` may be there or not."""
    text = bare_tag(tag)
    if not text:
        return []
    return [
        Feed(
            name=f"{template.name} #{text}",
            address=template.address.replace(_PLACE, quote(text, safe="")),
            language=template.language,
            about=template.about,
        )
        for template in templates
    ]
