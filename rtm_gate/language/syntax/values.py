"""Stage 3, syntax trees to nodes: places, names, texts and values, whose every number is checked here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from lark import Token, Tree

from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.text import SourceText
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.moment import DAY, EARLIEST, HOUR, LATEST, MINUTE
from rtm_gate.model.source import At

Syntax = Tree[Token]
_UNITS = {"second": 1, "minute": MINUTE, "hour": HOUR, "day": DAY, "week": 7 * DAY}
_LONGEST = 100 * 365 * DAY
"""Seconds: a hundred years. Anything longer is a slip, and times reckoned with it would leave the calendar."""
_SORTS: dict[str, nodes.Sort] = {
    "NAME": "name", "PATH": "path", "STRING": "text", "INT": "count", "DECIMAL": "number", "PERCENT": "percent", "MULTIPLE": "multiple",
    "DATE": "date", "INSTANT": "instant", "REGION": "region",
}  # fmt: skip
_MILLION = {"number": 1_000_000, "percent": 10_000, "multiple": 1_000_000}


class Values:
    """Builds the nodes of one piece. What numbers and dates cannot mean goes to `found`."""

    def __init__(self, source: SourceText, found: list[Diagnostic]) -> None:
        self.source, self.found = source, found

    def at(self, part: Syntax | Token) -> At:
        where: Any = part if isinstance(part, Token) else part.meta
        start = getattr(where, "start_pos", None) or 0
        end = getattr(where, "end_pos", None) or start
        return self.source.at(start, end)

    def name(self, part: Any) -> nodes.Name:
        part = part.children[0] if isinstance(part, Tree) else part
        return nodes.Name(str(part), self.at(part))

    def names(self, parts: Sequence[Any]) -> tuple[nodes.Name, ...]:
        """Names among the parts, lists of names opened."""
        found: list[nodes.Name] = []
        for part in parts:
            if isinstance(part, Tree):
                found += self.names(part.children) if part.data == "names" else []
            elif part.type in ("NAME", "PATH"):
                found.append(self.name(part))
        return tuple(found)

    def text(self, token: Any) -> nodes.Text:
        return nodes.Text(re.sub(r"\\(.)", r"\1", str(token)[1:-1]), self.at(token))

    def texts(self, parts: Sequence[Any]) -> tuple[nodes.Text, ...]:
        """Texts among the parts, lists of texts opened."""
        found: list[nodes.Text] = []
        for part in parts:
            if isinstance(part, Tree):
                found += self.texts(part.children) if part.data in ("strings", "called") else []
            elif part.type == "STRING":
                found.append(self.text(part))
        return tuple(found)

    def values(self, parts: Sequence[Any]) -> tuple[nodes.Value, ...]:
        found: list[nodes.Value] = []
        for part in parts:
            if isinstance(part, Tree) and part.data == "values":
                found += self.values(part.children)
            elif not isinstance(part, Tree) or part.data in ("duration", "characters"):
                found.append(self.value(part))
        return tuple(found)

    def value(self, part: Any) -> nodes.Value:
        at = self.at(part)
        if isinstance(part, Tree):
            number = self._amount(str(part.children[0]), 1_000_000, at)
            if part.data == "characters":
                return nodes.Value("characters", f"{part.children[0]} characters", at, number // 1_000_000)
            text = f"{part.children[0]} {part.children[1]}"
            return nodes.Value("duration", text, at, self._seconds(number, str(part.children[1]).rstrip("s"), at))
        sort, text = _SORTS[part.type], str(part)
        if sort == "text":
            return nodes.Value(sort, self.text(part).text, at)
        if sort in ("date", "instant"):
            return nodes.Value(sort, text, at, self._instant(text, at))
        if sort == "count":
            return nodes.Value(sort, text, at, self._amount(text, 1, at))
        if sort in _MILLION:
            return nodes.Value(sort, text, at, self._amount(text.rstrip("%x"), _MILLION[sort], at))
        return nodes.Value(sort, text, at)

    def _amount(self, text: str, scale: int, at: At) -> int:
        whole, _, part = text.partition(".")
        if len(whole.lstrip("0")) > 9 or len(part) > 6:
            self.found.append(Diagnostic("RTM110", "error", f"`{text[:24]}` is not a number a policy can use", at, "at most 9 digits, and 6 after the point"))
            return 0
        # `int` refuses thousands of digits, were they all zeros.
        return int(whole.lstrip("0") or 0) * scale + int(part.ljust(6, "0")[:6] or 0) * scale // 1_000_000

    def _seconds(self, millionths: int, unit: str, at: At) -> int:
        # Twelve months are a year of 365 days.
        seconds = millionths * 365 * DAY // 12 // 1_000_000 if unit == "month" else millionths * _UNITS[unit] // 1_000_000
        if seconds > _LONGEST:
            self.found.append(Diagnostic("RTM110", "error", "no span of a policy is longer than a hundred years", at))
            return 0
        return seconds

    def _instant(self, text: str, at: At) -> int:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            self.found.append(Diagnostic("RTM111", "error", f"`{text}` is not on the calendar", at))
            return 0
        if not EARLIEST <= moment.year <= LATEST:
            self.found.append(Diagnostic("RTM111", "error", f"`{text}` is not between the years {EARLIEST} and {LATEST}", at))
            return 0
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def subtree(tree: Syntax, index: int) -> Syntax:
    part = tree.children[index]
    assert isinstance(part, Tree)
    return part
