"""Wording as data: the TOML files beside this one, compiled.

A file has tables of patterns (name -> list of regular expressions, one wording each; a name matches where any of them does) and
`[parts]`: lists of words, or fragments, used in patterns as `<name>`. A line break with the four spaces after it is not part of a pattern.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import regex

_PART = regex.compile(r"<([a-z_]+)>")
_BREAK = regex.compile(r"\n {4}")


@cache
def patterns_of(file: str, table: str) -> dict[str, regex.Pattern[str]]:
    """The patterns of a table in `file`.toml, in the file's order. A fault in a shipped file is a bug: KeyError or regex.error."""
    data = _read(file)
    parts = {name: "(?:" + "|".join(value) + ")" if isinstance(value, list) else value for name, value in data.get("parts", {}).items()}
    return {name: _compiled([_written_out(wording, parts) for wording in wordings]) for name, wordings in data[table].items()}


@cache
def words_of(file: str) -> dict[str, frozenset[str]]:
    """The word lists (table `[words]`) of `file`.toml."""
    return {name: frozenset(words.split()) for name, words in _read(file)["words"].items()}


@cache
def _read(file: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text(encoding="utf-8"))


def _written_out(wording: str, parts: dict[str, str]) -> str:
    text = _BREAK.sub("", wording)
    while _PART.search(text):
        text = _PART.sub(lambda match: _BREAK.sub("", parts[match.group(1)]), text)
    return text


def _compiled(wordings: list[str]) -> regex.Pattern[str]:
    """One alternation. What begins at a word's edge is tried at such edges only, which is most of the speed."""
    edged = [wording[2:] for wording in wordings if wording.startswith(r"\b")]
    others = [wording for wording in wordings if not wording.startswith(r"\b")]
    return regex.compile("|".join([rf"\b(?:{'|'.join(edged)})"] * bool(edged) + others))
