"""The engine of a policy: built once, asked for every check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType

from rtm_gate.model.fact import Fact
from rtm_gate.model.rule import CoreRule, Match
from rtm_gate.rules import batch, limits, shape
from rtm_gate.rules.fault import EngineFault, PolicyRejected
from rtm_gate.rules.load import MOST_TUPLES, Load
from rtm_gate.rules.names import aliases, fact_index
from rtm_gate.rules.network import Production, Use
from rtm_gate.rules.ruleset import Ruleset, production_name
from rtm_gate.rules.shape import Types

Tuples = set[tuple[int, ...]]
Groups = dict[tuple[int, ...], list[tuple[int, ...]]]


class Engine:
    """Judges facts by core rules with durable-rules.

    `types` maps kind -> field -> str, int or bool: all that the rules may name and the facts may carry. Raises
    PolicyRejected when `limits.problems` finds anything, EngineFault when the library deviates, ImportError when it
    is not there. Build it after a fork, and close it: the ruleset lives in C.
    """

    def __init__(self, rules: Sequence[CoreRule], types: Types) -> None:
        fitted = limits.fitted(rules, types)
        if isinstance(fitted, list):
            raise PolicyRejected(fitted)
        self._rules = tuple(rules)
        self._types = types
        self._fitted = fitted
        self._load = Load.of(fitted.productions)
        self._productions: Mapping[str, Production] = {production_name(number): made for number, made in enumerate(fitted.productions)}
        self._ruleset = Ruleset(fitted.productions)
        self.match(())  # the first session proves the sentinels

    def match(self, facts: Sequence[Fact]) -> tuple[Match, ...]:
        """Every rule with every tuple of facts it fired on, sorted; the same for any order of the same facts but for the indexes.

        Thread safe. Raises EngineFault when there is no trustworthy answer.
        """
        wrong = shape.misfit(facts, self._types) or self.too_many(facts)
        if wrong:
            raise EngineFault(wrong)
        found = self._ruleset.matches(lambda session: batch.written(facts, self._fitted.names, self._fitted.routed, session))
        return self._fired(self._tuples(found))

    def too_many(self, facts: Sequence[Fact]) -> str:
        """What these facts combine beyond all bounds, in words; empty when a check of them may be tried, by either evaluator."""
        heaviest = self._load.excess(facts)
        if heaviest is None:
            return ""
        kinds = ", ".join(f"`{pattern.kind}`" for pattern in heaviest.patterns)
        return f"`{self._rules[heaviest.uses[0].rule].block}` combines {kinds}: over {MOST_TUPLES:,} combinations in this check"

    def _tuples(self, found: Sequence[Mapping[str, object]]) -> dict[str, Tuples]:
        index = fact_index()
        tuples: dict[str, Tuples] = {}
        try:
            for message in found:
                for name, bound in message.items():
                    order = aliases()[: len(self._productions[name].clauses)]
                    assert isinstance(bound, list)
                    tuples.setdefault(name, set()).update(tuple([index[each[alias]["id"]] for alias in order]) for each in bound)
        except (KeyError, TypeError, AssertionError) as unexpected:
            raise EngineFault(f"the rule engine answered what was not asked: {unexpected!r}") from unexpected
        return tuples

    def _fired(self, tuples: Mapping[str, Tuples]) -> tuple[Match, ...]:
        """Positives without those beside which an absent group was bound to facts that are not theirs."""
        fired: dict[int, Tuples] = {number: {()} for number, rule in enumerate(self._rules) if not rule.positives}
        absent: dict[int, list[tuple[Use, Groups]]] = {}
        for name, bound in tuples.items():
            for use in self._productions[name].uses:
                if use.group is None:
                    fired[use.rule] = bound
                else:
                    absent.setdefault(use.rule, []).append((use, _grouped(bound, len(use.beside))))
        return tuple(
            sorted(
                Match(rule, positives)
                for rule, bound in fired.items()
                for positives in bound
                if not any(
                    set(positives).isdisjoint(group)
                    for use, groups in absent.get(rule, ())
                    for group in groups.get(tuple([positives[place] for place in use.beside]), ())
                )
            )
        )

    def close(self) -> None:
        """Frees the ruleset; a check after it is an EngineFault."""
        self._ruleset.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _grouped(bound: Tuples, beside: int) -> Groups:
    """The facts of an absent group by those of the positives it was bound beside."""
    found: Groups = {}
    for facts in bound:
        found.setdefault(facts[:beside], []).append(facts[beside:])
    return found
