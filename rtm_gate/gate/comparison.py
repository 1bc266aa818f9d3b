"""What two policies say differently, by name: what was added, taken out or changed. Where it stands and how it is laid out does not count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from rtm_gate.model.policy import Policy
from rtm_gate.model.source import At

How = Literal["added", "taken out", "changed"]
HEAD = ("name", "owner", "timezone", "audience", "roles", "otherwise", "stale_after", "stale_effect", "lease")
_HEAD_BLOCKS = {"otherwise", "stale_news"}


@dataclass(frozen=True, slots=True)
class Difference:
    """`sort` is block, setting, topic, tier and so on. `old` and `new` are values of a setting; of a block that is switched off, `new` is why."""

    sort: str
    name: str
    how: How
    old: str = ""
    new: str = ""


def differences(old: Policy, new: Policy) -> list[Difference]:
    """In the order of sorts and names; none for one digest. A block also changes where a setting it uses does."""
    if old.digest == new.digest:
        return []
    found: list[Difference] = []
    before, after = _parts(old), _parts(new)
    for sort in before:
        found += _compared(sort, before[sort], after[sort], new.switched_off if sort in ("block", "day") else {})
    return found


def _compared(sort: str, before: Mapping[str, Any], after: Mapping[str, Any], off: Mapping[str, str]) -> Iterable[Difference]:
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        how: How = "added" if name not in before else "taken out" if name not in after else "changed"
        if sort in ("setting", "head"):
            yield Difference(sort, name, how, _said(old), _said(new))
        else:
            yield Difference(sort, name, how, new=f"switched off: {off[name]}" if how == "taken out" and name in off else "")


def _said(value: Any) -> str:
    """A value that is one word or number; durations in seconds."""
    return str(value) if isinstance(value, str | int | float) else ""


def _parts(policy: Policy) -> dict[str, dict[str, Any]]:
    """Every sort of thing that has a name, as plain values."""
    return {
        "head": {name.replace("_", " "): _plain(getattr(policy, name)) for name in HEAD} | {f"shelf life of {k}": v for k, v in policy.shelf_life.items()},
        "setting": dict(policy.settings),
        "block": _blocks(policy),
        "topic": {topic.name: (_plain(topic), _plain([one for one in policy.examples if one.topic == topic.name])) for topic in policy.topics},
        "tier": _of(policy.tiers),
        "check": dict(policy.checks),
        "brand": {brand.own.name: _plain(brand) for brand in policy.brands},
        "day": {day.name: _plain(day) for day in policy.days},
        "halt": {"halt": _plain(policy.halt)} if policy.halt else {},
        "test": {test.name: _plain(test) for test in policy.tests},
    }


def _blocks(policy: Policy) -> dict[str, Any]:
    """A block with all that became of it."""
    found: dict[str, list[Any]] = {name: [_plain(block)] for name, block in policy.blocks.items() if name not in _HEAD_BLOCKS}
    for rule in (*policy.rules, *policy.watches):
        if rule.block in found:
            found[rule.block].append(_plain(rule))
    for excuse in policy.excuses:
        if excuse.met.block in found:
            found[excuse.met.block].append(_plain(excuse))
    for question in policy.questions.values():
        found[question.checklist].append(_plain(question))
    for more in (policy.tallies, policy.triggers):
        for name, value in more.items():
            found[name].append(_plain(value))
    for word, nouns in (("platform", policy.platforms), ("template", policy.templates)):
        for name, noun in nouns.items():
            found[f"{word}.{name}"].append(_plain(noun))
    return dict(found)


def _of(named: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in named.items()}


def _plain(value: Any) -> Any:
    """Without places, and without the file that a topic came from."""
    if isinstance(value, At):
        return None
    if is_dataclass(value):
        return tuple(_plain(getattr(value, field.name)) for field in fields(value) if field.name != "source" or not hasattr(value, "terms"))
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return tuple(_plain(one) for one in value) if isinstance(value, list | tuple) else value
