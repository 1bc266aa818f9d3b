"""Stage 3, syntax trees to nodes: questions, tallies, cells and days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lark import Tree

from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.conditions import Conditions
from rtm_gate.language.syntax.values import Syntax, subtree
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.vocabulary.observances import dates_of

PARTS = ("ask", "tally", "cell", "day")
_A_LEAP_YEAR = 2028


class Parts(Conditions):
    """Builds what a checklist, a matrix or a calendar consists of."""

    def part(self, tree: Syntax) -> nodes.Part:
        match tree.data:
            case "ask":
                return self._ask(tree)
            case "tally":
                return self._tally(tree)
            case "cell":
                return self._cell(tree)
            case _:
                return self._day(tree)

    def _ask(self, tree: Syntax) -> nodes.Ask:
        wanted = subtree(tree, 2)
        later = [part for part in tree.children[3:] if isinstance(part, Tree)]
        given = {word: tuple(self.condition(subtree(part, 0)) for part in later if part.data == word) for word in ("asked", "refuted")}
        return nodes.Ask(
            self.name(tree.children[0]),
            self.text(tree.children[1]),
            subtree(wanted, 0).data == "must",
            self.names(wanted.children[1:]),
            given["asked"],
            given["refuted"],
            self.at(tree),
        )

    def _tally(self, tree: Syntax) -> nodes.Tally:
        how = subtree(tree, 0)
        counts = [self.value(token).amount for token in how.children]
        most = None if how.data == "or_more" else counts[-1]
        if most is not None and most < counts[0]:
            self.found.append(Diagnostic("RTM112", "error", f"there is nothing between {counts[0]} and {most}", self.at(how), "the smaller number comes first"))
        return nodes.Tally(counts[0], most, self.effects(subtree(tree, 1)), self.at(tree))

    def _cell(self, tree: Syntax) -> nodes.Cell:
        levels = [(part.data == "high", self.name(part)) for part in tree.children[:2] if isinstance(part, Tree)]
        respond = self.value(subtree(tree, 3).children[0]) if len(tree.children) > 3 else None
        return nodes.Cell((levels[0], levels[1]), self.effects(subtree(tree, 2)), respond, self.at(tree))

    def _day(self, tree: Syntax) -> nodes.Day:
        trees = {str(part.data): part for part in tree.children if isinstance(part, Tree)}
        called = self.texts(trees["called"].children) if "called" in trees else ()
        regions = self.values(trees["kept_in"].children) if "kept_in" in trees else ()
        when = next(part for word, part in trees.items() if word not in ("called", "kept_in"))
        return nodes.Day(
            self.name(tree.children[0]), self.text(tree.children[1]), called, nodes.Text(self._when(when), self.at(when)), regions,
            self.name(tree.children[-1]), self.at(tree),
        )  # fmt: skip

    def _when(self, tree: Syntax) -> str:
        """How the day is found; a diagnostic where the calendar has no such day."""
        words = [str(token) for token in tree.children]
        if tree.data == "every_weekday":
            rules = [f"{words[0]} {words[1]} of {words[2]}"]
        elif tree.data == "every_date":
            rules = [" ".join(pair) for pair in _pairs(words)]
        else:
            rules = words
        for rule in rules:
            try:
                dates_of(rule, _A_LEAP_YEAR)
            except ValueError:
                message = f"`{rule}` is not on the calendar"
                self.found.append(Diagnostic("RTM111", "error", message, self.at(tree), "write `may 8`, `last monday of may` or 2027-05-08"))
        return (" to " if tree.data in ("every_date", "on_range") else ", ").join(rules)


def _pairs(words: Sequence[Any]) -> list[tuple[str, str]]:
    return [(str(month), str(day)) for month, day in zip(words[::2], words[1::2], strict=True)]
