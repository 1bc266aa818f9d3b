"""The feeds a project names: by their names in the catalog, as lists of feeds, addresses, files and patterns of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rtm_gate.model.feeds import Feed
from rtm_gate.news.sources.catalog import Catalog, read_catalog
from rtm_gate.news.sources.checks import CatalogError

LISTS = (".toml", ".opml")


def feeds_named(entries: Iterable[str], root: Path, catalog: Catalog) -> tuple[Feed, ...]:
    """Each once, in their order; paths are seen from `root`. Raises CatalogError.

    A pattern that matches nothing, and a file that is not there, stay as they are: what is missing is told when it is read.
    """
    known = {feed.name: feed for feed in catalog.feeds}
    by_address = {feed.address: feed for feed in catalog.feeds}
    found: dict[str, Feed] = {}
    for entry in entries:
        for feed in _named(entry, root, known, by_address):
            found.setdefault(feed.address, feed)
    names = [feed.name for feed in found.values()]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise CatalogError([f"two feeds are called {', '.join(twice)}: a name means one feed"])
    return tuple(found.values())


def lists_named(entries: Iterable[str], root: Path) -> tuple[Path, ...]:
    """The files of those entries that are lists of feeds."""
    return tuple(file for entry in entries if "://" not in entry and entry.lower().endswith(LISTS) for file in _matching(root, entry) or [root / entry])


def _named(entry: str, root: Path, known: dict[str, Feed], by_address: dict[str, Feed]) -> Iterator[Feed]:
    if entry in known:
        yield known[entry]
    elif "://" in entry:
        yield by_address.get(entry, Feed(entry, entry))
    elif entry.lower().endswith(LISTS):
        for file in lists_named([entry], root):
            yield from read_catalog(file).feeds
    else:
        for file in _matching(root, entry) or [root / entry]:
            yield Feed(str(file), str(file))


def _matching(root: Path, pattern: str) -> list[Path]:
    if Path(pattern).is_absolute():
        return []
    try:
        return sorted(root.glob(pattern))
    except ValueError:
        return []
