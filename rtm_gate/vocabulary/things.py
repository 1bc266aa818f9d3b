"""Things that accidents and attacks happen to, and that a post may be about: ferries, trains, bridges. The list is `data/things.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from rtm_gate.vocabulary.data_files import toml_of


class Thing(NamedTuple):
    """A thing at words[first:last]; `family` is what all its names have in common."""

    first: int
    last: int
    family: str


def things_in(words: Sequence[str]) -> Iterator[Thing]:
    """From left to right, the longest name first. `words` are in lower case, signs among them, a hyphen between two words left out.

    A phrase in which a name is something else (`bridge the gap`) takes its words with it.
    """
    at = 0
    while at < len(words):
        found = next(((name, family) for name, family in _names().get(words[at], ()) if tuple(words[at : at + len(name)]) == name), None)
        if found is None:
            at += 1
            continue
        name, family = found
        if family:
            yield Thing(at, at + len(name), family)
        at += len(name)


@cache
def _names() -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
    """By their first word, the longest first; without a family where the name is something else."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for family, row in toml_of("things.toml").items():
        for forms, name in ((row["forms"], family), (row.get("but_not", ()), "")):
            for words in map(str.split, forms):
                found.setdefault(words[0], []).append((tuple(words), name))
    return {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in found.items()}
