"""What a row says, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rtm_gate.model.record import Entry

LONGEST = 100
"""Characters of what has no words of its own."""
_TELLING = ("name", "title", "action", "state", "reason", "until")
"""Keys whose values speak for themselves, in the order in which they are read."""


def in_words(entry: Entry) -> str:
    """One line, as somebody wrote it: not yet safe to show."""
    try:
        said = json.loads(entry.said)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, Mapping):
        return _short(entry.said)
    if entry.kind == "verdict" and isinstance(said.get("verdict"), str):
        return ": ".join(filter(None, (said["verdict"], ", ".join(_deciding(said)))))
    if entry.kind == "situation" and isinstance(said.get("state"), str):
        return _situation(said)
    if entry.kind == "mask":
        count = said.get("masked")
        return f"{count} row{'' if count == 1 else 's'} masked: {said.get('reason', '')}"
    if entry.kind == "marked":
        return f"row {said.get('row')} was {said.get('was')}, should have been {said.get('should')}"
    found = [str(said[key]) for key in _TELLING if isinstance(said.get(key), str | int) and said[key] != ""]
    return " · ".join(found) if found else _short(entry.said)


def _situation(said: Mapping[str, Any]) -> str:
    """`active: tragedy.crash, major, US-OH`; what a person did stands in front."""
    state = said["state"].replace("_", " ")
    regions = said.get("regions")
    where = [code for code in regions if isinstance(code, str)] if isinstance(regions, list) else []
    area = " ".join(where) or ("worldwide" if said.get("worldwide") is True else "")
    what = [value for value in (said.get("topic"), said.get("severity"), area) if isinstance(value, str) and value]
    until = [f"until {said['until']}"] if isinstance(said.get("until"), str) else []
    first = f"{said.get('done')} by hand, {state}" if said.get("by") == "hand" else state
    return ": ".join(filter(None, (first, ", ".join([*what, *until]))))


def _deciding(said: Mapping[str, Any]) -> list[str]:
    """The rules that decided: as they are listed by name, or those active with the verdict's own effect: of [rule, effect, status], of findings."""
    rules = said.get("rules")
    if isinstance(rules, list):
        active = [said["verdict"], "active"]
        return [name for rule in rules if isinstance(name := rule[0] if isinstance(rule, list) and rule[1:] == active else rule, str)]
    findings = said.get("findings")
    rows = [row for row in findings if isinstance(row, Mapping)] if isinstance(findings, list) else []
    mine = [row.get("rule") for row in rows if row.get("effect") == said["verdict"] and row.get("status", "active") == "active"]
    return [rule for rule in mine if isinstance(rule, str)]


def _short(text: str) -> str:
    return "" if text == "{}" else text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
