"""What a `test` block states, set up as a draft, news and facts that a check can take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from rtm_gate import news as newsroom
from rtm_gate.facts.ours import member
from rtm_gate.gate.drafts import accept
from rtm_gate.gate.gate import Gate
from rtm_gate.gate.testing.world import health, situation
from rtm_gate.model.draft import Draft
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.moment import seconds
from rtm_gate.model.news import News
from rtm_gate.model.policy import Given, PolicyTest
from rtm_gate.model.schema import ALWAYS_THERE, SCHEMA, SINGLES, Type
from rtm_gate.model.vocabulary import top_of

DEFAULT_NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""The clock of a test that names none (language, semantics 17)."""
WORLD = ("situation", "source")
"""Facts that are made from news."""
MADE = (*ALWAYS_THERE, "scores")
"""Facts that every check has: what a test says of them is set on the one that is made."""
AGES = {("trigger", "age"): "detected_at", ("hashtag", "read_age"): "at"}
"""Ages that follow from a time of the draft."""
LISTS = {"media": "media", "score": "scores", "claim": "claims", "approval": "approvals"}
STANDING: Mapping[str, Mapping[str, Value]] = {"mention": {"field": "text", "literal": True, "certainty": 1_000_000}}
"""What a fact has that stands on its own and says no other."""


@dataclass(frozen=True, slots=True)
class Stage:
    draft: Draft
    news: News
    given: tuple[Fact, ...]
    now: datetime
    warnings: tuple[str, ...]


def stage_of(gate: Gate, test: PolicyTest) -> Stage:
    """Everything a test states. Raises InvalidDraftError for a draft that is none."""
    now = test.now or DEFAULT_NOW
    draft, warnings = accept(draft_of(test), gate.policy)
    facts = _Facts(gate, draft, now)
    for one in test.facts:
        facts.add(one)
    return Stage(draft, _news(gate, test, draft, now), tuple(facts.found.values()), now, tuple(warnings))


def draft_of(test: PolicyTest) -> dict[str, Any]:
    """The draft of a test: what it says, the required keys filled with the plainest value, nothing supplied unless given."""
    draft: dict[str, Any] = {"text": "Hello.", "platform": "x", "kind": "planned", "id": test.name, **_plain(test.draft)}
    if "class" in draft:
        draft["message_class"] = draft.pop("class")
    for given in test.facts:
        timed = any((given.kind, name) in AGES for name in given.values)
        if given.kind not in WORLD and (given.part or timed or given.kind in LISTS or given.kind not in SCHEMA):
            _add(draft, given, test.now or DEFAULT_NOW)
    account = draft.setdefault("account", {})
    account.setdefault("id", "main")
    return draft


def _add(draft: dict[str, Any], fact: Given, now: datetime) -> None:
    """Signed, answered and done at the test's own time where it says no other."""
    given = _plain(fact.part)
    for (kind, age), at in AGES.items():
        known = fact.values.get(age)
        if kind == fact.kind and isinstance(known, int):
            given[at] = (now - timedelta(seconds=known)).isoformat()
    match fact.kind:
        case "draft":
            pass
        case "approval":
            draft.setdefault("approvals", []).append({"at": now.isoformat(), **given})
        case "answer":
            draft.setdefault("checklist", {})[given.pop("question", "")] = {"answer": given.pop("value", "yes"), **given}
        case "hashtag":
            draft.setdefault("hashtag_context", {})[given.pop("tag", "")] = {"uses_read": 0, **given}
        case "check":
            draft.setdefault("checks", {})[given.pop("name", "")] = given
        case "claim":
            draft.setdefault("claims", []).append({"text": "a claim", **given})
        case "media" | "score":
            draft.setdefault(LISTS[fact.kind], []).append(given)
        case kind:
            named = draft.get(kind)
            draft[kind] = {**(named if isinstance(named, dict) else {}), **given}


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime) else list(value) if isinstance(value, tuple) else value for key, value in given.items()}


