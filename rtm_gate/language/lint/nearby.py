"""Which blocks could hide which: an index of what their core rules ask for, so that not every block is held against every other.

A rule can only fire wherever another does where each of its tests is implied by the other's. Most rules have one test that few others could imply: a
topic, a name, a platform. They are filed under it, and a rule looks only into the files of what it says itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rtm_gate.language.lint.possible import AXIOMS, implied, with_consequences
from rtm_gate.model.policy import CountQuery
from rtm_gate.model.rule import CoreRule, Pattern
from rtm_gate.model.schema import ALWAYS_THERE, SCHEMA

Key = tuple[str, str, str | None]
"""A kind of fact, a field of it, and the word it is; None: any test on the field."""

_LINKED = frozenset((axiom.kind, test.field) for axiom in AXIOMS for test in (axiom.if_, *axiom.then))
"""Fields of which tests on other fields say something."""


class Nearby:
    """Of the rules of each block, `wide` are those that could hide another block's; `counts` are the count queries by name."""

    def __init__(self, wide: Mapping[str, Sequence[CoreRule]], counts: Mapping[str, CountQuery]) -> None:
        self._counts = counts
        every = {name: [self._asked(rule) for rule in rules] for name, rules in wide.items()}
        common = Counter(key for keys in every.values() for row in keys for key in row)
        self._files: dict[Key | None, dict[str, None]] = {}
        for name, keys in every.items():
            for row in keys:
                rarest = min(row, key=lambda key: common[key], default=None)
                self._files.setdefault(rarest, {})[name] = None

    def over(self, rules: Iterable[CoreRule]) -> set[str]:
        """The blocks of which, for each of the rules, some rule could fire wherever it does. No block that does is left out."""
        each = [{name for key in (None, *self._said(rule)) for name in self._files.get(key, ())} for rule in rules]
        return set.intersection(*each) if each else set()

    def _asked(self, rule: CoreRule) -> set[Key]:
        """What another rule is sure to say where it fires only if this one does."""
        found = {key for pattern in rule.positives if pattern.kind != "count" for key in _asked_of(pattern)}
        for pattern in rule.positives:
            rows = self._counts[pattern.alias].alternatives if pattern.kind == "count" else ()
            # That there are some is known from facts like these, or from a count of fewer of them. That there are few may be known from others.
            if len(rows) == 1 and any(test.op in (">", ">=") and not implied("count", (), test) for test in pattern.tests):
                found |= {key for counted in rows[0] for key in _asked_of(counted)}
        return found

    def _said(self, rule: CoreRule) -> set[Key]:
        """Every key that what this rule asks for could answer."""
        facts = [*(pattern for pattern in rule.positives if pattern.kind != "count"), *(Pattern(kind, kind) for kind in ALWAYS_THERE)]
        names = {pattern.alias for pattern in rule.positives if pattern.kind == "count"}
        facts += [pattern for name in names for row in self._counts[name].alternatives for pattern in row]
        return {key for pattern in facts for key in _said_of(pattern)}


def _asked_of(pattern: Pattern) -> Iterator[Key]:
    for test in pattern.tests:
        if test.op == "==" and isinstance(test.value, str):
            yield pattern.kind, test.field, test.value
        elif (pattern.kind, test.field) not in _LINKED and not implied(pattern.kind, (), test):
            yield pattern.kind, test.field, None


def _said_of(pattern: Pattern) -> Iterator[Key]:
    for name, tests in with_consequences(pattern.kind, pattern.tests).items():
        yield pattern.kind, name, None
        equal = [test.value for test in tests if test.op == "==" and isinstance(test.value, str)]
        # What is not one of the other words of a closed list is the one that is left.
        field = SCHEMA[pattern.kind].fields.get(name)
        for word in equal or (field.words if field else ()):
            yield pattern.kind, name, word
