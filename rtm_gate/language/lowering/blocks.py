"""Stage 6: blocks to core rules. What each block says is in `forms/`; here its cases become branches, and branches rules."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rtm_gate.language.lowering.branches import Branch, coinciding, ordered, overlaps, strongest, united
from rtm_gate.language.lowering.effects import STOPS, Effects, aliases_of
from rtm_gate.language.lowering.form import Case, Form
from rtm_gate.language.lowering.forms import FORMS
from rtm_gate.language.lowering.lower import MOST_RULES, Lowering, Mode, Queries, TooManyError, UnsayableError, product
from rtm_gate.language.meaning import typed
from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.model.policy import CountQuery, Excuse, LikeQuery, Tally
from rtm_gate.model.rule import CoreRule, Effect, Pattern, Test
from rtm_gate.model.schema import SINGLES
from rtm_gate.model.source import At

MOST_UNKNOWN = 3
MOST_QUANTIFIED = 3


@dataclass(frozen=True, slots=True)
class Lowered:
    """What a block came to. `excuses` are what its `except when` lifts, for tests to say."""

    rules: tuple[CoreRule, ...]
    excuses: tuple[Excuse, ...]
    counts: tuple[CountQuery, ...]
    likes: tuple[LikeQuery, ...]


class Blocks:
    """Lowers the blocks of a policy. What is lowered without a word is kept: it is the same wherever the same text meets the same names."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._around = names.surroundings()

    def lowered(self, item: nodes.Item) -> Lowered:
        """Without rules where something in the block is wrong (and reported)."""
        key = (item.text, self._around)
        found = _KEPT.get(key)
        if found is None:
            before = len(self.names.found)
            found = _Block(self.names).lowered(item)
            if len(self.names.found) == before:
                _KEPT[key] = found
                while len(_KEPT) > MOST_KEPT:
                    _KEPT.pop(next(iter(_KEPT)), None)
        return found

    def tallies(self, item: nodes.Item) -> tuple[Tally, ...]:
        """What the open questions of a checklist come to. Its times are of facts of which a check has one."""
        effects = Effects(self.names)
        singles = Branch(tuple(Pattern(kind, kind) for kind in SINGLES))
        found = [part for part in item.parts if isinstance(part, nodes.Tally)]
        return tuple(Tally(one.least, one.most, tuple(effects.bound(group, singles) for group in effects.grouped(one.effects))) for one in found)


_KEPT: dict[tuple[str, str], Lowered] = {}
MOST_KEPT = 8192


class _Block:
    """One block on its way to core rules."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.queries = Queries()
        self.lowering = Lowering(self.queries)
        self.effects = Effects(names)

    def lowered(self, item: nodes.Item) -> Lowered:
        rules, excuses = self._lowered(item)
        return Lowered(tuple(rules), tuple(excuses), self.queries.counts, self.queries.likes)

    def _lowered(self, item: nodes.Item) -> tuple[list[CoreRule], list[Excuse]]:
        before = len(self.names.found)
        form = Form(item, self.names, self.effects)
        FORMS[item.word](form)
        if any(d.level == "error" for d in self.names.found[before:]):
            return [], []
        try:
            return self._core(item, form), [excuse for case in form.cases for excuse in self._lifted(item.id, case)]
        except TooManyError as error:
            self.names.error(
                "RTM303", f"`{form.name.text}` becomes more than {MOST_RULES} alternatives", error.at, "here",
                "every `or`, every member of a list and every unknown multiplies them: split the block in two",
            )  # fmt: skip
        except UnsayableError as error:
            self.names.error("RTM311", error.message, error.at, "", "make two blocks of it")
        return [], []

    def _core(self, item: nodes.Item, form: Form) -> list[CoreRule]:
        rules: dict[CoreRule, None] = {}
        for case in form.cases:
            self._limits(item, case.condition)
            for effects in self._effects(case):
                for branch in self._branches(item, case, effects):
                    for variant in coinciding(branch):
                        rule = self._rule_of(case.block or item.id, variant, effects, case)
                        if rule is not None:
                            rules.setdefault(rule)
                    if len(rules) > MOST_RULES * (1 + len(item.parts)):
                        raise TooManyError(form.name.at)
        return [replace(rule, branch=number) for number, rule in enumerate(rules)]

    def _lifted(self, block: str, case: Case) -> list[Excuse]:
        """Each way for the condition and its exception to be met at once; none where that cannot be said in core rules."""
        if case.excuse is None:
            return []
        found: list[Excuse] = []
        try:
            for excuse in self.lowering.branches(case.excuse, "plain"):
                said = CoreRule(block, 0, ordered(excuse.patterns), excuse.absent)
                for branch in product([self.lowering.branches(case.condition, "stop"), [excuse]], case.excuse.at):
                    rules = (self._rule_of(block, variant, Effect("warn"), case) for variant in coinciding(branch))
                    found += [Excuse(rule, said) for rule in rules if rule is not None]
        except (TooManyError, UnsayableError):
            return []
        return found

    def _effects(self, case: Case) -> list[tuple[nodes.Effect, ...] | Effect]:
        """What the case does, effect by effect: those of the author that hold are one."""
        return [case.made] if case.made is not None else [*self.effects.grouped(case.effects)]

    def _branches(self, item: nodes.Item, case: Case, effects: tuple[nodes.Effect, ...] | Effect) -> list[Branch]:
        each = [self.lowering.branches(case.condition, _mode(effects))]
        if case.excuse is not None:
            each.append(self.lowering.unless(case.excuse))
        return strongest(product(each, item.at))

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

    def _rule_of(self, block: str, branch: Branch, effects: tuple[nodes.Effect, ...] | Effect, case: Case) -> CoreRule | None:
        at = case.condition.at
        effect = effects if isinstance(effects, Effect) else replace(self.effects.bound(effects, branch), note=case.note)
        branch = self._apart(branch, at)
        wanted = [*(join.alias for pattern in (*branch.patterns, *(p for g in branch.absent for p in g)) for join in pattern.joins), *aliases_of(effect)]
        inner = {pattern.alias for group_ in branch.absent for pattern in group_}
        there = {pattern.alias for pattern in branch.patterns}
        for alias in dict.fromkeys(wanted):
            if alias in SINGLES and alias not in there:
                branch = replace(branch, patterns=(*branch.patterns, Pattern(alias, alias)))
            elif alias not in there and alias not in inner:
                raise UnsayableError(f"not every alternative of the condition names a `{alias}`", at)
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
    if len(assumed) > 1 and effect.kind in ("hold", "no-go", "assert"):
        return Effect("warn")
    return Effect("hold") if assumed and effect.kind == "no-go" else effect


def _mode(effects: tuple[nodes.Effect, ...] | Effect) -> Mode:
    """Unknown counts as met in what stops. What relieves rests on what is known; so does a promise that nothing is stopped."""
    if not isinstance(effects, Effect):
        return "stop" if effects[0].kind in STOPS else "plain"
    stops = effects.kind in ("hold", "no-go") or (effects.kind == "assert" and effects.action == "go")
    return "stop" if stops and not effects.relieves else "plain"


def _leaves(node: typed.Typed) -> list[typed.Typed]:
    """The node and all below it."""
    if isinstance(node, typed.And | typed.Or):
        return [node, *(leaf for part in node.parts for leaf in _leaves(part))]
    if isinstance(node, typed.Negated):
        return [node, *_leaves(node.part)]
    if isinstance(node, typed.Exists | typed.AtLeast) and node.body is not None:
        return [node, *_leaves(node.body)]
    return [node]
