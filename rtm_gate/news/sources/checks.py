"""What every entry of a catalog must be, whatever the file is written in. Each check gives the value back or raises ValueError with a sentence."""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import urlsplit

from rtm_gate.news.text import fold, web_link
from rtm_gate.vocabulary.regions import is_region, spoken_code

_TOPIC = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


class CatalogError(ValueError):
    """A list of feeds cannot be used; `problems` lists everything wrong with it, each with its file and entry."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def line(value: str) -> str:
    """Words on one line."""
    if value != fold(value):
        raise ValueError("is one line of text, without control characters and with single spaces")
    return value


def name(value: str) -> str:
    if not value:
        raise ValueError("is empty")
    return line(value)


def scheme_of(value: str) -> str:
    """The scheme of an address in lower case; empty where it is a path."""
    found = _SCHEME.match(value)
    return found[1].lower() if found else ""


def address(value: str) -> str:
    """An http(s) or file: address, or a path seen from the folder of the file."""
    if not value or value != fold(value):
        raise ValueError("is empty" if not value else "holds a character that no address has")
    scheme = scheme_of(value)
    if scheme in ("http", "https"):
        if not web_link(value) or " " in value:
            raise ValueError(f"`{value}` is no web address")
    elif scheme == "file":
        if urlsplit(value).netloc not in ("", "localhost") or not urlsplit(value).path.startswith("/"):
            raise ValueError(f"`{value}` is no file of this machine; write file:///folder/feed.xml")
    elif scheme:
        raise ValueError(f"`{scheme}` addresses are not read; give an http(s) or file: address, or a path")
    elif PurePath(value).is_absolute():
        raise ValueError(f"`{value}` is not seen from the folder of the catalog; write file://{value}")
    return value


def topic(value: str) -> str:
    """A standard topic, or one of a policy, which only that policy knows."""
    if not _TOPIC.fullmatch(value):
        raise ValueError(f"`{value}` is not the name of a topic; those are lower case, like disaster.quake")
    return value


def region(value: str) -> str:
    if not is_region(value):
        meant = spoken_code(value)
        raise ValueError(f"`{value}` is not a region; " + (f"write {meant}" if meant else "write ISO 3166, like US or US-NY"))
    return value


def language(value: str) -> str:
    if value and not _LANGUAGE.fullmatch(value):
        raise ValueError(f"`{value}` is not a language; write it like en or pt-BR")
    return value
