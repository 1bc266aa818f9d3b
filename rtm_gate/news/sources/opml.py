"""Lists of feeds as other readers write them: OPML 1.0 and 2.0, in and out.

What OPML has no word for stands in attributes of its own namespace (`rtm:trust`, `rtm:topics`, `rtm:regions`, `rtm:rhythm`), which other
readers pass over: what is written and read again has lost nothing but the order of the feeds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import cast
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, register_namespace, tostring

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from rtm_gate.model.feeds import TRUSTS, Feed
from rtm_gate.model.moment import parse_span
from rtm_gate.model.topics import TOPICS
from rtm_gate.news.sources import checks
from rtm_gate.news.sources.checks import CatalogError
from rtm_gate.news.text import fold, site

SPACE = "urn:rtm-gate:opml:1"
_OURS = f"{{{SPACE}}}"
_INNERMOST = 30
"""Folders around a feed that are looked at."""
register_namespace("rtm", SPACE)


@dataclass(frozen=True, slots=True)
class Opml:
    """The feeds of a list, each once. `skipped`: a sentence for each entry that is no feed we read; `repeated`: entries that were there before."""

    feeds: tuple[Feed, ...]
    skipped: tuple[str, ...] = ()
    repeated: int = 0


def read_opml(data: bytes, file: str) -> Opml:
    """`file` is its name in problems. An entry of another reader is `local`, and its folders say its topics where they are known.

    Raises CatalogError where the file is no OPML, or where what this gate wrote into it was changed to something else.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise CatalogError([f"{file}: could not be read as XML ({error or type(error).__name__})"]) from None
    body = root.find("body")
    if root.tag.lower() != "opml" or body is None:
        raise CatalogError([f"{file}: is no OPML: " + (f"the outermost element is `{root.tag[:40]}`" if root.tag.lower() != "opml" else "it has no body")])
    feeds: dict[str, Feed] = {}
    skipped: list[str] = []
    problems: list[str] = []
    repeated = 0
    for outline, folders in _outlines(body):
        text = fold(outline.get("text") or outline.get("title") or "")
        address = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        try:
            checks.address(address)
        except ValueError as error:
            skipped.append(f"`{text or '?'}`: " + ("has no address" if not address else f"{error}"))
            continue
        try:
            feed = _feed(outline, text or site(address) or address, address, folders)
        except ValueError as error:
            problems.append(f"{file}: `{text}`: {error}")
            continue
        known = feeds.get(address)
        repeated += known is not None
        # The same feed in two folders is of both topics; of everything, where one folder says nothing.
        topics = tuple(dict.fromkeys((*known.topics, *feed.topics))) if known and known.topics and feed.topics else ()
        feeds[address] = replace(known, topics=topics) if known else feed
    if problems:
        raise CatalogError(problems)
    return Opml(tuple(_named_apart(feeds.values())), tuple(skipped), repeated)


def write_opml(feeds: Iterable[Feed], title: str = "Feeds") -> bytes:
    """OPML 2.0 (UTF-8). A feed lies in the folder of its first topic, one that tells of everything in none."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    for topic, group in groupby(sorted(feeds, key=lambda feed: (feed.topics[:1], feed.name)), key=lambda feed: feed.topics[:1]):
        folder = SubElement(body, "outline", text=_title(topic[0])) if topic else body
        for feed in group:
            said = {
                "language": feed.language,
                "description": feed.about,
                f"{_OURS}topics": " ".join(feed.topics),
                f"{_OURS}regions": " ".join(feed.regions),
                f"{_OURS}rhythm": f"{feed.rhythm} seconds" if feed.rhythm else "",
            }
            given = {key: value for key, value in said.items() if value}
            SubElement(folder, "outline", {"type": "rss", "text": feed.name, "title": feed.name, "xmlUrl": feed.address, f"{_OURS}trust": feed.trust, **given})
    indent(root)
    return cast(bytes, tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _outlines(body: Element) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Every outline that is no folder, with the names of the folders it lies in, the innermost first."""
    waiting: list[tuple[Element, tuple[str, ...]]] = [(outline, ()) for outline in reversed(body.findall("outline"))]
    while waiting:
        outline, folders = waiting.pop()
        inner = outline.findall("outline")
        if not inner or outline.get("xmlUrl"):
            yield outline, folders
        named = (outline.get("text") or outline.get("title") or "", *folders)[:_INNERMOST]
        waiting += [(child, named) for child in reversed(inner)]


def _feed(outline: Element, name: str, address: str, folders: Sequence[str]) -> Feed:
    language = (outline.get("language") or "").strip()
    about = fold(outline.get("description") or "")
    if f"{_OURS}trust" not in outline.keys():  # noqa: SIM118  (an Element is no mapping)
        try:
            checks.language(language)
        except ValueError:
            language = ""
        return Feed(name, address, topics=_topics([*folders, *_categories(outline)]), language=language, about=about)
    trust = outline.get(f"{_OURS}trust", "")
    if trust not in TRUSTS:
        raise ValueError(f"rtm:trust: `{trust}` is none of {', '.join(TRUSTS)}")
    topics = outline.get(f"{_OURS}topics", "").split()
    regions = outline.get(f"{_OURS}regions", "").split()
    return Feed(
        name,
        address,
        trust=trust,
        topics=tuple(map(checks.topic, topics)),
        regions=tuple(map(checks.region, regions)),
        language=checks.language(language),
        rhythm=parse_span(outline.get(f"{_OURS}rhythm", "0 seconds")),
        about=about,
    )


def _categories(outline: Element) -> Iterator[str]:
    """OPML 2.0: `category="/World/Weather,storms"`; folders of a path, the innermost first."""
    for path in (outline.get("category") or "").split(","):
        yield from reversed(path.split("/"))


def _topics(folders: Iterable[str]) -> tuple[str, ...]:
    """The topic of the innermost folder that has one; a folder that says nothing leaves it to those around it."""
    known = _folders()
    return next(((known[key],) for folder in folders if (key := _plain(folder)) in known), ())


@cache
def _folders() -> dict[str, str]:
    listed = tomllib.loads((files("rtm_gate.news.sources") / "folders.toml").read_text(encoding="utf-8"))
    rows = [(name, topic) for topic, names in listed.items() for name in names]
    rows += [(name, topic) for topic, row in TOPICS.items() for name in (topic, row.title)]
    return {_plain(name): topic for name, topic in rows}


def _plain(folder: str) -> str:
    words = fold(folder).casefold().replace("&", " ").replace("/", " ").split()
    return " ".join(word.removesuffix("s") for word in words if word != "and")


def _title(topic: str) -> str:
    return TOPICS[topic].title if topic in TOPICS else topic


def _named_apart(feeds: Iterable[Feed]) -> Iterator[Feed]:
    """A name means one feed: the second of a name is called by its site too, and by a number where that is not enough."""
    taken: set[str] = set()
    for feed in feeds:
        name, number = feed.name, 1
        while name.casefold() in taken:
            number += 1
            by_site = site(feed.address)
            name = f"{feed.name} ({by_site})" if by_site and number == 2 else f"{feed.name} {number}"
        taken.add(name.casefold())
        yield replace(feed, name=name)
