"""Reads the vocabulary's own data files. Each is read once by whoever caches what it makes of it; nothing is read at import."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parent / "data"


def text_of(name: str) -> str:
    """The text (UTF-8) of `data/name`, unpacked when it ends in `.gz`. Raises FileNotFoundError when it is not there."""
    raw = (_FOLDER / name).read_bytes()
    return (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8")


def rows_of(name: str) -> Iterator[list[str]]:
    """The tab-separated rows of `data/name`; empty lines and lines that begin with `#` are left out."""
    for line in text_of(name).splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def json_of(name: str) -> Any:
    """What the JSON file `data/name` holds."""
    return json.loads(text_of(name))


def toml_of(name: str) -> dict[str, Any]:
    """What the TOML file `data/name` holds."""
    return tomllib.loads(text_of(name))
