"""Stage 3, syntax trees to nodes: conditions, times and effects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lark import Tree

from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.text import SourceText
from rtm_gate.language.syntax.values import Syntax, Values, subtree
from rtm_gate.model.diagnostic import Diagnostic

_COMPARE: dict[str, nodes.Comparison] = {
    "is": "is", "is_not": "is not", "one_of": "is one of", "not_one_of": "is not one of", "known": "is known", "unknown": "is unknown",
    "like": "like", "includes": "includes", "includes_any": "includes any of",
}  # fmt: skip
_CMP: dict[str, nodes.Comparison] = {"at_least": "at least", "at_most": "at most", "over": "over", "under": "under"}


class Conditions(Values):
    """Builds the conditions and effects of one piece."""

    def __init__(self, source: SourceText, found: list[Diagnostic]) -> None:
        super().__init__(source, found)
        self._conditions: dict[str, Callable[[Syntax], nodes.Condition]] = {
            "negation": lambda t: nodes.Not(self.condition(subtree(t, 0)), self.at(t)),
            "group": lambda t: nodes.Group(self.condition(subtree(t, 0)), self.at(t)),
            "quantified": self._quantified,
            "flag": lambda t: nodes.Flag(self.name(t.children[0]), self.at(t)),
            "compare": self._ordered,
            "mentions": lambda t: nodes.Mentions(self.name(t.children[0]), self.names(t.children[1:]), self.at(t)),
            "has": lambda t: nodes.Has(self.name(t.children[0]), self.name(t.children[1]), False, self.at(t)),
            "has_no": lambda t: nodes.Has(self.name(t.children[0]), self.name(t.children[1]), True, self.at(t)),
            "touches": lambda t: nodes.Touches(self.names(t.children), self.at(t)),
        }

    # ---- conditions ------------------------------------------------------------------------------------------------------------------
    def condition(self, tree: Syntax) -> nodes.Condition:
        if tree.data in ("all", "either"):
            parts = tuple(self.condition(part) for part in tree.children if isinstance(part, Tree))
            return (nodes.All if tree.data == "all" else nodes.Either)(parts, self.at(tree))
        if tree.data in self._conditions:
            return self._conditions[tree.data](tree)
        return nodes.Compare(self.name(tree.children[0]), _COMPARE[tree.data], self.values(tree.children[1:]), self.at(tree))

    def _ordered(self, tree: Syntax) -> nodes.Condition:
        return nodes.Compare(self.name(tree.children[0]), _CMP[str(subtree(tree, 1).data)], self.values(tree.children[2:]), self.at(tree))

    def _quantified(self, tree: Syntax) -> nodes.Condition:
        how = subtree(tree, 0)
        word: Any = {"any": "any", "none": "no", "at_least_n": "at least", "fewer_n": "fewer than"}[how.data]
        count = self.value(how.children[0]).amount if how.children else 1
        where = self.condition(subtree(tree, 2)) if len(tree.children) > 2 else None
        return nodes.Quantified(word, count, self.name(tree.children[1]), where, self.at(tree))

    # ---- times and effects -------------------------------------------------------------------------------------------------------------
    def time(self, tree: Syntax) -> nodes.TimeOf:
        parts = tree.children
        if tree.data == "fixed":
            return nodes.TimeOf(None, None, False, self.value(parts[0]), self.at(tree))
        if tree.data == "of":
            return nodes.TimeOf(self.name(parts[0]), None, False, None, self.at(tree))
        return nodes.TimeOf(self.name(parts[1]), self.value(parts[0]), tree.data == "before", None, self.at(tree))

    def effects(self, tree: Syntax) -> tuple[nodes.Effect, ...]:
        found: list[nodes.Effect] = []
        for part in tree.children:
            assert isinstance(part, Tree)
            if part.data != "at_most_until":
                found.append(self.effect(part))
            elif found[-1].time is None or found[-1].cap is not None:
                self.found.append(Diagnostic("RTM112", "error", "`at most` has no `hold until` before it", self.at(part)))
            else:
                last = found.pop()
                found.append(nodes.Effect(last.kind, last.at, time=last.time, cap=self.time(subtree(part, 0))))
        return tuple(found)

    def effect(self, tree: Syntax) -> nodes.Effect:
        kind, at = str(tree.data).replace("_", " ").replace("no go", "no-go"), self.at(tree)
        places = [part.data for part in tree.children if isinstance(part, Tree)]
        if kind == "pause":
            return nodes.Effect("pause", at, span=self.value(tree.children[0]))
        if kind == "hold until":
            return nodes.Effect("hold until", at, time=self.time(subtree(tree, 0)))
        place: Any = {"first_line": "first_line", "every_post": "every_post", "in_picture": "picture"}.get(places[0], "text") if places else "text"
        known: Any = kind
        return nodes.Effect(known, at, self.names(tree.children), self.texts(tree.children), place)
