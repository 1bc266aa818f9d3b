"""Rules that another one makes superfluous: it fires on the same facts, and stops at least as strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rtm_gate.language.lint.firing import Firing
from rtm_gate.language.lint.nearby import Nearby
from rtm_gate.language.lint.subject import Subject, named, warning
from rtm_gate.language.syntax import nodes
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.rule import CoreRule, Effect, ForTier, Time, UntilShown, UntilTime
from rtm_gate.model.schema import ALWAYS_THERE

_ALONE = ("rule", "blackout")
"""Blocks that say nothing but what they stop. The sign-offs that others ask for may be replaced by a template's."""


MOST_TRIED = 50
"""Blocks held against one. A lint is a help, no proof: it must not take a minute where a thousand rules look alike."""


@dataclass(frozen=True, slots=True)
class Live:
    """A core rule that may fire, and the kinds of fact it binds that a check may lack."""

    rule: CoreRule
    kinds: frozenset[str]


def hidden(subject: Subject) -> Iterator[Diagnostic]:
    """Shadows neither hide nor are hidden; of two that hide each other the later one is told of."""
    hiding = _Hiding(subject)
    for item in subject.blocks:
        name = named(item)
        for other in hiding.over(item):
            mutual = hiding.hides(item, other)
            if mutual and named(other).at > name.at:
                continue
            same = "does the same" if mutual else "stops all that it would stop"
            at = named(other).at
            yield warning(
                "RTM407", f"`{item.id}` never changes a verdict", name.at, f"`{other.id}` {same}",
                f"`{other.id}` is at {at.file}:{at.line}: take one out, or say where they differ",
            )  # fmt: skip
            break


class _Hiding:
    """Which block hides which, asked for only where it could be."""

    def __init__(self, subject: Subject) -> None:
        self.firing = Firing(subject.counts)
        live = {item.id: [Live(rule, _kinds(rule)) for rule in subject.rules_of(item) if not self.firing.never(rule)] for item in subject.blocks}
        self.narrow = {item.id: rows for item in subject.blocks if (rows := _may_be_hidden(item, live[item.id]))}
        stricter = [item for item in subject.blocks if not item.shadow and item.word not in ("watch", "guarantee", "template")]
        self.wide = {item.id: [one for one in live[item.id] if item.word in _ALONE or one.rule.effect.kind == "no-go"] for item in stricter}
        self.stricter = {item.id: (place, item) for place, item in enumerate(stricter)}
        self.nearby = Nearby({name: [one.rule for one in rows] for name, rows in self.wide.items()}, subject.counts)

    def over(self, item: nodes.Item) -> Iterator[nodes.Item]:
        """The blocks that hide this one, in the order of the files; of very many that could, only the first are tried."""
        could = self.nearby.over(one.rule for one in self.narrow.get(item.id, ()))
        for _, other in sorted((self.stricter[name] for name in could), key=lambda placed: placed[0])[:MOST_TRIED]:
            if self.hides(other, item):
                yield other

    def hides(self, item: nodes.Item, other: nodes.Item) -> bool:
        wide, narrow = self.wide.get(item.id, ()), self.narrow.get(other.id, ())
        if item is other or not narrow:
            return False
        return all(any(one.kinds <= row.kinds and _over(one.rule, row.rule, self.firing) for one in wide) for row in narrow)


def _may_be_hidden(item: nodes.Item, live: list[Live]) -> list[Live]:
    """What of a block another one has to outdo; nothing where no other can."""
    # Where two unknowns made a warning of it, a rule changes no verdict anyway.
    mine = [one for one in live if not (one.rule.assumed and one.rule.effect.kind == "warn")]
    return [] if item.word not in _ALONE or item.shadow or any(one.rule.effect.kind == "recommend" for one in mine) else mine


def _kinds(rule: CoreRule) -> frozenset[str]:
    return frozenset(pattern.kind for pattern in rule.positives if pattern.kind != "count" and pattern.kind not in ALWAYS_THERE)


def _over(wide: CoreRule, narrow: CoreRule, firing: Firing) -> bool:
    return _may_hide(wide, narrow) and any(_at_least_as_strict(wide, narrow, names) for names in firing.within(wide, narrow))


def _may_hide(wide: CoreRule, narrow: CoreRule) -> bool:
    """What no renaming of facts can change."""
    if wide.effect.kind not in ("hold", "no-go") or (wide.assumed and not narrow.assumed):
        return False
    return wide.effect.kind == "no-go" or narrow.effect.kind in ("hold", "warn")


def _at_least_as_strict(wide: CoreRule, narrow: CoreRule, names: Mapping[str, str]) -> bool:
    """A no-go stands whatever else is; a hold without exits is outdone only by one that may come too late; others need the same exits."""
    if wide.effect.kind == "no-go":
        return True
    exits = narrow.effect.exits
    if not wide.effect.exits:
        return bool(narrow.assumed) or not any(isinstance(way, UntilTime) for way in exits)
    if narrow.effect.kind != "hold" or not exits:
        return False
    # Sign-offs older than the latest news bound do not count: both rules have to have bound the same news.
    news = {names[pattern.alias] for pattern in wide.positives if pattern.kind == "situation"}
    same = news == {pattern.alias for pattern in narrow.positives if pattern.kind == "situation"}
    if not same and any(isinstance(way, ForTier) for way in exits):
        return False
    return set(exits) <= set(_in_other_names(wide.effect, names).exits)


def _in_other_names(effect: Effect, names: Mapping[str, str]) -> Effect:
    """The effect, with the facts its exits look at named as in the other rule."""

    def time(one: Time) -> Time:
        return Time(names.get(one.alias, one.alias), one.field, one.offset, time(one.cap) if one.cap else None)

    ways = tuple(
        UntilTime(time(way.time)) if isinstance(way, UntilTime)
        else UntilShown(names.get(way.alias, way.alias), way.field) if isinstance(way, UntilShown)
        else way
        for way in effect.exits
    )  # fmt: skip
    return Effect(effect.kind, ways, effect.action)
