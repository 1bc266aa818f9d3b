"""Where in the grammar a text stands: the rules that are open after its last word, from the innermost to the whole item.

The parser itself is asked too late: a wrong word may close rules before it is found to be wrong. So the words before it are
run through the same table once more, and the stack is read off as it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lark import Lark
from lark.parsers.lalr_analysis import LALR_Analyzer, Shift

_REPEATED = re.compile(r"__(\w+?)_(?:star|plus)_\d+$")
_ROOT = "$root_start"


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """`said` is what was read of the grammar's rule `rule`: `hold for`, `lasts until <time> ,`; `…` stands for members of a list."""

    rule: str
    said: str

    @property
    def opens(self) -> bool:
        """It stands in the braces of a block."""
        return self.said.endswith("{")


@dataclass(frozen=True, slots=True)
class Place:
    """What one state of the parser has begun."""

    steps: tuple[Step, ...]


class Places:
    """The states of a parser. A state is what Lark calls an item set: rules, each with how far it has been read."""

    def __init__(self, parser: Lark) -> None:
        inside: Any = parser.parser
        analyzer: Any = LALR_Analyzer(inside.parser_conf, debug=True)
        analyzer.compute_lalr()
        table: Any = analyzer.parse_table
        self._table, self._start = table.states, table.start_states["start"]
        self._spelled = {t.name: str(t.pattern.value) for t in parser.terminals if t.pattern.type == "str" and t.name != "NO_GO"}

    def every(self) -> list[Place]:
        """The place of each state."""
        return [self._place(state) for state in self._table]

    def open(self, words: Iterable[str]) -> list[Place]:
        """What is open after these terminals (their names), innermost first. Raises KeyError where they do not begin an item."""
        stack = [self._start]
        for word in words:
            while True:
                action, then = self._table[stack[-1]][word]
                if action is Shift:
                    stack.append(then)
                    break
                self._close(stack, then)
        return self._around(stack)

    def takes(self, words: Iterable[str]) -> bool:
        """Whether an item may begin with these terminals."""
        try:
            self.open(words)
        except KeyError:
            return False
        return True

    def _around(self, whole: Sequence[Any]) -> list[Place]:
        found: dict[Place, None] = {}
        stacks, seen = [list(whole)], set()
        while stacks:
            stack = stacks.pop(0)
            seen.add(stack[-1])
            place = self._place(stack[-1])
            if place.steps:
                found.setdefault(place)
            for item in _kernel(stack[-1]):
                outer = list(stack)
                if item.is_satisfied and _name(item) != _ROOT and self._close(outer, item.rule) and outer[-1] not in seen:
                    stacks.append(outer)
        return list(found)

    def _close(self, stack: list[Any], rule: Any) -> bool:
        """Puts the rule in the place of its parts; false where it cannot stand there."""
        del stack[-len(rule.expansion) :]
        goto = self._table[stack[-1]].get(rule.origin.name)
        if goto is not None:
            stack.append(goto[1])
        return goto is not None

    def _place(self, state: Any) -> Place:
        steps = {self._step(item) for item in _kernel(state) if not item.is_satisfied}
        # The members of a block or a list so far say nothing beside the rule they belong to.
        named = {step for step in steps if step.said != "…"} or steps
        return Place(tuple(sorted(named)))

    def _step(self, item: Any) -> Step:
        repeated = _REPEATED.match(_name(item))
        said = [self._symbol(symbol.name) for symbol in item.rule.expansion[: item.index]]
        said = [word for word in said if word != "…"] if len(said) > 1 else said
        return Step(repeated[1] if repeated else _name(item), " ".join(said))

    def _symbol(self, name: str) -> str:
        if _REPEATED.match(name):
            return "…"
        return self._spelled.get(name) or (name if name.isupper() else f"<{name.lstrip('_')}>")


def _kernel(state: Any) -> list[Any]:
    return [item for item in state if item.index or _name(item) == _ROOT]


def _name(item: Any) -> str:
    return str(item.rule.origin.name)
