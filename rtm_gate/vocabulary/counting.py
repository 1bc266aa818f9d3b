"""How long a text is, as the platform counts on which it is to appear."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

import regex

from rtm_gate.model.draft import LINK
from rtm_gate.vocabulary.data_files import toml_of

_CLUSTER = regex.compile(r"\X")
_EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\N{COMBINING ENCLOSING KEYCAP}")
_SIGNS = frozenset("©®™")
"""Pictographs that are letters' company: they count as the characters they are unless written as an emoji."""


def length_on(platform: str, text: str) -> int:
    """Characters of `text` as `platform` counts them; graphemes on a platform that has no row in counting.toml."""
    rules = _rules().get(platform, {})
    link = rules.get("link")
    if link is None:
        return _weight(text, rules)
    spoken, links = LINK.subn("", text)
    return _weight(spoken, rules) + links * int(link)


def graphemes(text: str) -> list[str]:
    """What a reader sees as one character each."""
    return _CLUSTER.findall(unicodedata.normalize("NFC", text))


def _weight(text: str, rules: Mapping[str, Any]) -> int:
    clusters = graphemes(text)
    if "one" in rules:
        return sum(int(rules["other"]) if _is_emoji(cluster) else _by_code_points(cluster, rules) for cluster in clusters)
    if rules.get("emoji") == "bytes":
        return sum(len(cluster.encode()) if _is_emoji(cluster) else 1 for cluster in clusters)
    return len(clusters)


def _by_code_points(cluster: str, rules: Mapping[str, Any]) -> int:
    return sum(1 if any(first <= ord(char) <= last for first, last in rules["one"]) else int(rules["other"]) for char in cluster)


def _is_emoji(cluster: str) -> bool:
    return cluster not in _SIGNS and _EMOJI.search(cluster) is not None


@cache
def _rules() -> Mapping[str, Mapping[str, Any]]:
    return toml_of("counting.toml")
