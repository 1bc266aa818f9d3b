"""One test as branches: a field against a value, links that are there or not, and what is not given or not known."""

from __future__ import annotations

from collections.abc import Mapping

from rtm_gate.language.lowering.branches import Branch
from rtm_gate.language.meaning import typed
from rtm_gate.model.rule import Join, Op, Pattern, Test, TestOp
from rtm_gate.model.schema import ALWAYS_THERE, SINGLES, Field, Type

OPPOSITE: Mapping[Op, Op] = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
"""What holds where the operator does not, of values that are there."""
_ALWAYS_KINDS = frozenset({"mention", "claim", "situation", "day", "answer", "approval", "score", "source"})
_ALWAYS = frozenset({("draft", name) for name in ("platform", "language", "origin", "author")})
_OFTEN_MISSING = frozenset(SINGLES) - frozenset(ALWAYS_THERE)
"""Single facts that a check may lack altogether."""

_LINKS = frozenset({"member", "draft_region", "situation_region", "situation_tag", "hashtag"})


def only(alias: str, kind: str, *tests: Test) -> Branch:
    return Branch((Pattern(alias, kind, tests),))


def there(branches: list[Branch], positive: bool) -> list[Branch]:
    """Links that are there in one of several ways, or in none."""
    if positive:
        return branches
    groups = tuple(tuple(pattern for pattern in branch.patterns if pattern.kind in _LINKS) for branch in branches)
    return [Branch(tuple(pattern for pattern in branches[0].patterns if pattern.kind not in _LINKS), groups)]


def others(node: typed.And | typed.Or) -> Branch | None:
    """`is one of a, b` of a closed list as none of the others: one branch instead of one for each word."""
    tests = [part for part in node.parts if isinstance(part, typed.Tested) and part.op == "==" and part.column == part.field.name and part.field.words]
    # Another fact's field stands for a word nobody knows yet: the list is then not closed.
    tests = [test for test in tests if isinstance(test.value, str)]
    if not isinstance(node, typed.Or) or len(tests) != len(node.parts) or len({(test.alias, test.field.name) for test in tests}) != 1:
        return None
    first = tests[0]
    if first.field.type is not Type.WORD or first.field.observed:
        return None
    wanted = {test.value for test in tests}
    return only(first.alias, first.kind, *(Test(first.column, "!=", word) for word in first.field.words if word not in wanted))


def literal(node: typed.Tested, positive: bool) -> Branch:
    assert node.op != "known"
    op = node.op if positive else OPPOSITE[node.op]
    if isinstance(node.value, typed.Ref):
        join = Join(node.column, op, node.value.alias, node.value.field.name)
        return Branch((Pattern(node.alias, node.kind, (), (join,)),))
    if isinstance(node.value, bool):
        return only(node.alias, node.kind, Test(node.column, "==", node.value is positive))
    test: TestOp = op
    return only(node.alias, node.kind, Test(node.column, test, node.value))


def _worded(node: typed.Tested) -> bool:
    """A supplied word that may be empty, which means: not given."""
    return node.field.type in (Type.WORD, Type.TOPIC) and not node.field.observed


def known(node: typed.Tested) -> list[Branch]:
    return [only(node.alias, node.kind, Test(node.field.name, "!=", "") if _worded(node) else Test(node.field.name, "known"))]


def unknown(node: typed.Tested) -> list[Branch]:
    found = [only(node.alias, node.kind, Test(node.field.name, "unknown"))]
    if _worded(node) and node.op == "known":
        found.insert(0, only(node.alias, node.kind, Test(node.field.name, "==", "")))
    if node.kind in _OFTEN_MISSING:
        found.append(Branch((), ((Pattern(node.alias, node.kind),),)))
    return found


def always_given(kind: str, field: Field) -> bool:
    """Whether facts of the kind always carry the field, which is not observed, so that a negation needs no case for its absence."""
    if kind in _OFTEN_MISSING:
        return False
    if kind in _ALWAYS_KINDS or (kind, field.name) in _ALWAYS or field.words:
        return True
    return field.type not in (Type.WORD, Type.TOPIC, Type.RATIO)


def in_region(code: str) -> list[Branch]:
    """The draft's own code or an ancestor of one is `code`, or one of its own codes contains it."""
    name = f"draft_in_{code.lower().replace('-', '_')}"
    found = [only(name, "draft_region", Test("code", "==", code))]
    if "-" in code:
        found.append(only(name, "draft_region", Test("code", "==", code.partition("-")[0]), Test("own", "==", True)))
    return found
