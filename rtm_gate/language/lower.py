"""Stage 6a: a checked condition to branches, the disjunctive form that core rules are made of.

Unknown values (language, semantics 8) are settled here, by `mode`:
- `stop`: what a stopping rule asks. A test on an unknown observed field counts as met, in a branch of its own that says so.
- `plain`: what advice asks. Unknown is not met.
- `excuse`: the negation of an `except when`, whose unknown is not met: here it is, and nothing is assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from rtm_gate.language import typed
from rtm_gate.language.branches import SINGLES, Branch, backwards, coinciding, ordered, united
from rtm_gate.model.policy import CountQuery, LikeQuery
from rtm_gate.model.rule import Join, Op, Pattern, Test, TestOp
from rtm_gate.model.schema import SCHEMA, Type
from rtm_gate.model.source import At

Mode = Literal["stop", "plain", "excuse"]
MOST_RULES = 64
_OPPOSITE: dict[Op, Op] = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_ALWAYS_KINDS = frozenset({"mention", "claim", "situation", "day", "answer", "approval", "score", "source"})
_ALWAYS = frozenset({("draft", name) for name in ("platform", "language", "origin", "author")})
_OFTEN_MISSING = frozenset(kind.name for kind in SCHEMA.values() if kind.single) - {"draft", "account", "trigger", "news"}
"""Single facts that a check may lack altogether."""

_LINKS = frozenset({"member", "draft_region", "situation_region", "situation_tag", "hashtag"})


class TooManyError(Exception):
    """More than MOST_RULES branches; `at` is the clause that made them."""

    def __init__(self, at: At) -> None:
        self.at = at


class UnsayableError(Exception):
    """A combination that core rules cannot express."""

    def __init__(self, message: str, at: At) -> None:
        self.message, self.at = message, at


class Queries:
    """The counts and globs a policy asks the facts room for, each named once."""

    def __init__(self) -> None:
        self._counts: dict[tuple[tuple[Pattern, ...], ...], CountQuery] = {}
        self._likes: dict[tuple[str, str, str], LikeQuery] = {}

    def count(self, alternatives: tuple[tuple[Pattern, ...], ...]) -> str:
        if alternatives not in self._counts:
            self._counts[alternatives] = CountQuery(f"count_{len(self._counts) + 1}", alternatives)
        return self._counts[alternatives].name

    def like(self, kind: str, field: str, glob: str) -> str:
        if (kind, field, glob) not in self._likes:
            self._likes[kind, field, glob] = LikeQuery(f"like_{len(self._likes) + 1}", kind, field, glob)
        return self._likes[kind, field, glob].name

    @property
    def counts(self) -> tuple[CountQuery, ...]:
        return tuple(self._counts.values())

    @property
    def likes(self) -> tuple[LikeQuery, ...]:
        return tuple(self._likes.values())


class Lowering:
    def __init__(self, queries: Queries) -> None:
        self.queries = queries

    def branches(self, node: typed.Typed, mode: Mode, positive: bool = True) -> list[Branch]:
        """The branches under which the node (or its negation) holds. Raises TooManyError and UnsayableError."""
        match node:
            case typed.Negated():
                return self.branches(node.part, mode, not positive)
            case typed.And() | typed.Or():
                others = _others(node) if positive else None
                if others is not None:
                    return [others]
                each = [self.branches(part, mode, positive) for part in node.parts]
                if isinstance(node, typed.And) == positive:
                    return product(each, node.at)
                return _once((branch for part in each for branch in part), node.at)
            case typed.Tested():
                return self._tested(node, mode, positive)
            case typed.Holds():
                return _there([self._member(node)], positive)
            case typed.InRegion():
                return _there(_in_region(node.code), positive)
            case typed.Like():
                name = self.queries.like(node.kind, node.field.name, node.glob)
                return [_only(node.alias, node.kind, Test(name, "==", positive))]
            case typed.Touched():
                return self._touched(node, mode, positive)
            case typed.Exists():
                return self._exists(node, mode) if positive else self._none(node, mode)
            case typed.AtLeast():
                return self._counted(node, mode, positive)

    def unless(self, node: typed.Typed) -> list[Branch]:
        """The branches under which an `except when` does not hold: where there would be several, one count of what it asks for."""
        against = self.branches(node, "excuse", positive=False)
        if len(against) == 1:
            return against
        meant = self.branches(node, "plain")
        if any(branch.absent or not branch.patterns for branch in meant):
            return against
        found = [ordered(variant.patterns) for branch in meant for variant in coinciding(branch)]
        if any(join.alias not in SINGLES and join.alias not in {p.alias for p in row} for row in found for pattern in row for join in pattern.joins):
            return against
        query = self.queries.count(tuple(self._complete(row) for row in found))
        return [_count(query, Test("n", "<", 1))]

    # ---- one field -----------------------------------------------------------------------------------------------------------------
    def _tested(self, node: typed.Tested, mode: Mode, positive: bool) -> list[Branch]:
        if node.op == "known":
            return _known(node) if positive else _unknown(node)
        known = [_literal(node, positive)]
        if node.field.observed:
            if mode == "plain":
                return known
            unknown = _only(node.alias, node.kind, Test(node.field.name, "unknown"))
            assumed = (f"{node.kind}.{node.field.name}",) if mode == "stop" else ()
            return [*known, Branch(unknown.patterns, (), assumed)]
        # What is not given is not equal to anything, and no flag is raised.
        return known if positive or _always_given(node) else [*known, *_unknown(node)]

    def _member(self, node: typed.Holds) -> Branch:
        plural = node.alias if not SCHEMA[node.kind].single else ""
        tests = [Test("of", "==", f"{node.kind}.{node.field.name}")]
        joins: list[Join] = [Join("owner", "==", plural, "key")] if plural else []
        tests += [] if plural else [Test("owner", "==", "")]
        if isinstance(node.value, str):
            tests.append(Test(node.column, "==", node.value))
            said = node.value.replace(".", "_").replace("-", "_")
        else:
            joins.append(Join(node.column, "==", node.value.alias, node.value.field.name))
            said = f"{node.value.alias}_{node.value.field.name}"
        link = Pattern(f"{node.alias}_{node.field.name}_{said}", "member", tuple(tests), tuple(joins))
        return Branch((Pattern(plural, node.kind), link) if plural else (link,))

    def _touched(self, node: typed.Touched, mode: Mode, positive: bool) -> list[Branch]:
        alias = node.alias
        if node.how in ("words", "entity"):
            return [_only(alias, "situation", Test(f"touches_{node.how}", "==", positive))]
        if node.how == "hashtag":
            tag = Pattern(f"{alias}_tag", "situation_tag", (), (Join("situation", "==", alias, "key"),))
            own = Pattern(f"{alias}_hashtag", "hashtag", (), (Join("tag", "==", tag.alias, "tag"),))
            return _there([Branch((Pattern(alias, "situation"), tag, own))], positive)
        there = []
        for own_there, own_here in ((True, True), (True, False), (False, True)):
            area = Pattern(f"{alias}_region", "situation_region", (Test("own", "==", own_there),), (Join("situation", "==", alias, "key"),))
            here = Pattern(f"{alias}_here", "draft_region", (Test("own", "==", own_here),), (Join("code", "==", area.alias, "code"),))
            there.append(Branch((Pattern(alias, "situation"), area, here)))
        known = _there(there, positive)
        if not positive:
            known = [branch for one in known if (branch := united(one, _only(alias, "situation", Test("area_known", "==", True)))) is not None]
        if mode == "plain":
            return known
        unknown = _only(alias, "situation", Test("area_known", "==", False))
        return [*known, Branch(unknown.patterns, (), ("situation.area",) if mode == "stop" else ())]

    # ---- quantifiers ------------------------------------------------------------------------------------------------------------------
    def _exists(self, node: typed.Exists, mode: Mode) -> list[Branch]:
        fact = Branch((Pattern(node.alias, node.kind),))
        return [fact] if node.body is None else product([[fact], self.branches(node.body, mode)], node.at)

    def _none(self, node: typed.Exists, mode: Mode) -> list[Branch]:
        known, unknown = self._groups(node)
        sure = tuple(branch.patterns for branch in known)
        if mode == "excuse":
            return [Branch((), sure)]
        both = (*sure, *(branch.patterns for branch in unknown))
        if mode == "plain":
            return [Branch((), both)]
        return [Branch((), both), *(Branch(branch.patterns, sure, branch.assumed) for branch in unknown)]

    def _groups(self, node: typed.Exists | typed.AtLeast) -> tuple[list[Branch], list[Branch]]:
        """The branches under which a fact is surely one of those meant, and those under which it may be."""
        found = self._exists(typed.Exists(node.alias, node.kind, node.body, node.at), "stop")
        if any(branch.absent for branch in found):
            raise UnsayableError(f"what is not there cannot be asked of `{node.kind}` that are counted or that must be absent", node.at)
        return [branch for branch in found if not branch.assumed], [branch for branch in found if branch.assumed]

    def _counted(self, node: typed.AtLeast, mode: Mode, positive: bool) -> list[Branch]:
        known, unknown = self._groups(node)
        sure = self.count(node.alias, known)
        enough, few = Test("n", ">=", node.count), Test("n", "<", node.count)
        if not unknown:
            return [_count(sure, enough if positive else few)]
        most = self.count(node.alias, [*known, *unknown])
        assumed = tuple(dict.fromkeys(name for branch in unknown for name in branch.assumed)) if mode == "stop" else ()
        surely = _count(sure, enough) if positive else _count(most, few)
        maybe = united(_count(sure, few), _count(most, enough))
        if mode == "plain" or maybe is None:
            return [surely]
        return [surely, Branch(maybe.patterns, (), assumed)]

    def count(self, alias: str, found: Iterable[Branch]) -> str:
        """The query that counts the facts bound to `alias`; facts of which a check has one come in where they are compared with."""
        alternatives = []
        for branch in found:
            alternatives.append(self._complete(sorted(branch.patterns, key=lambda pattern: pattern.alias != alias)))
        return self.queries.count(tuple(alternatives))

    def _complete(self, row: Sequence[Pattern]) -> tuple[Pattern, ...]:
        """The patterns, and after the first one the single facts they are compared with."""
        there = {pattern.alias for pattern in row}
        more = dict.fromkeys(join.alias for pattern in row for join in pattern.joins if join.alias not in there)
        return backwards([*row[:1], *(Pattern(single, single) for single in more), *row[1:]])


def product(each: Iterable[list[Branch]], at: At) -> list[Branch]:
    """Every choice of one branch from each list that can hold at once."""
    found = [Branch()]
    for branches in each:
        found = _once((whole for left in found for right in branches if (whole := united(left, right)) is not None), at)
    return found


def _once(branches: Iterable[Branch], at: At) -> list[Branch]:
    found: dict[Branch, None] = {}
    for branch in branches:
        found.setdefault(branch)
        if len(found) > MOST_RULES:
            raise TooManyError(at)
    return list(found)


def _only(alias: str, kind: str, *tests: Test) -> Branch:
    return Branch((Pattern(alias, kind, tests),))


def _there(branches: list[Branch], positive: bool) -> list[Branch]:
    """Links that are there in one of several ways, or in none."""
    if positive:
        return branches
    groups = tuple(tuple(pattern for pattern in branch.patterns if pattern.kind in _LINKS) for branch in branches)
    return [Branch(tuple(pattern for pattern in branches[0].patterns if pattern.kind not in _LINKS), groups)]


def _others(node: typed.And | typed.Or) -> Branch | None:
    """`is one of a, b` of a closed list as none of the others: one branch instead of one for each word."""
    tests = [part for part in node.parts if isinstance(part, typed.Tested) and part.op == "==" and part.column == part.field.name and part.field.words]
    if not isinstance(node, typed.Or) or len(tests) != len(node.parts) or len({(test.alias, test.field.name) for test in tests}) != 1:
        return None
    first = tests[0]
    if first.field.type is not Type.WORD or first.field.observed:
        return None
    wanted = {test.value for test in tests}
    return _only(first.alias, first.kind, *(Test(first.column, "!=", word) for word in first.field.words if word not in wanted))


def _literal(node: typed.Tested, positive: bool) -> Branch:
    assert node.op != "known"
    op = node.op if positive else _OPPOSITE[node.op]
    if isinstance(node.value, typed.Ref):
        join = Join(node.column, op, node.value.alias, node.value.field.name)
        return Branch((Pattern(node.alias, node.kind, (), (join,)),))
    if isinstance(node.value, bool):
        return _only(node.alias, node.kind, Test(node.column, "==", node.value is positive))
    test: TestOp = op
    return _only(node.alias, node.kind, Test(node.column, test, node.value))


def _worded(node: typed.Tested) -> bool:
    """A supplied word that may be empty, which means: not given."""
    return node.field.type in (Type.WORD, Type.TOPIC) and not node.field.observed


def _known(node: typed.Tested) -> list[Branch]:
    return [_only(node.alias, node.kind, Test(node.field.name, "!=", "") if _worded(node) else Test(node.field.name, "known"))]


def _unknown(node: typed.Tested) -> list[Branch]:
    found = [_only(node.alias, node.kind, Test(node.field.name, "unknown"))]
    if _worded(node) and node.op == "known":
        found.insert(0, _only(node.alias, node.kind, Test(node.field.name, "==", "")))
    if node.kind in _OFTEN_MISSING:
        found.append(Branch((), ((Pattern(node.alias, node.kind),),)))
    return found


def _always_given(node: typed.Tested) -> bool:
    """Whether the facts always carry the field, so that a negation needs no case for its absence."""
    if node.kind in _OFTEN_MISSING:
        return False
    if node.kind in _ALWAYS_KINDS or (node.kind, node.field.name) in _ALWAYS or node.field.words:
        return True
    return node.field.type not in (Type.WORD, Type.TOPIC, Type.RATIO)


def _in_region(code: str) -> list[Branch]:
    """The draft's own code or an ancestor of one is `code`, or one of its own codes contains it."""
    name = f"draft_in_{code.lower().replace('-', '_')}"
    found = [_only(name, "draft_region", Test("code", "==", code))]
    if "-" in code:
        found.append(_only(name, "draft_region", Test("code", "==", code.partition("-")[0]), Test("own", "==", True)))
    return found


def _count(query: str, test: Test) -> Branch:
    return _only(query, "count", Test("of", "==", query), test)
