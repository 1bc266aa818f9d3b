"""Conditions and facts made at random, and what a condition means, said once more: three-valued, straight from the typed tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from rtm_gate.language.meaning import typed
from rtm_gate.language.meaning.typed import Ref, Typed
from rtm_gate.model.fact import Fact
from rtm_gate.model.rule import Op
from rtm_gate.model.schema import SCHEMA, Type
from rtm_gate.rules.reference import COMPARE

ATOMS = (
    "draft is planned", "draft is not reactive", "draft is one of reply, promotional", "draft.kind is not one of reply, statement", "draft.sponsored",
    "draft has media", "draft has no hashtag", "draft mentions politics", "draft mentions one of politics.election, war", "account.regulated",
    "not team.on_call", "team.size under 3", "team.size is known", "draft.template is known", "draft.template is unknown",
    "draft.template is not holiday", "draft.template is holiday", "draft.template_matches", "draft.template_matches is unknown",
    "draft.channels includes x", "draft.regions includes US-NY", "draft.regions includes US", "draft.issues includes any of politics, war",
    "account.core_issues includes trigger.topic", "account.core_issues includes politics.election", "lead.ratio at least 2x",
    "any hashtag where trending", "any hashtag where topic is one of politics, war", "(any hashtag where trending and not own)",
    "any hashtag where topic is not politics", "no hashtag where sensitive_share over 20%",
    "any situation where severity at least major", "no situation where severity at least major", "no situation where official",
    "(any situation where touches region and not official)", "(any situation where grave and not touches any of region, words)",
    "(any situation where (severity over minor or official) and touches hashtag)", "any situation where severity is unknown",
    "at least 2 situation where severity over minor", "fewer than 2 situation where touches region", "at least 2 media where previewed",
    "no approval where person is draft.author", "any approval where at after draft.submitted", "any approval where checks includes facts",
    "(any approval where role is manager and not checks includes facts)", "no approval where role is legal", "any media where not previewed",
    "no media where origin is one of stock, ugc", '(any hashtag where text like "#Pray*" or trending)',
)  # fmt: skip


def _joined(parts: Sequence[str], word: str) -> str:
    return "(" + f" {word} ".join(parts) + ")"


def conditions(atoms: Sequence[str] = ATOMS) -> st.SearchStrategy[str]:
    """Small conditions: an atom, or a few of them with `and`, `or`, `not`."""
    atom = st.sampled_from(atoms)
    some = st.lists(atom, min_size=2, max_size=3)
    pair = st.builds(_joined, some, st.sampled_from(["and", "or"]))
    return st.one_of(atom, pair, st.builds(lambda one: f"not {one}", pair), st.builds(lambda a, b: _joined([a, f"not {b}"], "and"), pair, atom))


# ---- facts -----------------------------------------------------------------------------------------------------------------------
_TOPICS = st.sampled_from(["politics", "politics.election", "war", ""])
_MISSING = object()


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, st.just(_MISSING))


def _with_top(values: dict[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in values.items() if value is not _MISSING}
    return given | ({"topic_top": given["topic"].partition(".")[0]} if "topic" in given else {})


_flag = st.booleans()
_DRAFT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["planned", "reactive", "reply", "statement"]), "class": st.sampled_from(["promotional", "service"]),
        "sponsored": _flag, "author": st.sampled_from(["ann", "bob"]), "template": _maybe(st.sampled_from(["", "holiday", "other"])),
        "template_matches": _maybe(_flag), "submitted": st.sampled_from([10, 20]),
    }
)  # fmt: skip
_ROWS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "mention": st.fixed_dictionaries({"topic": _TOPICS, "literal": _flag}),
    "hashtag": st.fixed_dictionaries(
        {
            "tag": st.sampled_from(["#a", "#b"]), "topic": _TOPICS, "trending": _flag, "own": _flag, "text": st.sampled_from(["#Prayer", "#Joy"]),
            "sensitive_share": _maybe(st.sampled_from([100_000, 300_000])),
        }
    ),
    "media": st.fixed_dictionaries({"origin": st.sampled_from(["own", "stock", "ugc"]), "previewed": _flag}),
    "situation": st.fixed_dictionaries(
        {
            "topic": _TOPICS, "severity": _maybe(st.integers(0, 3)), "official": _flag, "grave": _flag, "touches_words": _flag,
            "regions": st.sampled_from([None, ("US",), ("US-NY",), ("US-NJ",), ("FR",), ()]),
            "tags": st.sampled_from([(), ("#a",), ("#b",)]),
        }
    ),
    "approval": st.fixed_dictionaries(
        {
            "person": st.sampled_from(["ann", "bob"]), "role": st.sampled_from(["manager", "legal"]), "at": st.sampled_from([5, 15, 25]),
            "checks": st.sampled_from([(), ("facts",), ("facts", "rights")]),
        }
    ),
}  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Fact, ...]:
    """The facts of a small check, links included, in the shapes of the facts room."""
    found: list[Fact] = []

    def add(kind: str, values: Mapping[str, Any]) -> None:
        key = {} if SCHEMA[kind].single else {"key": f"{kind}:{len(found)}"}
        found.append(Fact(kind, {**key, **values}, str(len(found))))

    def members(of: str, owner: str, values: Sequence[str]) -> None:
        for value in values:
            add("member", {"of": of, "owner": owner, "value": value, "value_top": value.partition(".")[0]})

    def regions(kind: str, codes: Sequence[str], more: Mapping[str, Any]) -> None:
        areas = dict.fromkeys(codes, True)
        areas |= {code.partition("-")[0]: False for code in codes if "-" in code and code.partition("-")[0] not in areas}
        for code, own in areas.items():
            add(kind, {**more, "code": code, "own": own})

    add("draft", _with_top(draw(_DRAFT)))
    regions("draft_region", draw(st.sampled_from([("US",), ("US-NY",), ("FR", "US-NJ")])), {})
    members("draft.channels", "", draw(st.sampled_from([("x",), ("x", "tiktok"), ("email",)])))
    members("draft.issues", "", draw(st.sampled_from([(), ("politics",), ("politics.election", "war")])))
    members("account.core_issues", "", draw(st.sampled_from([(), ("politics",), ("politics.election",)])))
    add("account", {"regulated": draw(_flag)})
    add("trigger", _with_top({"topic": draw(_TOPICS)}))
    add("news", {"given": True, "stale": draw(_flag)})
    if draw(_flag):
        add("team", {name: value for name, value in {"size": draw(_maybe(st.integers(1, 5))), "on_call": draw(_flag)}.items() if value is not _MISSING})
    if draw(_flag):
        add("lead", {"ratio": draw(st.sampled_from([1_000_000, 3_000_000]))})
    for kind, rows in _ROWS.items():
        for values in draw(st.lists(rows, max_size=2)):
            areas, tags, checks = values.get("regions", _MISSING), values.pop("tags", ()), values.pop("checks", ())
            values.pop("regions", None)
            if kind == "situation":
                values["area_known"] = areas is not None
            add(kind, _with_top(values))
            key = str(found[-1].values["key"])
            if kind == "situation":
                regions("situation_region", areas or (), {"situation": key})
                for tag in tags:
                    add("situation_tag", {"situation": key, "tag": tag})
            members("approval.checks", key, checks)
    return tuple(found)


# ---- meaning -----------------------------------------------------------------------------------------------------------------------
Truth = bool | None
"""None: unknown."""


def _all(parts: Sequence[Truth]) -> Truth:
    return False if False in parts else None if None in parts else True


def _not(part: Truth) -> Truth:
    return None if part is None else not part


class Meaning:
    """What a typed condition says of some facts."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = facts

    def of(self, node: Typed, bound: Mapping[str, Fact] | None = None, positive: bool = True) -> Truth:
        """Whether the node holds, or (not `positive`) its negation: what is not in news that cannot be trusted is unknown, not absent."""
        here = bound or {}
        match node:
            case typed.And() | typed.Or():
                parts = [self.of(part, here, positive) for part in node.parts]
                return _all(parts) if isinstance(node, typed.And) == positive else _not(_all([_not(part) for part in parts]))
            case typed.Negated():
                return self.of(node.part, here, not positive)
            case typed.Exists() | typed.AtLeast():
                there = self._there(node, here)
                if positive:
                    return there
                return None if there is False and node.kind == "situation" and self._stale else _not(there)
        return self._leaf(node, here) if positive else _not(self._leaf(node, here))

    @property
    def _stale(self) -> bool:
        return any(fact.values["stale"] for fact in self._kind("news"))

    def _there(self, node: typed.Exists | typed.AtLeast, here: Mapping[str, Fact]) -> Truth:
        met = [self._one(node, fact, here) for fact in self._kind(node.kind)]
        wanted = node.count if isinstance(node, typed.AtLeast) else 1
        return True if met.count(True) >= wanted else None if met.count(True) + met.count(None) >= wanted else False

    def _leaf(self, node: Typed, here: Mapping[str, Fact]) -> Truth:
        match node:
            case typed.Tested():
                return self._tested(node, here)
            case typed.Holds():
                owner = "" if SCHEMA[node.kind].single else here[node.alias].values["key"]
                value = self._value(node.value, here)
                rows = [row.values for row in self._kind("member") if row.values["of"] == f"{node.kind}.{node.field.name}"]
                return any(row["owner"] == owner and row[node.column] == value for row in rows)
            case typed.InRegion():
                return any(_touch(node.code, str(row.values["code"])) for row in self._kind("draft_region") if row.values["own"])
            case typed.Like():
                text = str(here[node.alias].values[node.field.name]).lower()
                return text.startswith(node.glob.lower().rstrip("*"))
            case typed.Touched():
                return self._touched(node, here[node.alias])
        raise TypeError(f"no leaf: {node}")

    def _one(self, node: typed.Exists | typed.AtLeast, fact: Fact, bound: Mapping[str, Fact]) -> Truth:
        return True if node.body is None else self.of(node.body, {**bound, node.alias: fact})

    def _kind(self, kind: str) -> list[Fact]:
        return [fact for fact in self.facts if fact.kind == kind]

    def _fact(self, alias: str, kind: str, bound: Mapping[str, Fact]) -> Fact:
        return bound[alias] if alias in bound else next(iter(self._kind(kind)), Fact(kind, {}))

    def _value(self, value: Any, bound: Mapping[str, Fact]) -> Any:
        return self._fact(value.alias, value.kind, bound).values.get(value.field.name) if isinstance(value, Ref) else value

    def _tested(self, node: typed.Tested, bound: Mapping[str, Fact]) -> Truth:
        values = self._fact(node.alias, node.kind, bound).values
        given = node.field.name in values and not (node.field.type in (Type.WORD, Type.TOPIC) and values[node.field.name] == "" and node.op == "known")
        if node.op == "known":
            return given
        if not given:
            return None if node.field.observed else False
        op: Op = node.op
        return COMPARE[op](values[node.column], self._value(node.value, bound))

    def _touched(self, node: typed.Touched, situation: Fact) -> Truth:
        key = situation.values["key"]
        if node.how == "words":
            return bool(situation.values["touches_words"])
        if node.how == "hashtag":
            tags = {row.values["tag"] for row in self._kind("situation_tag") if row.values["situation"] == key}
            return any(row.values["tag"] in tags for row in self._kind("hashtag"))
        if not situation.values["area_known"]:
            return None
        there = [str(row.values["code"]) for row in self._kind("situation_region") if row.values["situation"] == key and row.values["own"]]
        mine = [str(row.values["code"]) for row in self._kind("draft_region") if row.values["own"]]
        return any(_touch(one, other) for one in there for other in mine)


def _touch(one: str, other: str) -> bool:
    return one == other or one.partition("-")[0] == other or other.partition("-")[0] == one
