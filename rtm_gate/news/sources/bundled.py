"""The catalog that travels with the gate: `feeds/catalog/` and, of its feeds, those a new project begins with (`feeds/starter.toml`)."""

from __future__ import annotations

import tomllib

from rtm_gate import resources
from rtm_gate.model.feeds import Feed
from rtm_gate.news.sources.catalog import Catalog, read_catalog


def bundled_catalog() -> Catalog:
    """Every feed and tag template that comes with the gate. A fault in the shipped files is a bug and raises CatalogError."""
    return read_catalog(resources.path("feeds", "catalog"))


def starter_feeds() -> tuple[Feed, ...]:
    """What a new project of a brand in the United States, Canada and the United Kingdom begins with, in the order of its file."""
    known = {feed.name: feed for feed in bundled_catalog().feeds}
    return tuple(known[name] for name in tomllib.loads(resources.read_text("feeds", "starter.toml"))["feeds"])
