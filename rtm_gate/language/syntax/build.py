"""Stage 3, syntax trees to nodes: the words of the grammar end here; later stages see clauses and conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from lark import Token, Tree

from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.text import SourceText
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.moment import DAY, HOUR, MINUTE
from rtm_gate.model.source import At

Syntax = Tree[Token]
_UNITS = {"second": 1, "minute": MINUTE, "hour": HOUR, "day": DAY, "week": 7 * DAY}
_MOST = 10**12
_SORTS: dict[str, nodes.Sort] = {
    "NAME": "name", "PATH": "path", "STRING": "text", "INT": "count", "DECIMAL": "number", "PERCENT": "percent", "MULTIPLE": "multiple",
    "DATE": "date", "INSTANT": "instant", "REGION": "region",
}  # fmt: skip
_MILLION = {"number": 1_000_000, "percent": 10_000, "multiple": 1_000_000}
_COMPARE: dict[str, nodes.Comparison] = {
    "is": "is", "is_not": "is not", "one_of": "is one of", "not_one_of": "is not one of", "known": "is known", "unknown": "is unknown",
    "like": "like", "includes": "includes", "includes_any": "includes any of",
}  # fmt: skip
_CMP: dict[str, nodes.Comparison] = {"at_least": "at least", "at_most": "at most", "over": "over", "under": "under"}
_CLAUSES = {
    "version": "language", "stale_news": "stale news", "lease": "answers hold for", "shelf_life": "shelf life", "tags": "hashtags",
    "cues": "meant when near", "but_not": "but not", "needs_people": "needs", "answer_within": "answer within", "valid_for": "valid for",
    "aim": "aim for", "respond": "respond within", "respond_never": "respond never", "never_when": "never when", "evidence": "needs",
    "lasts": "lasts", "stops_all": "stops everything", "except_when": "except when",
}  # fmt: skip


class Builder:
    """Builds the nodes of one piece; `base` is where the piece begins. What numbers and dates cannot mean goes to `found`."""

    def __init__(self, source: SourceText, base: int, found: list[Diagnostic]) -> None:
        self.source, self.base, self.found = source, base, found
        self._conditions: dict[str, Callable[[Syntax], nodes.Condition]] = {
            "negation": lambda t: nodes.Not(self.condition(_tree(t, 0)), self.at(t)),
            "group": lambda t: nodes.Group(self.condition(_tree(t, 0)), self.at(t)),
            "quantified": self._quantified,
            "flag": lambda t: nodes.Flag(self.name(t.children[0]), self.at(t)),
            "compare": self._ordered,
            "mentions": lambda t: nodes.Mentions(self.name(t.children[0]), self.names(t.children[1:]), self.at(t)),
            "has": lambda t: nodes.Has(self.name(t.children[0]), self.name(t.children[1]), False, self.at(t)),
            "has_no": lambda t: nodes.Has(self.name(t.children[0]), self.name(t.children[1]), True, self.at(t)),
            "touches": lambda t: nodes.Touches(self.names(t.children), self.at(t)),
        }

    # ---- places, names, texts, values ------------------------------------------------------------------------------------------
    def at(self, part: Syntax | Token) -> At:
        where: Any = part if isinstance(part, Token) else part.meta
        start = getattr(where, "start_pos", None) or 0
        end = getattr(where, "end_pos", None) or start
        return self.source.at(self.base + start, self.base + end)

    def name(self, part: Any) -> nodes.Name:
        part = part.children[0] if isinstance(part, Tree) else part
        return nodes.Name(str(part), self.at(part))

    def names(self, parts: Sequence[Any]) -> tuple[nodes.Name, ...]:
        """Names among the parts, lists of names opened."""
        found: list[nodes.Name] = []
        for part in parts:
            if isinstance(part, Tree):
                found += self.names(part.children) if part.data == "names" else []
            elif part.type in ("NAME", "PATH"):
                found.append(self.name(part))
        return tuple(found)

    def text(self, token: Any) -> nodes.Text:
        return nodes.Text(re.sub(r"\\(.)", r"\1", str(token)[1:-1]), self.at(token))

    def texts(self, parts: Sequence[Any]) -> tuple[nodes.Text, ...]:
        found: list[nodes.Text] = []
        for part in parts:
            if isinstance(part, Tree):
                found += self.texts(part.children) if part.data == "strings" else []
            elif part.type == "STRING":
                found.append(self.text(part))
        return tuple(found)

    def values(self, parts: Sequence[Any]) -> tuple[nodes.Value, ...]:
        found: list[nodes.Value] = []
        for part in parts:
            if isinstance(part, Tree) and part.data == "values":
                found += self.values(part.children)
            elif not isinstance(part, Tree) or part.data in ("duration", "characters"):
                found.append(self.value(part))
        return tuple(found)

    def value(self, part: Any) -> nodes.Value:
        at = self.at(part)
        if isinstance(part, Tree):
            number = self._amount(str(part.children[0]), 1_000_000, at)
            if part.data == "characters":
                return nodes.Value("characters", f"{part.children[0]} characters", at, number // 1_000_000)
            text = f"{part.children[0]} {part.children[1]}"
            return nodes.Value("duration", text, at, self._seconds(number, str(part.children[1]).rstrip("s")))
        sort, text = _SORTS[part.type], str(part)
        if sort == "text":
            return nodes.Value(sort, self.text(part).text, at)
        if sort in ("date", "instant"):
            return nodes.Value(sort, text, at, self._instant(text, at))
        if sort == "count":
            return nodes.Value(sort, text, at, self._amount(text, 1, at))
        if sort in _MILLION:
            return nodes.Value(sort, text, at, self._amount(text.rstrip("%x"), _MILLION[sort], at))
        return nodes.Value(sort, text, at)

    def _amount(self, text: str, scale: int, at: At) -> int:
        whole, _, part = text.partition(".")
        if len(whole.lstrip("0")) > 9 or len(part) > 6:
            self.found.append(Diagnostic("RTM110", "error", f"`{text[:24]}` is not a number a policy can use", at, "at most 9 digits, and 6 after the point"))
            return 0
        return int(whole) * scale + int(part.ljust(6, "0")[:6] or 0) * scale // 1_000_000

    def _seconds(self, millionths: int, unit: str) -> int:
        # Twelve months are a year of 365 days.
        return min(_MOST, millionths * 365 * DAY // 12 // 1_000_000 if unit == "month" else millionths * _UNITS[unit] // 1_000_000)

    def _instant(self, text: str, at: At) -> int:
        try:
            moment = datetime.fromisoformat(text)
            return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
        except (ValueError, OverflowError):
            self.found.append(Diagnostic("RTM111", "error", f"`{text}` is not on the calendar", at))
            return 0

    # ---- conditions ------------------------------------------------------------------------------------------------------------------
    def condition(self, tree: Syntax) -> nodes.Condition:
        if tree.data in ("all", "either"):
            parts = tuple(self.condition(part) for part in tree.children if isinstance(part, Tree))
            return (nodes.All if tree.data == "all" else nodes.Either)(parts, self.at(tree))
        if tree.data in self._conditions:
            return self._conditions[tree.data](tree)
        return nodes.Compare(self.name(tree.children[0]), _COMPARE[tree.data], self.values(tree.children[1:]), self.at(tree))

    def _ordered(self, tree: Syntax) -> nodes.Condition:
        return nodes.Compare(self.name(tree.children[0]), _CMP[str(_tree(tree, 1).data)], self.values(tree.children[2:]), self.at(tree))

    def _quantified(self, tree: Syntax) -> nodes.Condition:
        how = _tree(tree, 0)
        word: Any = {"any": "any", "none": "no", "at_least_n": "at least", "fewer_n": "fewer than"}[how.data]
        count = self.value(how.children[0]).amount if how.children else 1
        where = self.condition(_tree(tree, 2)) if len(tree.children) > 2 else None
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
                found.append(nodes.Effect(last.kind, last.at, time=last.time, cap=self.time(_tree(part, 0))))
        return tuple(found)

    def effect(self, tree: Syntax) -> nodes.Effect:
        kind, at = str(tree.data).replace("_", " ").replace("no go", "no-go"), self.at(tree)
        places = [part.data for part in tree.children if isinstance(part, Tree)]
        if kind == "hold until":
            return nodes.Effect("hold until", at, time=self.time(_tree(tree, 0)))
        place: Any = {"first_line": "first_line", "every_post": "every_post", "in_picture": "picture"}.get(places[0], "text") if places else "text"
        known: Any = kind
        return nodes.Effect(known, at, self.names(tree.children), self.texts(tree.children), place)

    # ---- items ----------------------------------------------------------------------------------------------------------------------------
    def item(self, tree: Syntax) -> nodes.Item | nodes.Test:
        inner = _tree(tree, 0) if tree.data in ("start", "shadow") else tree
        if inner.data == "shadow":
            return self._shadowed(inner)
        if inner.data == "test":
            return self._test(inner)
        if inner.data == "include":
            return nodes.Item("include", None, self.text(inner.children[0]), (), self.at(inner))
        if inner.data in ("check", "setting"):
            value = self.value(inner.children[1]) if inner.data == "setting" else None
            word: Any = str(inner.data)
            return nodes.Item(word, self.name(inner.children[0]), self.text(inner.children[-1]), (), self.at(inner), value=value)
        return self._block(inner, False)

    def _shadowed(self, tree: Syntax) -> nodes.Item | nodes.Test:
        inner = _tree(tree, 0)
        if inner.data in ("rule", "blackout", "trigger"):
            return self._block(inner, True)
        self.found.append(
            Diagnostic("RTM113", "error", f"a `{inner.data}` cannot be a shadow", self.at(tree), "only what judges can: a rule, a blackout, a trigger")
        )
        return self.item(inner)

    def _block(self, tree: Syntax, shadow: bool) -> nodes.Item:
        heads = [part for part in tree.children if isinstance(part, Token)]
        name = next((self.name(token) for token in heads if token.type != "STRING"), None)
        title = next((self.text(token) for token in heads if token.type == "STRING"), None)
        clauses = tuple(self.clause(part) for part in tree.children if isinstance(part, Tree))
        word: Any = str(tree.data)
        return nodes.Item(word, name, title, clauses, self.at(tree), shadow)

    def clause(self, tree: Syntax) -> nodes.Clause:
        word, at, parts = _CLAUSES.get(tree.data, str(tree.data)), self.at(tree), tree.children
        if word in ("when", "except when", "never when"):
            return nodes.Clause(word, at, condition=self.condition(_tree(tree, 0)))
        if word == "lasts":
            return nodes.Clause(word, at, times=tuple(self.time(part) for part in parts if isinstance(part, Tree)))
        if tree.data == "needs_people":
            return nodes.Clause(word, at, seats=tuple(self._seat(part) for part in parts if isinstance(part, Tree)))
        effects = next((self.effects(part) for part in parts if isinstance(part, Tree) and part.data == "effects"), ())
        plain = [part for part in parts if isinstance(part, Tree) or part.type not in ("NAME", "PATH", "STRING")]
        if word in ("stale news", "answers hold for", "aim for", "respond within", "answer within", "valid for", "shelf life"):
            first = 1 if word == "shelf life" else 0
            return nodes.Clause(word, at, self.names(parts[:first]), values=(self.value(parts[first]),), effects=effects)
        return nodes.Clause(word, at, self.names(parts), self.texts(parts), self.values(plain), effects)

    def _seat(self, tree: Syntax) -> nodes.Seat:
        names = self.names(tree.children)
        if tree.data == "seat_check":
            return nodes.Seat(0, (), names[0], self.at(tree))
        return nodes.Seat(self.value(tree.children[0]).amount, names, None, self.at(tree))

    def _test(self, tree: Syntax) -> nodes.Test:
        now: list[nodes.Value] = []
        news: list[tuple[nodes.GivenStory, ...]] = []
        facts: list[nodes.GivenFact] = []
        expect: list[nodes.Expected] = []
        for part in tree.children[1:]:
            assert isinstance(part, Tree)
            if part.data == "test_at":
                now.append(self.value(part.children[0]))
            elif part.data == "test_news":
                news.append(tuple(self._story(story) for story in part.children if isinstance(story, Tree)))
            elif part.data == "test_fact":
                pairs = tuple(
                    nodes.Pair(self.name(pair.children[0]), self.values(pair.children[1:]), self.at(pair)) for pair in part.children if isinstance(pair, Tree)
                )
                facts.append(nodes.GivenFact(self.name(part.children[0]), pairs, self.at(part)))
            else:
                expect.append(self._expected(part))
        return nodes.Test(self.text(tree.children[0]), tuple(now), tuple(news), tuple(facts), tuple(expect), self.at(tree))

    def _story(self, tree: Syntax) -> nodes.GivenStory:
        texts = self.texts(tree.children)
        return nodes.GivenStory(self.value(tree.children[0]), texts[0], texts[1] if len(texts) > 1 else None, self.at(tree))

    def _expected(self, tree: Syntax) -> nodes.Expected:
        verdict: Any = str(_tree(tree, 0).data).replace("_", "-")
        blocks = next((self.names([part]) for part in tree.children[1:] if isinstance(part, Tree)), ())
        tier = next((self.name(part) for part in tree.children[1:] if isinstance(part, Token)), None)
        return nodes.Expected(verdict, blocks, tier, self.at(tree))


def _tree(tree: Syntax, index: int) -> Syntax:
    part = tree.children[index]
    assert isinstance(part, Tree)
    return part
