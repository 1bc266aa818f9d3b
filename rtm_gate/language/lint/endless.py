"""Holds that nothing can end, and holds that are over before they begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rtm_gate.language.lint.possible import implied
from rtm_gate.language.lint.subject import Subject, below, named, warning
from rtm_gate.language.syntax import nodes
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.rule import CoreRule, Pattern, Test, UntilShown
from rtm_gate.model.schema import SCHEMA

_LASTING: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"kind", "platform", "author", "author_role", "origin", "automated", "stage"}),
    "account": frozenset({"name", "industry", "regulated", "b2b_enterprise"}),
    "member": frozenset({"of", "owner", "value"}),
}
"""What neither time, nor evidence, nor other words change about a draft."""
_LASTING_SETS = ("draft.channels",)
_BEYOND_EVIDENCE: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"automated"}),
    "account": frozenset({"regulated", "b2b_enterprise"}),
    "mention": frozenset({"literal", "negated", "targeted"}),
    "situation": frozenset({"grave", "debated", "sensitive"}),
    "day": frozenset({"touched", "custom"}),
    "media": frozenset({"ai_generated", "people_shown", "mascot", "product"}),
    "hashtag": frozenset({"own", "sensitive"}),
}
"""Flags that say what a thing is: nobody can show them, and waiting does not raise them."""


def endless(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.blocks:
        rules = subject.rules_of(item)
        bare = [rule for rule in rules if rule.effect.kind == "hold" and not rule.effect.exits and not rule.assumed]
        if bare and all(_lasts(rule) for rule in bare):
            for clause in item.all("then")[:1]:
                yield warning(
                    "RTM414", f"nothing ends the hold of `{named(item).text}`", clause.at, "what it asks for never changes for a draft",
                    "say `no-go`; or `hold for TIER` if somebody may decide",
                )  # fmt: skip
        for name, kind in _shown(item, rules).items():
            row = SCHEMA[kind].fields[name.text]
            if row.observed or name.text in _BEYOND_EVIDENCE.get(kind, ()):
                message = f"nobody can show `{kind}.{name.text}`"
                help_ = f"`{name.text}`: {row.doc}"
                yield warning("RTM414", message, name.at, "nothing ends this hold", help_, "name evidence, a tier or a time; or say `no-go`")


def over_at_once(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.blocks:
        rules = subject.rules_of(item)
        for name in _shown(item, rules):
            pairs = [(rule, way) for rule in rules for way in rule.effect.exits if isinstance(way, UntilShown) and way.field == name.text]
            if all(_already(rule, way) for rule, way in pairs):
                message = f"`{named(item).text}` fires only where there is `{name.text}` already"
                yield warning("RTM415", message, name.at, "this ends the hold at once", f"it was probably meant to ask for `not {name.text}`")


def _shown(item: nodes.Item, rules: tuple[CoreRule, ...]) -> dict[nodes.Name, str]:
    """The evidence a block waits for, each with the kind of fact that bears it."""
    written = [name for effect in below(item, nodes.Effect) if effect.kind == "hold shown" for name in effect.names]
    written += [name for clause in item.all("needs") for name in clause.names]
    kinds = {way.field: _kind(rule, way) for rule in rules for way in rule.effect.exits if isinstance(way, UntilShown)}
    return {name: kinds[name.text] for name in written if name.text in kinds}


def _kind(rule: CoreRule, way: UntilShown) -> str:
    return next((pattern.kind for pattern in rule.positives if pattern.alias == way.alias), way.alias)


def _already(rule: CoreRule, way: UntilShown) -> bool:
    tests = next((pattern.tests for pattern in rule.positives if pattern.alias == way.alias), ())
    return implied(_kind(rule, way), tests, Test(way.field, "==", True))


def _lasts(rule: CoreRule) -> bool:
    groups = [rule.positives, *rule.absent]
    patterns = [pattern for group in groups for pattern in group]
    return any(pattern.tests for pattern in patterns) and all(_is_lasting(pattern) for pattern in patterns)


def _is_lasting(pattern: Pattern) -> bool:
    if pattern.kind == "member" and not any(test.field == "of" and test.value in _LASTING_SETS for test in pattern.tests):
        return False
    return not pattern.joins and all(test.field in _LASTING.get(pattern.kind, ()) for test in pattern.tests) and pattern.kind in _LASTING