class _Facts:
    """Facts stated outright, each with the `ref` of the one it is about, or with one of its own."""

    def __init__(self, gate: Gate, draft: Draft, now: datetime) -> None:
        self.now = now
        self.tags = [hashtag.tag.lower() for hashtag in gate.analyse(draft).hashtags]
        self.claims_read = len(gate.analyse(draft).claims)
        self.found: dict[str, Fact] = {}
        self.count: dict[str, int] = {}

    def add(self, given: Given) -> None:
        kind = given.kind
        number = self.count[kind] = self.count.get(kind, 0) + 1
        of_draft_alone = kind not in SCHEMA or (given.part and not given.values and kind != "situation")
        if of_draft_alone or kind == "source":
            return
        ref = self._ref(given, number)
        values = {name: value for name, value in given.values.items() if not isinstance(value, tuple) and (kind, name) not in AGES}
        if kind == "situation":
            touched = given.part.get("touches", ())
            values = {"touches_words": "words" in touched, "touches_entity": "entity" in touched, **values}
        elif ref.startswith(f"{kind}:given") or (kind in SINGLES and kind not in MADE):
            values = {**self._standing(kind, ref), **values}
        if values:
            known = self.found.get(ref)
            self.found[ref] = Fact(kind, {**(known.values if known else {}), **_with_tops(kind, values)}, ref)
        for name, members in given.values.items():
            for value in members if isinstance(members, tuple) else ():
                fact = member(f"{kind}.{name}", "" if kind in SINGLES else ref, value)
                self.found[str(fact.values["key"])] = fact

    def _ref(self, given: Given, number: int) -> str:
        """`situation:given1` is its id as well; a hashtag is known by its tag, an attachment and a claim by their place."""
        kind = given.kind
        tag = str(given.part.get("tag", "")).lower()
        if kind in SINGLES:
            return kind
        if kind == "media":
            return f"media:{number}"
        if kind == "claim":
            return f"claim:{self.claims_read + number}"
        if kind == "hashtag" and tag in self.tags:
            return f"hashtag:{self.tags.index(tag) + 1}"
        return f"{kind}:given{number}"

    def _standing(self, kind: str, ref: str) -> dict[str, Value]:
        """Nothing supplied unless given: flags are false, names are empty."""
        values: dict[str, Value] = {} if kind in SINGLES else {"key": ref}
        for field in SCHEMA[kind].fields.values():
            if field.type is Type.FLAG and not field.observed:
                values[field.name] = False
            elif field.type in (Type.WORD, Type.TOPIC) and not field.words and not field.many and not field.observed:
                values[field.name] = ""
        if kind == "day":
            values["begins"] = seconds(self.now)
        return {**values, **STANDING.get(kind, {})}


def _with_tops(kind: str, values: Mapping[str, Value]) -> dict[str, Value]:
    fields = SCHEMA[kind].fields
    tops = {f"{name}_top": top_of(str(value)) for name, value in values.items() if name in fields and fields[name].type is Type.TOPIC}
    return {**values, **tops}


def _news(gate: Gate, test: PolicyTest, draft: Draft, now: datetime) -> News:
    """Healthy and empty unless given. Sources that are stated stand instead of the healthy one, headlines vouch for it again."""
    told = test.news or ()
    stories = [newsroom.headline(story.headline, story.source or "newsroom", now - timedelta(seconds=story.age)) for story in told]
    read = gate.news([], now=now, stories=stories)
    sources = [health(fact, now) for fact in test.facts if fact.kind == "source"]
    if not sources or told:
        sources.append(newsroom.healthy("newsroom", now))
    stated = [fact for fact in test.facts if fact.kind == "situation"]
    shown = draft.regions or gate.policy.audience
    situations = [situation(fact, number, draft, shown, now) for number, fact in enumerate(stated, 1)]
    return replace(read, sources=(*read.sources, *sources), situations=(*read.situations, *situations))
