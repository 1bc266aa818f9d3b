"""Which feeds there are: catalogs in TOML and OPML, the bundled one, and the feeds of a tag."""

from rtm_gate.news.sources.bundled import bundled_catalog, starter_feeds
from rtm_gate.news.sources.catalog import Catalog, read_catalog
from rtm_gate.news.sources.checks import CatalogError
from rtm_gate.news.sources.named import feeds_named, lists_named
from rtm_gate.news.sources.opml import Opml, read_opml, write_opml
from rtm_gate.news.sources.tags import TagTemplate, tag_addresses

__all__ = [
    "Catalog",
    "CatalogError",
    "Opml",
    "TagTemplate",
    "bundled_catalog",
    "feeds_named",
    "lists_named",
    "read_catalog",
    "read_opml",
    "starter_feeds",
    "tag_addresses",
    "write_opml",
]
