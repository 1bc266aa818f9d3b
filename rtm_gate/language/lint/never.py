"""Rules that can never fire."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.language.lint.firing import Firing
from rtm_gate.language.lint.subject import Subject, named, warning
from rtm_gate.model.diagnostic import Diagnostic

_OF_A_TRIGGER = ("respond never", "never when", "respond within", "aim for", "approval", "needs")
"""The clauses by which a trigger fires at all."""


def never_fires(subject: Subject) -> Iterator[Diagnostic]:
    firing = Firing(subject.counts)
    for item in subject.blocks:
        judges = item.word in ("rule", "blackout") or (item.word == "trigger" and item.all(*_OF_A_TRIGGER))
        if judges and all(firing.never(rule) for rule in subject.rules_of(item)):
            excused = item.all("except when")
            label = "its tests contradict each other" + (", or its exception holds wherever they do" if excused else "")
            yield warning("RTM405", f"`{named(item).text}` can never fire", named(item).at, label)
