"""Stage 6: rules, blackouts and triggers to core rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rtm_gate.language.lowering.branches import Branch, coinciding, ordered, overlaps, strongest, united
from rtm_gate.language.lowering.effects import HOLDS, STOPS, Effects, aliases_of
from rtm_gate.language.lowering.lower import MOST_RULES, Lowering, Mode, Queries, TooManyError, UnsayableError, product
from rtm_gate.language.meaning import typed
from rtm_gate.language.meaning.check import Checker
from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import did_you_mean
from rtm_gate.model.rule import CoreRule, Effect, Pattern, Test
from rtm_gate.model.schema import RISKS, SCHEMA, SINGLES
from rtm_gate.model.source import At

MOST_UNKNOWN = 3
MOST_QUANTIFIED = 3
_ONCE = ("when", "except when", "then", "because", "fix", "owner", "lasts", "risk", "respond within", "respond never", "approval", "aim for", "stops")


@dataclass(frozen=True, slots=True)
class Case:
    """One reason of a block to fire: what must hold, and what it does then. `excuse` lifts it."""

    condition: typed.Typed | None
    effects: tuple[nodes.Effect, ...]
    excuse: typed.Typed | None = None


class Blocks:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.queries = Queries()
        self.lowering = Lowering(self.queries)
        self.effects = Effects(names)

    def lowered(self, item: nodes.Item) -> list[CoreRule]:
        """The core rules of a block; empty where something in it is wrong (and reported)."""
        before = len(self.names.found)
        for word in _ONCE:
            for clause in _all(item, word)[1:]:
                self.names.error("RTM310", f"`{word}` stands twice in this {item.word}", clause.at, "say it once")
        checker = Checker(self.names)
        cases = {"rule": self._rule, "blackout": self._blackout, "trigger": self._trigger}[item.word](item, checker)
        if any(d.level == "error" for d in self.names.found[before:]) or item.name is None:
            return []
        try:
            return self._core(item, item.name, cases)
        except TooManyError as error:
            self.names.error(
                "RTM303", f"`{item.name.text}` becomes more than {MOST_RULES} alternatives", error.at, "here",
                "every `or`, every member of a list and every unknown multiplies them: split the block in two",
            )  # fmt: skip
        except UnsayableError as error:
            self.names.error("RTM311", error.message, error.at, "", "make two blocks of it")
        return []

    # ---- the three blocks -----------------------------------------------------------------------------------------------------------
    def _rule(self, item: nodes.Item, checker: Checker) -> list[Case]:
        when, then = self._needed(item, "when"), self._needed(item, "then")
        condition = checker.condition(when.condition) if when else None
        excuse = self._excuse(item, checker)
        effects = then.effects if then else ()
        self._check(effects, checker)
        return [Case(condition, effects, excuse)]

    def _blackout(self, item: nodes.Item, checker: Checker) -> list[Case]:
        when = self._needed(item, "when")
        condition = checker.condition(when.condition) if when else None
        excuse = self._excuse(item, checker)
        stops = [checker.draft_word(name) for clause in _all(item, "stops") for name in clause.names]
        spares = [checker.draft_word(name) for clause in _all(item, "spares") for name in clause.names]
        if not stops and not _all(item, "stops everything"):
            self._missing(item, "stops", "what it stops: `stops promotional`, `stops everything`")
        then, lasts = _first(item, "then"), _first(item, "lasts")
        effects = then.effects if then else (nodes.Effect("hold", item.at),)
        if lasts:
            until = nodes.Effect("hold until", lasts.at, time=lasts.times[0], cap=lasts.times[1] if len(lasts.times) > 1 else None)
            if any(effect.kind in HOLDS for effect in effects):
                effects = (*(effect for effect in effects if effect.kind != "hold"), until)
            else:
                self.names.warn("RTM404", "`lasts` ends a hold, and this blackout does not hold", lasts.at, "take it out, or say `then hold`")
        self._check(effects, checker)
        if condition is None or None in stops or None in spares:
            return []
        spared = tuple(typed.Negated(word, word.at) for word in spares if word is not None)
        words: list[tuple[typed.Typed, ...]] = [(word,) for word in stops if word is not None] or [()]
        return [Case(typed.And((*word, condition, *spared), item.at), effects, excuse) for word in words]

    def _trigger(self, item: nodes.Item, checker: Checker) -> list[Case]:
        at, fields = item.at, SCHEMA["trigger"].fields
        assert item.name is not None
        mine = typed.Tested("trigger", "trigger", fields["category"], "category", "==", item.name.text, at)
        kind = typed.Tested("draft", "draft", SCHEMA["draft"].fields["kind"], "kind", "==", "reactive", at)
        excuse = self._excuse(item, checker)
        no_go = (nodes.Effect("no-go", at),)
        cases: list[Case] = []

        def case(effects: tuple[nodes.Effect, ...], *more: typed.Typed, unless: typed.Typed | None = None) -> None:
            self._check(effects, checker)
            cases.append(Case(typed.And((kind, mine, *more), at), effects, unless))

        for clause in item.clauses:
            if clause.word == "respond never":
                case(no_go, unless=excuse)
            elif clause.word == "never when":
                condition = checker.condition(clause.condition)
                if condition is not None:
                    case(no_go, condition, unless=excuse)
            elif clause.word == "respond within":
                late = typed.Tested("trigger", "trigger", fields["age"], "age", ">", self.names.span(clause.values[0]), clause.at)
                case((nodes.Effect("warn", clause.at),), late)
            elif clause.word == "approval":
                case((nodes.Effect("hold for", clause.at, names=clause.names),))
            elif clause.word == "needs":
                case((nodes.Effect("hold shown", clause.at, names=clause.names),))
            elif clause.word == "topics":
                for name in clause.names:
                    self.names.topic(name)
            elif clause.word == "risk" and clause.names[0].text not in RISKS:
                self.names.error("RTM203", f"a risk is never `{clause.names[0].text}`", clause.names[0].at, did_you_mean(clause.names[0].text, RISKS))
            elif clause.word == "aim for":
                self.names.span(clause.values[0])
        return cases

    # ---- parts all have ------------------------------------------------------------------------------------------------------------------
    def _excuse(self, item: nodes.Item, checker: Checker) -> typed.Typed | None:
        clause = _first(item, "except when")
        return checker.condition(clause.condition) if clause else None

    def _check(self, effects: Sequence[nodes.Effect], checker: Checker) -> None:
        for effect in effects:
            self.effects.check(effect, frozenset(checker.aliases.values()))

    def _needed(self, item: nodes.Item, word: str) -> nodes.Clause | None:
        clause = _first(item, word)
        if clause is None:
            self._missing(item, word, f"a {item.word} says `{word} …`")
        return clause

    def _missing(self, item: nodes.Item, word: str, hint: str) -> None:
        assert item.name is not None
        self.names.error("RTM309", f"`{item.name.text}` has no `{word}`", item.name.at, hint)

    # ---- core rules --------------------------------------------------------------------------------------------------------------------------
    def _core(self, item: nodes.Item, name: nodes.Name, cases: list[Case]) -> list[CoreRule]:
        rules: dict[CoreRule, None] = {}
        for case in cases:
            if case.condition is None:
                continue
            self._limits(item, case.condition)
            for group in self.effects.grouped(case.effects):
                mode: Mode = "stop" if group[0].kind in STOPS else "plain"
                each = [self.lowering.branches(case.condition, mode)]
                if case.excuse is not None:
                    each.append(self.lowering.unless(case.excuse))
                for branch in strongest(product(each, item.at)):
                    for variant in coinciding(branch):
                        rule = self._rule_of(name.text, variant, group)
                        if rule is not None:
                            rules.setdefault(rule)
                    if len(rules) > MOST_RULES:
                        raise TooManyError(name.at)
        if not rules and cases and all(case.condition is not None for case in cases):
            self.names.warn("RTM405", f"`{name.text}` can never fire", name.at, "its tests contradict each other")
        return [replace(rule, branch=number) for number, rule in enumerate(rules)]

    def _limits(self, item: nodes.Item, condition: typed.Typed) -> None:
        leaves = _leaves(condition)
        tests = [leaf for leaf in leaves if isinstance(leaf, typed.Tested)]
        unknown = {(leaf.alias, leaf.field.name) for leaf in tests if leaf.field.observed and leaf.op != "known"}
        facts = [leaf for leaf in leaves if isinstance(leaf, typed.Exists)]
        if len(unknown) > MOST_UNKNOWN:
            listed = ", ".join(f"`{alias}.{name}`" for alias, name in sorted(unknown))
            raise UnsayableError(f"more than {MOST_UNKNOWN} tests are on what may be unknown: {listed}", item.name.at if item.name else item.at)
        if len(facts) > MOST_QUANTIFIED:
            raise UnsayableError(f"more than {MOST_QUANTIFIED} facts are asked for with `any` or `no`", item.name.at if item.name else item.at)

    def _rule_of(self, block: str, branch: Branch, group: tuple[nodes.Effect, ...]) -> CoreRule | None:
        effect = self.effects.bound(group, branch)
        branch = self._apart(branch, group[0].at)
        wanted = [*(join.alias for pattern in (*branch.patterns, *(p for g in branch.absent for p in g)) for join in pattern.joins), *aliases_of(effect)]
        inner = {pattern.alias for group_ in branch.absent for pattern in group_}
        there = {pattern.alias for pattern in branch.patterns}
        for alias in dict.fromkeys(wanted):
            if alias in SINGLES and alias not in there:
                branch = replace(branch, patterns=(*branch.patterns, Pattern(alias, alias)))
            elif alias not in there and alias not in inner:
                raise UnsayableError(f"not every alternative of the condition names a `{alias}`", group[0].at)
        if not branch.patterns:
            branch = replace(branch, patterns=(Pattern("draft", "draft"),))
        if branch.hopeless:
            return None
        return CoreRule(block, 0, ordered(branch.patterns), branch.absent, _weakened(effect, branch.assumed), branch.assumed)

    def _apart(self, branch: Branch, at: At) -> Branch:
        """Absent groups that could only be met by a fact the rule has bound already become counts: a rule never binds a fact twice."""
        kept: list[tuple[Pattern, ...]] = []
        result = branch
        for group in branch.absent:
            if not any(overlaps(one, other) for one in group for other in branch.patterns if one.alias not in SINGLES):
                kept.append(group)
                continue
            inside = {pattern.alias for pattern in group}
            if any(join.alias not in inside and join.alias not in SINGLES for pattern in group for join in pattern.joins):
                raise UnsayableError("what is absent hangs on a fact that is counted elsewhere in the block", at)
            query = self.lowering.count(group[0].alias, [Branch(group)])
            none = Branch((Pattern(query, "count", (Test("of", "==", query), Test("n", "<", 1))),))
            result = united(result, none) or result
        return replace(result, absent=tuple(kept))


def _weakened(effect: Effect, assumed: tuple[str, ...]) -> Effect:
    """Unknown never makes a no-go, and two unknowns only warn."""
    if len(assumed) > 1 and effect.kind in ("hold", "no-go"):
        return Effect("warn")
    return Effect("hold") if assumed and effect.kind == "no-go" else effect


def _leaves(node: typed.Typed) -> list[typed.Typed]:
    """The node and all below it."""
    if isinstance(node, typed.And | typed.Or):
        return [node, *(leaf for part in node.parts for leaf in _leaves(part))]
    if isinstance(node, typed.Negated):
        return [node, *_leaves(node.part)]
    if isinstance(node, typed.Exists | typed.AtLeast) and node.body is not None:
        return [node, *_leaves(node.body)]
    return [node]


def _all(item: nodes.Item, word: str) -> list[nodes.Clause]:
    return [clause for clause in item.clauses if clause.word == word]


def _first(item: nodes.Item, word: str) -> nodes.Clause | None:
    return next(iter(_all(item, word)), None)
