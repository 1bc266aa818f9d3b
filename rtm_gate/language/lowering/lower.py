"""Stage 6a: a checked condition to branches, the disjunctive form that core rules are made of.

Unknown values (language, semantics 8) are settled here, by `mode`:
- `stop`: what a stopping rule asks. A test on an unknown observed field counts as met, in a branch of its own that says so.
- `plain`: what advice asks. Unknown is not met.
- `excuse`: the negation of an `except when`, whose unknown is not met: here it is, and nothing is assumed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from rtm_gate.language.lowering import literals
from rtm_gate.language.lowering.branches import Branch, backwards, coinciding, ordered, realiased, united
from rtm_gate.language.meaning import typed
from rtm_gate.model.policy import CountQuery, LikeQuery
from rtm_gate.model.rule import Join, Pattern, Test
from rtm_gate.model.schema import SCHEMA, SINGLES
from rtm_gate.model.source import At

Mode = Literal["stop", "plain", "excuse"]
MOST_RULES = 64


class TooManyError(Exception):
    """More than MOST_RULES branches; `at` is the clause that made them."""

    def __init__(self, at: At) -> None:
        self.at = at


class UnsayableError(Exception):
    """A combination that core rules cannot express."""

    def __init__(self, message: str, at: At) -> None:
        self.message, self.at = message, at


class Queries:
    """The counts and globs that blocks ask the facts room for. Each is named after what it asks, whoever asks it."""

    def __init__(self) -> None:
        self._counts: dict[tuple[tuple[Pattern, ...], ...], CountQuery] = {}
        self._likes: dict[tuple[str, str, str], LikeQuery] = {}

    def count(self, alternatives: tuple[tuple[Pattern, ...], ...]) -> str:
        if alternatives not in self._counts:
            self._counts[alternatives] = CountQuery(_named("count", alternatives), alternatives)
        return self._counts[alternatives].name

    def like(self, kind: str, field: str, glob: str) -> str:
        if (kind, field, glob) not in self._likes:
            self._likes[kind, field, glob] = LikeQuery(_named("like", (kind, field, glob)), kind, field, glob)
        return self._likes[kind, field, glob].name

    @property
    def counts(self) -> tuple[CountQuery, ...]:
        return tuple(self._counts.values())

    @property
    def likes(self) -> tuple[LikeQuery, ...]:
        return tuple(self._likes.values())


def _named(what: str, asked: object) -> str:
    return f"{what}_{hashlib.sha256(repr(asked).encode()).hexdigest()[:12]}"


class Lowering:
    def __init__(self, queries: Queries) -> None:
        self.queries = queries

    def branches(self, node: typed.Typed, mode: Mode, positive: bool = True) -> list[Branch]:
        """The branches under which the node (or its negation) holds. Raises TooManyError and UnsayableError."""
        match node:
            case typed.Negated():
                return self.branches(node.part, mode, not positive)
            case typed.And() | typed.Or():
                others = literals.others(node) if positive else None
                if others is not None:
                    return [others]
                each = [self.branches(part, mode, positive) for part in node.parts]
                if isinstance(node, typed.And) == positive:
                    return product(each, node.at)
                return _once((branch for part in each for branch in part), node.at)
            case typed.Tested():
                return self._tested(node, mode, positive)
            case typed.Holds():
                return literals.there([self._member(node)], positive)
            case typed.InRegion():
                return literals.there(literals.in_region(node.code), positive)
            case typed.Like():
                name = self.queries.like(node.kind, node.field.name, node.glob)
                return [literals.only(node.alias, node.kind, Test(name, "==", positive))]
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
            return literals.known(node) if positive else literals.unknown(node)
        known = [literals.literal(node, positive)]
        if node.field.observed:
            if mode == "plain":
                return known
            unknown = literals.only(node.alias, node.kind, Test(node.field.name, "unknown"))
            assumed = (f"{node.kind}.{node.field.name}",) if mode == "stop" else ()
            return [*known, Branch(unknown.patterns, (), assumed)]
        # What is not given is not equal to anything, and no flag is raised.
        return known if positive or literals.always_given(node.kind, node.field) else [*known, *literals.unknown(node)]

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
            return [literals.only(alias, "situation", Test(f"touches_{node.how}", "==", positive))]
        if node.how == "hashtag":
            tag = Pattern(f"{alias}_tag", "situation_tag", (), (Join("situation", "==", alias, "key"),))
            own = Pattern(f"{alias}_hashtag", "hashtag", (), (Join("tag", "==", tag.alias, "tag"),))
            return literals.there([Branch((Pattern(alias, "situation"), tag, own))], positive)
        there = []
        for own_there, own_here in ((True, True), (True, False), (False, True)):
            area = Pattern(f"{alias}_region", "situation_region", (Test("own", "==", own_there),), (Join("situation", "==", alias, "key"),))
            here = Pattern(f"{alias}_here", "draft_region", (Test("own", "==", own_here),), (Join("code", "==", area.alias, "code"),))
            there.append(Branch((Pattern(alias, "situation"), area, here)))
        known = literals.there(there, positive)
        if not positive:
            known = [branch for one in known if (branch := united(one, literals.only(alias, "situation", Test("area_known", "==", True)))) is not None]
        if mode == "plain":
            return known
        unknown = literals.only(alias, "situation", Test("area_known", "==", False))
        return [*known, Branch(unknown.patterns, (), ("situation.area",) if mode == "stop" else ())]

    # ---- quantifiers ------------------------------------------------------------------------------------------------------------------
    def _exists(self, node: typed.Exists, mode: Mode) -> list[Branch]:
        fact = Branch((Pattern(node.alias, node.kind),))
        found = [fact] if node.body is None else product([[fact], self.branches(node.body, mode)], node.at)
        # An exception that says `no situation` is not met while nobody can tell.
        return [*found, *(replace(branch, assumed=()) for branch in _unread(node.kind))] if mode == "excuse" else found

    def _none(self, node: typed.Exists, mode: Mode) -> list[Branch]:
        known, unknown = self._groups(node)
        sure = tuple(branch.patterns for branch in known)
        if mode == "excuse":
            return [Branch((), sure)]
        both = (*sure, *(branch.patterns for branch in unknown))
        if mode == "plain":
            return [Branch(_read(node.kind), both)]
        others = tuple(realiased(group, node.alias, f"{node.alias}_other") for group in sure)
        none = Branch(_read(node.kind), both)
        return [none, *(Branch(branch.patterns, others, branch.assumed) for branch in unknown), *_unread(node.kind, sure)]

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
        trusted = Branch(() if positive or mode == "excuse" else _read(node.kind))
        unread = _untold(node.kind, mode, positive, _count(sure, few))
        if not unknown:
            surely = united(_count(sure, enough if positive else few), trusted)
            return [*([surely] if surely else []), *unread]
        most = self.count(node.alias, [*known, *unknown])
        assumed = tuple(dict.fromkeys(name for branch in unknown for name in branch.assumed)) if mode == "stop" else ()
        surely = united(_count(sure, enough) if positive else _count(most, few), trusted)
        maybe = united(_count(sure, few), _count(most, enough))
        found = [surely] if surely else []
        if mode == "plain" or maybe is None:
            return found
        return [*found, Branch(maybe.patterns, (), assumed), *unread]

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


def _read(kind: str) -> tuple[Pattern, ...]:
    """Where something may be missing from the news, the news has to be trusted (language, semantics 9)."""
    return (Pattern("news", "news", (Test("stale", "==", False),)),) if kind == "situation" else ()


def _unread(kind: str, sure: tuple[tuple[Pattern, ...], ...] = ()) -> list[Branch]:
    """That something is not in the news is unknown while the news cannot be trusted, unless it is there (`sure`)."""
    return [Branch((Pattern("news", "news", (Test("stale", "==", True),)),), sure, ("news",))] if kind == "situation" else []


def _untold(kind: str, mode: Mode, positive: bool, few: Branch) -> list[Branch]:
    """While the news cannot be trusted, `fewer than` may hold in what stops (where `few` are there), and in an exception it does not."""
    if mode == "stop" and not positive:
        return [both for branch in _unread(kind) if (both := united(branch, few)) is not None]
    return [replace(branch, assumed=()) for branch in _unread(kind)] if mode == "excuse" and positive else []


def _count(query: str, test: Test) -> Branch:
    return literals.only(query, "count", Test("of", "==", query), test)
