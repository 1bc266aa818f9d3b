"""A reference evaluator with one thing wrong is caught by the same random policies."""

from __future__ import annotations

import inspect
from functools import cache
from types import ModuleType

import pytest

from rtm_gate.model.rule import Match
from rtm_gate.rules import Engine, reference

from .worlds import TYPES, World, world

# what is changed: (text in rtm_gate/rules/reference.py, text instead of it)
MUTANTS = {
    "== is !=": ('"==": operator.eq', '"==": operator.ne'),
    "== is <=": ('"==": operator.eq', '"==": operator.le'),
    "!= is ==": ('"!=": operator.ne', '"!=": operator.eq'),
    "!= is <": ('"!=": operator.ne', '"!=": operator.lt'),
    "< is <=": ('"<": operator.lt', '"<": operator.le'),
    "< is >": ('"<": operator.lt', '"<": operator.gt'),
    "<= is <": ('"<=": operator.le', '"<=": operator.lt'),
    "<= is >=": ('"<=": operator.le', '"<=": operator.ge'),
    "> is >=": ('">": operator.gt', '">": operator.ge'),
    "> is <": ('">": operator.gt', '">": operator.lt'),
    ">= is >": ('">=": operator.ge', '">=": operator.gt'),
    ">= is <=": ('">=": operator.ge', '">=": operator.le'),
    "absence meets every test": ('return test.op == "unknown"', "return True"),
    "unknown is never met": ('return test.op == "unknown"', "return False"),
    "known and unknown are swapped": ('return test.op == "known"', 'return test.op == "unknown"'),
    "a join needs no presence": ("join.other not in other:\n        return False", "join.other not in other:\n        return True"),
    "only the join looked up first is compared": ("for join in self.pattern.joins)", "for join in self.pattern.joins[:1])"),
    "joins are dropped": ("for join in self.pattern.joins)", "for join in ())"),
    "absent groups are ignored": ("for group in rule.absent if", "for group in () if"),
    "only the first absent group counts": ("for group in rule.absent if", "for group in rule.absent[:1] if"),
    "an absent group is its first pattern": ("any(True for _ in _bindings(group, bound)) for", "any(True for _ in _bindings(group[:1], bound)) for"),
    "an absent group may bind a fact of the positives": ("if index not in taken and", "if (index not in taken or self.pattern.alias in 'tvw') and"),
    "two patterns may bind one fact": ("if index not in taken and", "if"),
    "tests are dropped": ("if all(passes(test, facts[index].values) for test in pattern.tests)", ""),
    "only the first test counts": ("for test in pattern.tests)]", "for test in pattern.tests[:1])]"),
}  # fmt: skip
POLICIES = 600


@cache
def judged() -> list[tuple[World, tuple[Match, ...]]]:
    found = []
    for seed in range(POLICIES):
        drawn = world(seed)
        with Engine(drawn.rules, TYPES) as engine:
            found.append((drawn, engine.match(drawn.facts)))
    return found


def changed(before: str, after: str) -> ModuleType:
    source = inspect.getsource(reference)
    assert source.count(before) == 1, f"{before!r} stands {source.count(before)} times in reference.py"
    mutant = ModuleType(reference.__name__)
    exec(compile(source.replace(before, after), "mutant", "exec"), mutant.__dict__)
    return mutant


@pytest.mark.parametrize("name", MUTANTS)
def test_mutant_is_caught(name: str) -> None:
    mutant = changed(*MUTANTS[name])
    assert any(mutant.match(drawn.rules, drawn.facts, TYPES) != matches for drawn, matches in judged())


def test_unchanged_copy_is_not() -> None:
    copy = changed("import operator", "import operator")
    assert all(copy.match(drawn.rules, drawn.facts, TYPES) == matches for drawn, matches in judged())
