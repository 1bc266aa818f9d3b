"""Spans that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.language.lint.possible import implied
from rtm_gate.language.lint.subject import Subject, named, warning
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.moment import spell
from rtm_gate.model.rule import CoreRule, Test, UntilTime
from rtm_gate.model.schema import KINDS


def lapses_before_answered(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.names.of("tier").values():
        spans = {clause.word: (subject.names.span(clause.values[0]), clause.at) for clause in item.all("answer within", "valid for")}
        if len(spans) == 2 and spans["valid for"][0] < spans["answer within"][0]:
            valid, at = spans["valid for"]
            message = f"a sign-off of `{named(item).text}` may lapse before the last one is there"
            label = f"it is valid for {spell(valid)}, and an answer may take {spell(spans['answer within'][0])}"
            yield warning("RTM418", message, at, label)


def outlives_its_use(subject: Subject) -> Iterator[Diagnostic]:
    """A rule about one kind of draft that makes it wait for as long as that kind is of use: at first it is a no-go."""
    life = subject.policy.shelf_life if subject.policy else {}
    for item in subject.blocks:
        waits = [(_kind(rule), wait) for rule in subject.rules_of(item) if not rule.assumed and (wait := _waits(rule))]
        if item.shadow or not waits or not all(kind in life and wait >= life[kind] for kind, wait in waits):
            continue
        kind, wait = waits[0]
        at = next((clause.at for clause in item.all("then", "lasts")), named(item).at)
        use = spell(life[kind])
        yield warning(
            "RTM419", f"`{named(item).text}` holds for {spell(wait)}, and a {kind} draft is of use for {use}", at, "a hold that outlasts the use is a no-go",
            "say `no-go` where that is meant, wait for less, or change `shelf life`",
        )  # fmt: skip


def _kind(rule: CoreRule) -> str:
    """The one kind of draft the rule is about; empty where there are several."""
    tests = next((pattern.tests for pattern in rule.positives if pattern.kind == "draft"), ())
    return next((kind for kind in KINDS if tests and implied("draft", tests, Test("kind", "==", kind))), "")


def _waits(rule: CoreRule) -> int:
    """Seconds from the time of a fact to the end of the hold; 0 for what is no such wait, or may be cut short by a cap."""
    return max((way.time.offset for way in rule.effect.exits if isinstance(way, UntilTime) and way.time.alias and way.time.cap is None), default=0)
