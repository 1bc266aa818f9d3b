"""An unmet condition in the author's terms: what was asked, and what was met instead."""

from __future__ import annotations

from collections.abc import Sequence

from rtm_gate.gate.gate import Examined
from rtm_gate.language.asked import amount, condition, conditions, counted, denied
from rtm_gate.language.syntax.words import listed
from rtm_gate.model.fact import Fact
from rtm_gate.model.policy import Policy
from rtm_gate.model.rule import Join, Pattern, Test
from rtm_gate.model.schema import SCHEMA, SINGLES
from rtm_gate.rules import reference
from rtm_gate.rules.near import Failed, Missing, Near, Standing, Unmet

Saying = tuple[str, str]
"""What was asked, without its quotes, and what was met."""
LONGEST = 60
MANY = 6
"""Names of a list that are said."""
_AREA = ("situation_region", "draft_region")
_TOUCHES = {"touches_words": "touches words", "touches_entity": "touches entity"}


class Sayings:
    """Speaks of one check."""

    def __init__(self, policy: Policy, examined: Examined) -> None:
        self.policy = policy
        self.scene = examined.scene
        self.facts: Sequence[Fact] = examined.facts.rows if examined.facts else ()
        self.evidence = examined.facts.evidence if examined.facts else {}

    def of(self, near: Near) -> tuple[Saying, ...]:
        """Each unmet condition once: those about one area, or one tag, are one."""
        return tuple(dict.fromkeys(self._one(unmet, near) for unmet in near.unmet))

    def _one(self, unmet: Unmet, near: Near) -> Saying:
        match unmet:
            case Standing():
                return self._standing(unmet, near)
            case Missing():
                return self._missing(unmet, near)
            case Failed() if unmet.pattern.kind in _AREA and self._owner(unmet.pattern, near) is not None:
                return self._area(unmet.pattern, near)
            case Failed() if unmet.pattern.kind == "count":
                return self._count(unmet)
            case Failed() if unmet.pattern.kind == "member":
                return self._member(unmet.pattern, near)
            case Failed() if self._owner(unmet.pattern, near) is not None:
                return self._tag(unmet.pattern, near)
            case Failed():
                return self._failed(unmet)

    # ---- one fact ------------------------------------------------------------------------------------------------------------------
    def _failed(self, unmet: Failed) -> Saying:
        pattern, test, fact = unmet.pattern, unmet.test, self.facts[unmet.fact]
        fields = SCHEMA[pattern.kind].fields
        if pattern.kind == "draft_region":
            return conditions([pattern], self.policy), f"the draft is shown in {listed(self.scene.regions, MANY)}"
        if isinstance(test, Test) and test.field in _TOUCHES:
            shares = "a name" if test.field == "touches_entity" else "a word"
            met = f"{self.name(fact)} shares {'no' if test.value else shares} {shares.split()[1] if test.value else ''}".rstrip()
            return ("" if test.value else "not ") + _TOUCHES[test.field], f"{met} with the draft"
        asked = condition(pattern, test, self.policy)
        met = f"{self.name(fact)} {self._has(fact, test.field)}"
        if isinstance(test, Join) and unmet.other is not None:
            other = self.facts[unmet.other]
            met += f", and {self.name(other)} {self._has(other, test.other)}"
        like = next((query for query in self.policy.likes if query.name == test.field), None)
        if like is not None:
            texts = {"draft": "\n".join(self.scene.draft.text), "hashtag": str(fact.values.get("tag", ""))}
            text = fact.values.get(like.field, texts.get(like.kind, ""))
            met = f"{self.name(fact)} has {like.field} {_quoted(str(text))}"
        return asked, met if fields or like else self.name(fact)

    def _has(self, fact: Fact, field: str) -> str:
        """`has severity minor`."""
        name = field.removesuffix("_top")
        row, value = SCHEMA[fact.kind].fields.get(name), fact.values.get(name)
        if row is None:
            return f"has {name} {value}"
        if value is None:
            return f"has no known {name}" if row.observed else f"has no {name}"
        return f"has no {name}" if value == "" else f"has {name} {amount(row, value)}"

    def name(self, fact: Fact) -> str:
        """A fact as a reader knows it: by its headline, its words, its person."""
        values = fact.values
        shown = next(iter(self.evidence.get(fact.ref, ())), {})
        match fact.kind:
            case "situation":
                return f"the situation {_quoted(str(shown.get('title', values.get('topic', ''))))}"
            case "mention" | "claim" | "media":
                return f"the {fact.kind} {_quoted(str(shown['text']))}" if shown.get("text") else f"the {fact.kind}"
            case "hashtag":
                return f"the hashtag {values.get('tag', '')}"
            case "approval":
                return f"the approval of {values.get('person', '')} ({values.get('role', '')})"
            case "answer":
                return f"the answer to {values.get('question', '')}"
            case "draft_region":
                return f"{values['code']} among the regions of the draft"
            case "member":
                return f"{values['value']} among {values['of']}"
            case "day" | "source":
                return f"the {fact.kind} {values.get('name', '')}".rstrip()
            case "trend" | "outcome":
                return f"the {fact.kind} {values.get('term', values.get('metric', ''))}".rstrip()
            case _:
                return f"the {fact.kind}"

    # ---- sets, counts, links -------------------------------------------------------------------------------------------------------
    def _member(self, pattern: Pattern, near: Near) -> Saying:
        of = str(next((test.value for test in pattern.tests if test.field == "of"), ""))
        owner = self._owner(pattern, near)
        key = owner.values.get("key") if owner is not None else ""
        there = [str(f.values["value"]) for f in self.facts if f.kind == "member" and f.values["of"] == of and f.values["owner"] == key]
        whose = self.name(owner) if owner is not None else of
        asked = next((str(test.value) for test in pattern.tests if test.field.startswith("value")), "")
        met = f"{whose} {'has ' + listed(there, MANY) if there else 'has none' if owner is not None else 'is empty'}"
        for join in pattern.joins:
            if join.field.startswith("value"):
                asked = f"{join.alias}.{join.other.removesuffix('_top')}"
                other = self.facts[near.bound[join.alias]] if join.alias in near.bound else None
                met += f", and {self.name(other)} {self._has(other, join.other)}" if other is not None else ""
        return f"{of.partition('.')[2] if owner is not None else of} includes {asked}", met

    def _count(self, unmet: Failed) -> Saying:
        fact = self.facts[unmet.fact]
        query = next((query for query in self.policy.counts if query.name == fact.values["of"]), None)
        alternatives = query.alternatives if query is not None else ()
        found = dict.fromkeys(bound[0] for patterns in alternatives for bound in reference.binds(patterns, self.facts))
        return counted(unmet.pattern, self.policy), _there([self.name(self.facts[index]) for index in found])

    def _owner(self, pattern: Pattern, near: Near) -> Fact | None:
        """The fact that a link hangs on, through other links where it must."""
        for join in pattern.joins:
            fact = self.facts[near.bound[join.alias]] if join.alias in near.bound else None
            if fact is None:
                continue
            if join.other == "key" and not SCHEMA[fact.kind].internal:
                return fact
            if fact.kind in ("situation_region", "situation_tag"):
                return next((other for other in self.facts if other.values.get("key") == fact.values["situation"]), None)
        return None

    def _area(self, pattern: Pattern, near: Near) -> Saying:
        owner = self._owner(pattern, near)
        assert owner is not None
        codes = [str(f.values["code"]) for f in self.facts if f.kind == "situation_region" and f.values["situation"] == owner.values["key"] and f.values["own"]]
        where = f"is in {listed(codes, MANY)}" if codes else "is in no region by name"
        return "touches region", f"{self.name(owner)} {where}, and the draft is shown in {listed(self.scene.regions, MANY)}"

    def _tag(self, pattern: Pattern, near: Near) -> Saying:
        owner = self._owner(pattern, near)
        assert owner is not None
        # The facts hold those tags of a situation alone that the draft has too.
        shared = [str(f.values["tag"]) for f in self.facts if f.kind == "situation_tag" and f.values["situation"] == owner.values["key"]]
        ours = [str(f.values["tag"]) for f in self.facts if f.kind == "hashtag"]
        if shared:
            return "touches hashtag", f"{self.name(owner)} carries {listed(shared, MANY)}"
        return "touches hashtag", f"{self.name(owner)} does not carry {listed(ours, MANY)}" if ours else "the draft has no hashtag"

    # ---- what is not there, and what is ---------------------------------------------------------------------------------------------
    def _missing(self, unmet: Missing, near: Near) -> Saying:
        pattern = unmet.pattern
        if pattern.kind in _AREA and self._owner(pattern, near) is not None:
            return self._area(pattern, near)
        if pattern.kind == "member":
            return self._member(pattern, near)
        if pattern.kind in ("situation_tag", "hashtag") and self._owner(pattern, near) is not None:
            return self._tag(pattern, near)
        if pattern.kind == "draft_region":
            return conditions([pattern], self.policy), f"the draft is shown in {listed(self.scene.regions, MANY)}"
        if pattern.kind in SINGLES:
            return conditions([pattern], self.policy), f"nothing is known of the {pattern.kind}"
        return f"any {conditions([pattern], self.policy)}", f"there is no {'other ' if unmet.taken else ''}{pattern.kind}"

    def _standing(self, unmet: Standing, near: Near) -> Saying:
        group = unmet.group
        bound = {**near.bound, **{pattern.alias: index for pattern, index in zip(group, unmet.facts, strict=True)}}
        with_it = Near(near.rule, bound=bound)
        kinds = [pattern.kind for pattern in group]
        if kinds == list(_AREA):
            asked, met = self._area(group[0], with_it)
            return f"not {asked}", met
        if kinds[0] == "situation_tag":
            asked, met = self._tag(group[0], with_it)
            return f"not {asked}", met
        if kinds == ["member"]:
            asked, met = self._member(group[0], with_it)
            return f"not {asked}", met
        if kinds == ["draft_region"]:
            return denied(group, self.policy), f"the draft is shown in {listed(self.scene.regions, MANY)}"
        return denied(group, self.policy), _there([self.name(self.facts[unmet.facts[0]])])


def _there(names: Sequence[str]) -> str:
    return f"there {'is' if len(names) < 2 else 'are'} {_and(names)}" if names else "there is none"


def _and(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f'"{line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"}"'
