"""Stage 3, syntax trees to nodes: items and their clauses. The words of the grammar end here; later stages see clauses and conditions."""

from __future__ import annotations

import re
from typing import Any

from lark import Token, Tree

from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.parts import PARTS, Parts
from rtm_gate.language.syntax.values import Syntax, subtree
from rtm_gate.model.diagnostic import Diagnostic

_CLAUSES = {
    "version": "language", "stale_news": "stale news", "lease": "answers hold for", "shelf_life": "shelf life", "tags": "hashtags",
    "cues": "meant when near", "but_not": "but not", "must_match": "must match", "must_not_match": "must not match",
    "posts_only": "only in posts", "needs_people": "needs", "answer_within": "answer within", "valid_for": "valid for",
    "aim": "aim for", "respond": "respond within", "respond_never": "respond never", "never_when": "never when", "evidence": "needs",
    "lasts": "lasts", "stops_all": "stops everything", "except_when": "except when", "late": "late after", "text_most": "text at most",
    "text_least": "text at least", "approve_within": "approve within", "applies": "applies when", "scorers": "needs scorers",
    "high_means": "high means at least", "resume": "resume by",
}  # fmt: skip

_MEASURED = (
    "stale news", "answers hold for", "aim for", "respond within", "answer within", "valid for", "shelf life", "late after", "text at most",
    "text at least", "approve within", "reviewed", "needs scorers", "high means at least", "resume by",
)  # fmt: skip
JUDGES = ("rule", "blackout", "trigger", "platform", "template", "checklist", "matrix", "watch")
"""Blocks that come to findings, so that they can be tried in the shadow."""


class Builder(Parts):
    """Builds the item of one piece."""

    # ---- items ----------------------------------------------------------------------------------------------------------------------------
    def item(self, tree: Syntax) -> nodes.Item | nodes.Test:
        inner = subtree(tree, 0) if tree.data in ("start", "shadow") else tree
        if inner.data == "shadow":
            return self._shadowed(inner)
        if inner.data == "test":
            return self._test(inner)
        if inner.data == "include":
            return nodes.Item("include", None, self.text(inner.children[0]), (), self.at(inner))
        word: Any = str(inner.data).replace("_", " ")
        if word in ("check", "setting"):
            value = self.value(inner.children[1]) if word == "setting" else None
            return nodes.Item(word, self.name(inner.children[0]), self.text(inner.children[-1]), (), self.at(inner), value=value)
        if word in ("set", "switch off"):
            value = self.value(inner.children[1]) if word == "set" else None
            return nodes.Item(word, self.name(inner.children[0]), None, (self.clause(subtree(inner, -1)),), self.at(inner), value=value)
        if word == "guarantee":
            return self._guarantee(inner)
        return self._block(inner, False)

    def _guarantee(self, tree: Syntax) -> nodes.Item:
        """It is named by its title: `no promotion in the first day` is `no_promotion_in_the_first_day`."""
        title, never = self.text(tree.children[0]), subtree(tree, 1)
        name = nodes.Name(re.sub(r"\W+", "_", title.text.lower()).strip("_") or "guarantee", title.at)
        word = f"never {'go' if subtree(never, 0).data == 'go' else 'no-go'} when"
        clause = nodes.Clause(word, self.at(never), condition=self.condition(subtree(never, 1)))
        return nodes.Item("guarantee", name, title, (clause,), self.at(tree), text=self.source.text)

    def _shadowed(self, tree: Syntax) -> nodes.Item | nodes.Test:
        inner = subtree(tree, 0)
        if inner.data in JUDGES:
            return self._block(inner, True)
        self.found.append(Diagnostic("RTM113", "error", f"a `{inner.data}` cannot be a shadow", self.at(tree), f"only what judges can: {', '.join(JUDGES)}"))
        return self.item(inner)

    def _block(self, tree: Syntax, shadow: bool) -> nodes.Item:
        heads = [part for part in tree.children if isinstance(part, Token)]
        name = next((self.name(token) for token in heads if token.type != "STRING"), None)
        title = next((self.text(token) for token in heads if token.type == "STRING"), None)
        if tree.data == "brand" and title is not None:
            name = nodes.Name(title.text, title.at)
        trees = [part for part in tree.children if isinstance(part, Tree)]
        clauses = tuple(self.clause(part) for part in trees if part.data not in PARTS)
        parts = tuple(self.part(part) for part in trees if part.data in PARTS)
        word: Any = str(tree.data)
        return nodes.Item(word, name, title, clauses, self.at(tree), shadow, parts=parts, text=self.source.text)

    def clause(self, tree: Syntax) -> nodes.Clause:
        word, at, parts = _CLAUSES.get(tree.data, str(tree.data)), self.at(tree), tree.children
        if word in ("when", "except when", "never when", "applies when"):
            return nodes.Clause(word, at, condition=self.condition(subtree(tree, 0)))
        if word == "lasts":
            return nodes.Clause(word, at, times=tuple(self.time(part) for part in parts if isinstance(part, Tree)))
        if tree.data == "needs_people":
            return nodes.Clause(word, at, seats=tuple(self._seat(part) for part in parts if isinstance(part, Tree)))
        effects = next((self.effects(part) for part in parts if isinstance(part, Tree) and part.data == "effects"), ())
        plain = [part for part in parts if not isinstance(part, Tree) or part.data in ("duration", "characters")]
        if word in _MEASURED:
            # A name among the values is a setting.
            first = 1 if word in ("shelf life", "resume by") else 0
            return nodes.Clause(word, at, self.names(parts[:first]), values=self.values(plain[first:]), effects=effects)
        values = [part for part in plain if isinstance(part, Tree) or part.type not in ("NAME", "PATH", "STRING")]
        return nodes.Clause(word, at, self.names(parts), self.texts(parts), self.values(values), effects)

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
                named = isinstance(part.children[0], Token)
                kind = self.name(part.children[0]) if named else nodes.Name("news", self.at(part))
                facts.append(nodes.GivenFact(kind, pairs, self.at(part)))
            else:
                expect.append(self._expected(part))
        return nodes.Test(self.text(tree.children[0]), tuple(now), tuple(news), tuple(facts), tuple(expect), self.at(tree))

    def _story(self, tree: Syntax) -> nodes.GivenStory:
        texts = self.texts(tree.children)
        return nodes.GivenStory(self.value(tree.children[0]), texts[0], texts[1] if len(texts) > 1 else None, self.at(tree))

    def _expected(self, tree: Syntax) -> nodes.Expected:
        verdict: Any = str(subtree(tree, 0).data).replace("_", "-")
        named = {part.data: self.names(part.children) for part in tree.children[1:] if isinstance(part, Tree)}
        tier = next((self.name(part) for part in tree.children[1:] if isinstance(part, Token)), None)
        return nodes.Expected(verdict, named.get("from_blocks", ()), tier, named.get("advised", ()), self.at(tree))
