"""Catalogs in TOML: `[[feed]]` tables name feeds, `[[tag]]` tables say where the uses of a tag can be read. All that is wrong is told at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from rtm_gate.model.feeds import TRUSTS, Feed, Trust
from rtm_gate.model.moment import parse_span
from rtm_gate.news.sources import checks
from rtm_gate.news.sources.checks import CatalogError
from rtm_gate.news.sources.opml import read_opml
from rtm_gate.news.sources.tags import KINDS, Kind, TagTemplate, template_address

LARGEST = 4_000_000
"""Bytes of a list of feeds."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """Feeds in the order of their files, and where the uses of a tag can be read."""

    feeds: tuple[Feed, ...] = ()
    tags: tuple[TagTemplate, ...] = ()

    def corrected(self, own: Catalog) -> Catalog:
        """This catalog with the entries of `own`: those of the same name in place of its own, the others behind them."""
        feeds = {feed.name.casefold(): feed for feed in (*self.feeds, *own.feeds)}
        tags = {tag.name.casefold(): tag for tag in (*self.tags, *own.tags)}
        return Catalog(tuple(feeds.values()), tuple(tags.values()))


def _rhythm(value: Any) -> int:
    if not isinstance(value, str):
        raise ValueError(f'`{value}` is not a duration; write it with its unit, like "15 minutes", or leave it out where silence says nothing')
    return parse_span(value)


_Line = Annotated[str, AfterValidator(checks.line)]
_Name = Annotated[str, AfterValidator(checks.name)]
_Language = Annotated[str, AfterValidator(checks.language)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Feed(_Row):
    name: _Name
    address: Annotated[str, AfterValidator(checks.address)]
    trust: Trust = "local"
    topics: tuple[Annotated[str, AfterValidator(checks.topic)], ...] = Field(default=(), strict=False)
    regions: tuple[Annotated[str, AfterValidator(checks.region)], ...] = Field(default=(), strict=False)
    language: _Language = ""
    rhythm: Annotated[int, BeforeValidator(_rhythm)] = 0
    about: _Line = ""


class _Tag(_Row):
    name: _Name
    address: Annotated[str, AfterValidator(template_address)]
    kind: Kind
    language: _Language = ""
    about: _Line = ""


_TABLES: dict[str, type[_Row]] = {"feed": _Feed, "tag": _Tag}


def read_catalog(*where: Path) -> Catalog:
    """The catalogs at these places as one: TOML, OPML (`.opml`, `.xml`), or a folder with its `*.toml`, sub-folders too.

    Relative paths of feeds are seen from the folder of their file, and come back so joined. Raises CatalogError, which lists every problem.
    """
    feeds: list[tuple[Path, Feed]] = []
    tags: list[tuple[Path, TagTemplate]] = []
    problems: list[str] = []
    for file in _files(where):
        try:
            read = _read(file)
        except CatalogError as error:
            problems += error.problems
            continue
        feeds += [(file, feed) for feed in read.feeds]
        tags += [(file, tag) for tag in read.tags]
    problems += [*_twice((file, "feed", feed.name, feed.address) for file, feed in feeds), *_twice((file, "tag", tag.name, tag.address) for file, tag in tags)]
    if problems:
        raise CatalogError(problems)
    return Catalog(tuple(_placed(feed, file.parent) for file, feed in feeds), tuple(tag for _, tag in tags))


def parse_catalog(text: str, file: str) -> Catalog:
    """One TOML catalog. `file` is its name in problems. Raises CatalogError; names that are there twice are found by `read_catalog`."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CatalogError([f"{file}: is not TOML: {error}"]) from None
    problems = [f"{file}: there is no key `{key}`; a catalog has [[feed]] and [[tag]] tables" for key in tables if key not in _TABLES]
    read: dict[str, list[Any]] = {kind: [] for kind in _TABLES}
    for kind, model in _TABLES.items():
        rows = tables.get(kind, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            problems.append(f"{file}: {kind}: is a list of tables: write [[{kind}]]")
            continue
        for number, row in enumerate(rows, start=1):
            called = f" (`{row['name']}`)" if isinstance(row.get("name"), str) and row["name"] else ""
            try:
                read[kind].append(model.model_validate(row))
            except ValidationError as error:
                problems += [f"{file}: {kind} {number}{called}: {problem}" for problem in _problems(error, model)]
    if problems:
        raise CatalogError(problems)
    return Catalog(tuple(Feed(**dict(row)) for row in read["feed"]), tuple(TagTemplate(**dict(row)) for row in read["tag"]))


def _files(where: Iterable[Path]) -> Iterator[Path]:
    for place in where:
        yield from sorted(place.rglob("*.toml")) if place.is_dir() else [place]


def _read(file: Path) -> Catalog:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise CatalogError([f"{file}: {error.strerror or error}"]) from None
    if len(data) > LARGEST:
        raise CatalogError([f"{file}: is larger than {LARGEST // 1_000_000} MB"])
    if file.suffix.lower() in (".opml", ".xml"):
        return Catalog(read_opml(data, str(file)).feeds)
    try:
        return parse_catalog(data.decode("utf-8-sig"), str(file))
    except UnicodeDecodeError:
        raise CatalogError([f"{file}: is not UTF-8 text"]) from None


def _placed(feed: Feed, folder: Path) -> Feed:
    return feed if checks.scheme_of(feed.address) else replace(feed, address=str(folder / feed.address))


def _twice(rows: Iterable[tuple[Path, str, str, str]]) -> Iterator[str]:
    """A name means one feed everywhere; and one feed under two names would count as two sources."""
    names: dict[str, Path] = {}
    addresses: dict[str, str] = {}
    for file, kind, name, address in rows:
        if name.casefold() in names:
            yield f"{file}: {kind} `{name}`: the name is there twice" + ("" if names[name.casefold()] == file else f", also in {names[name.casefold()]}")
        elif address in addresses:
            yield f"{file}: {kind} `{name}`: has the address of `{addresses[address]}`"
        names.setdefault(name.casefold(), file)
        addresses.setdefault(address, name)


def _problems(error: ValidationError, model: type[_Row]) -> Iterator[str]:
    for row in error.errors(include_url=False):
        place = " entry ".join(str(part + 1) if isinstance(part, int) else part for part in row["loc"])
        message, given = str(row["msg"]), row.get("input")
        match row["type"]:
            case "extra_forbidden":
                yield f"there is no key `{place}`; keys are {', '.join(model.model_fields)}"
            case "missing":
                yield f"{place}: is required"
            case "tuple_type":
                yield f"{place}: is a list: write [ … ]"
            case "literal_error":
                yield f"{place}: `{given}` is none of {', '.join(TRUSTS if place == 'trust' else KINDS)}"
            case "value_error":
                yield f"{place}: {message.removeprefix('Value error, ')}"
            case _:
                yield f"{place}: {message[:1].lower()}{message[1:]}" + (f" (given: `{given}`)" if isinstance(given, str | int | float) else "")
