"""One block on its way to core rules: its clauses, the checks they need, and the cases they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rtm_gate.language.lowering.effects import Effects
from rtm_gate.language.meaning import typed
from rtm_gate.language.meaning.check import Checker
from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.model.rule import Effect
from rtm_gate.model.schema import SCHEMA, Type
from rtm_gate.model.source import At


@dataclass(frozen=True, slots=True)
class Case:
    """One reason of a block to fire: what must hold, and what it does then. `excuse` lifts it.

    `effects` are the author's; `made` is one that the block itself brings. `block` is another name the finding goes by.
    """

    condition: typed.Typed
    effects: tuple[nodes.Effect, ...] = ()
    made: Effect | None = None
    excuse: typed.Typed | None = None
    note: str = ""
    block: str = ""


class Form:
    """What the forms of `lowering/forms/` write on: they read clauses and add cases, and what is wrong goes to `names`."""

    def __init__(self, item: nodes.Item, names: Names, effects: Effects) -> None:
        assert item.name is not None
        self.item, self.name, self.names = item, item.name, names
        self.effects = effects
        self.checker = Checker(names)
        self.cases: list[Case] = []
        self.broken = False

    # ---- clauses -------------------------------------------------------------------------------------------------------------------
    def once(self, *words: str) -> None:
        """These clauses stand once in the block, if at all."""
        for word in words:
            for clause in self.item.all(word)[1:]:
                self.names.error("RTM310", f"`{word}` stands twice in this {self.item.word}", clause.at, "say it once")

    def needed(self, word: str) -> nodes.Clause | None:
        clause = self.item.first(word)
        if clause is None:
            self.missing(word, f"a {self.item.word} says `{word} …`")
        return clause

    def missing(self, word: str, hint: str) -> None:
        self.names.error("RTM309", f"`{self.name.text}` has no `{word}`", self.name.at, hint)

    def span(self, clause: nodes.Clause) -> int:
        return self.names.span(clause.values[0])

    def needs(self, mine: typed.Typed, clause: nodes.Clause) -> None:
        """`needs EVIDENCE, EVIDENCE`: a hold for each; what is said of attachments is needed of every attachment."""
        for name in clause.names:
            of_media = (field := SCHEMA["media"].fields.get(name.text)) is not None and field.type is Type.FLAG
            attached = typed.Exists("media", "media", None, clause.at) if of_media and name.text not in self.names.questions() else None
            kinds = {"draft", "media"} if attached else {"draft"}
            effect = nodes.Effect("hold shown", clause.at, names=(name,))
            self.effects.check(effect, frozenset(kinds))
            self.cases.append(Case(typed.And((mine, attached), clause.at) if attached else mine, (effect,)))

    # ---- conditions and cases ------------------------------------------------------------------------------------------------------
    def condition(self, clause: nodes.Clause | None) -> typed.Typed | None:
        """The checked condition of a clause; None where there is none or something in it is wrong."""
        return self.checker.condition(clause.condition) if clause is not None else None

    def case(
        self,
        condition: typed.Typed | None,
        effects: Sequence[nodes.Effect] = (),
        *,
        made: Effect | None = None,
        unless: typed.Typed | None = None,
        note: str = "",
        block: str = "",
    ) -> None:
        """Adds a case; a condition that is None was wrong, and reported."""
        # Where the condition is wrong, what it meant to name counts as named: one fault is not two.
        bound = self.checker.aliases.values() if condition is not None else self.checker.seen
        for effect in effects:
            self.effects.check(effect, frozenset(bound))
            if effect.kind == "pause" and self.item.word != "watch":
                self.names.error("RTM307", "this block cannot say `pause`", effect.at, "only a watch can, once the post is out")
        if condition is not None:
            self.cases.append(Case(condition, tuple(effects), made, unless, note, block))


def both(at: At, *parts: typed.Typed | None) -> typed.Typed | None:
    """All of the parts; None where one of them was wrong."""
    there = [part for part in parts if part is not None]
    if len(there) < len(parts):
        return None
    return there[0] if len(there) == 1 else typed.And(tuple(there), at)
