"""Everything that stops a post says why; a no-go also says what to do instead."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.language.lint.subject import Subject, below, named, warning
from rtm_gate.language.lowering.effects import STOPS
from rtm_gate.language.syntax import nodes
from rtm_gate.model.diagnostic import Diagnostic


def without_because(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.blocks:
        if not item.shadow and stops(item) and not item.all("because"):
            yield warning("RTM401", f"`{named(item).text}` stops posts and does not say why", named(item).at, 'add `because "…"`')


def without_fix(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.blocks:
        if not item.shadow and "no-go" in stops(item) and not item.all("fix"):
            yield warning("RTM402", f"`{named(item).text}` ends in a no-go and does not say what to do instead", named(item).at, 'add `fix "…"`')


def stops(item: nodes.Item) -> frozenset[str]:
    """The kinds of effect by which a block stops posts."""
    kinds = {effect.kind for effect in below(item, nodes.Effect)} & set(STOPS)
    if item.word == "blackout" and not item.all("then"):
        kinds.add("hold")
    if item.all("respond never", "never when") or any(ask.must for ask in below(item, nodes.Ask)):
        kinds.add("no-go")
    if item.word in ("trigger", "platform", "template") and item.all("approval", "needs"):
        kinds.add("hold for")
    return frozenset(kinds)
