"""The tables of this folder, and the small vocabulary most of them are read with."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from rtm_gate.model.vocabulary import Term, Topic, Vocabulary
from rtm_gate.vocabulary.topics import digest_of

_HERE = Path(__file__).parent


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = table(name)["row"]
    return found


def small_vocabulary() -> Vocabulary:
    topics = tuple(_topic(row) for row in table("small_vocabulary")["topic"])
    return Vocabulary(topics, digest_of(topics))


def _topic(row: dict[str, Any]) -> Topic:
    name = row["name"]
    terms = tuple(
        Term(
            f"{name}.{term['id']}",
            name,
            tuple(term["forms"]),
            term.get("base", 0.6),
            tuple(term.get("literal", ())),
            tuple(term.get("harmless", ())),
        )
        for term in row["term"]
    )
    return Topic(name, name, terms, tuple(row.get("hashtags", ())), row.get("contrast", False), source=row.get("source", "standard"))
