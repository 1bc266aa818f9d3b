"""Wording as data: the TOML files beside this one, compiled.

A file has tables of patterns (name -> list of regular expressions, one wording each; a name matches where any of them does) and
`[parts]`: lists of words, or fragments, used in patterns as `<name>`. A line break with the four spaces after it is not part of a pattern.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import regex

_PART = regex.compile(r"<([a-z_]+)>")
_BREAK = regex.compile(r"\n {4}")


class Patterns(Mapping[str, regex.Pattern[str]]):
    """The patterns of one table or several, in the files' order. Each is compiled when a text is first held against it: all of them take half a
    second, and half of the commands read no text. A fault in a shipped file is a bug: KeyError or regex.error, when it is read.
    """

    def __init__(self, *tables: tuple[str, str]) -> None:
        """`tables` are named by their files and themselves."""
        self._tables = tables
        self._compiled: dict[str, regex.Pattern[str]] = {}

    @cached_property
    def _wordings(self) -> dict[str, tuple[str, list[str]]]:
        return {name: (file, wordings) for file, table in self._tables for name, wordings in _read(file)[table].items()}

    def __getitem__(self, name: str) -> regex.Pattern[str]:
        found = self._compiled.get(name)
        if found is None:
            file, wordings = self._wordings[name]
            found = self._compiled[name] = _compiled([_written_out(wording, _parts(file)) for wording in wordings])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._wordings)

    def __len__(self) -> int:
        return len(self._wordings)


@cache
def words_of(file: str) -> dict[str, frozenset[str]]:
    """The word lists (table `[words]`) of `file`.toml."""
    return {name: frozenset(words.split()) for name, words in _read(file)["words"].items()}


@cache
def _read(file: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text(encoding="utf-8"))


@cache
def _parts(file: str) -> dict[str, str]:
    return {name: "(?:" + "|".join(value) + ")" if isinstance(value, list) else value for name, value in _read(file).get("parts", {}).items()}


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
