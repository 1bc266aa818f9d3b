"""What a test states: parts of a draft in a draft's shapes, and fields of facts in the units of facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from rtm_gate.language.meaning.check import HOW
from rtm_gate.language.meaning.quantities import Quantities
from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import listed
from rtm_gate.model import draft as drafts
from rtm_gate.model.draft import problem_with
from rtm_gate.model.fact import Value
from rtm_gate.model.moment import from_seconds
from rtm_gate.model.policy import Given
from rtm_gate.model.schema import SCHEMA, Field, Type
from rtm_gate.model.topics import TOPICS
from rtm_gate.model.vocabulary import top_of

_PARTS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "draft": drafts.Draft, "account": drafts.Account, "author": drafts.Author, "media": drafts.Media, "trigger": drafts.Trigger,
        "template": drafts.Template, "cascade": drafts.Cascade, "sponsored": drafts.Sponsored, "claim": drafts.DraftClaim,
        "directly_impacted": drafts.Impact, "approval": drafts.Approval, "check": drafts.Check, "score": drafts.Score, "answer": drafts.Answer,
        "hashtag": drafts.TagContext, "opt_out": drafts.OptOut, "monitoring": drafts.Monitoring, "audience": drafts.Audience,
    }
)  # fmt: skip
_WHOLE = frozenset({"approval", "answer", "score"})
"""Facts that people give: what else is known of them the gate sees for itself, and no test can say it."""
_MORE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "draft": {"class": "message_class"}, "check": {"name": ""}, "hashtag": {"tag": ""}, "answer": {"question": "", "value": "answer"},
        "situation": {"touches": "", "regions": "", "title": ""},
    }
)  # fmt: skip
"""Keys that are no key of the part, with the key whose values they have."""
_BY_ID = {"template": "id", "author": "id", "trigger": "category", "account": "id"}
"""Parts of a draft that may be named inside it: `draft { author sam }`."""
_NEEDED = {"situation": ("topic",), "day": ("tone",), "mention": ("topic",), "answer": ("question",), "check": ("name",), "hashtag": ("tag",)}
_FILLED = {"account": ("id",), "approval": ("at",), "answer": ("answer",), "claim": ("text",), "hashtag": ("uses_read",)}
_MEASURED = (Type.COUNT, Type.INSTANT, Type.DURATION, Type.RATIO)
"""What a setting may stand for."""
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


class GivenFacts:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.quantities = Quantities(names)

    def fact(self, node: nodes.GivenFact) -> Given | None:
        """What is stated, or None for a fact there is not; wrong keys and values are reported and left out."""
        kind = node.kind.text
        part, schema = _PARTS.get(kind), SCHEMA.get(kind)
        if part is None and (schema is None or schema.internal):
            known = sorted({*_PARTS, *(row.name for row in SCHEMA.values() if not row.internal)})
            self.names.error("RTM202", f"there is no fact `{kind}`", node.kind.at, self.names.meant(kind, known), f"facts: {listed(known, 40)}")
            return None
        keys, fields = _keys(kind), _fields(kind)
        known = sorted({*keys, *fields, *_MORE.get(kind, ())})
        seen: set[str] = set()
        in_part: dict[str, Any] = {}
        values: dict[str, Value | tuple[str, ...]] = {}
        for pair in node.pairs:
            key = pair.key.text
            if key not in known:
                self.names.error("RTM213", f"`{kind}` has no `{key}`", pair.key.at, self.names.meant(key, known), f"it may have: {listed(known, 40)}")
            elif key in seen:
                self.names.error("RTM310", f"`{key}` stands twice", pair.key.at, "say it once")
            elif key in _MORE.get(kind, ()) or key in keys:
                in_part[key] = self._of_part(kind, pair)
            else:
                self._of_fact(kind, fields[key], pair, values)
            seen.add(key)
        self._needed(node, {*in_part, *values, *seen})
        return Given(kind, MappingProxyType(in_part), MappingProxyType(values), node.at)

    def _needed(self, node: nodes.GivenFact, there: set[str]) -> None:
        kind = node.kind.text
        model = _PARTS.get(kind)
        required = [name for name, row in model.model_fields.items() if row.is_required()] if model is not None and kind != "draft" else []
        for name in (*_NEEDED.get(kind, ()), *required):
            if name not in there and name not in _FILLED.get(kind, ()):
                self.names.error("RTM309", f"this {kind} has no `{name}`", node.kind.at, f"add `{name} …`")

    # ---- as in a draft ---------------------------------------------------------------------------------------------------------------
    def _of_part(self, kind: str, pair: nodes.Pair) -> Any:
        """The value of a key of a draft, of one of its parts, or of what only tests can say; checked by the schema where it has the field."""
        key = pair.key.text
        if kind == "situation":
            return self._of_situation(pair)
        field = SCHEMA[kind].fields.get(key) if kind in SCHEMA else None
        model = _PARTS[kind]
        name = _MORE.get(kind, {}).get(key, key)
        annotation = model.model_fields[name].annotation if name in model.model_fields else str
        if annotation is bool or (field is not None and field.type is Type.FLAG):
            return self._flag(pair)
        before = len(self.names.found)
        if field is not None and field.type is not Type.TEXT and key not in _BY_ID:
            for one in pair.values if field.many else pair.values[:1]:
                self.quantities.value(kind, field, one)
        settings = self.names.of("setting") if field is not None and field.type in _MEASURED else {}
        values = [_plain(settings[one.text].value or one if one.text in settings else one) for one in pair.values]
        value: Any = values if (_is_list(annotation) and not (key == "text" and len(values) == 1)) or len(values) > 1 else values[0]
        if kind == "draft" and key in _BY_ID:
            return {_BY_ID[key]: value}
        wrong = problem_with(model, name, value) if name in model.model_fields and len(self.names.found) == before else ""
        if wrong:
            self.names.error("RTM220", f"`{key}` {_broken(wrong)}", pair.values[0].at)
        return value

    def _of_situation(self, pair: nodes.Pair) -> tuple[str, ...] | str:
        key = pair.key.text
        for value in pair.values:
            if key == "touches" and value.text not in HOW:
                self.names.error("RTM203", f"`{value.text}` is no way to touch", value.at, self.names.meant(value.text, HOW), f"ways: {', '.join(HOW)}")
            elif key == "regions" and value.sort != "region":
                self.names.error("RTM220", f"`{value.text}` is not a region", value.at, "", "write a code such as US or US-NY")
            elif key == "title" and value.sort != "text":
                self.names.error("RTM220", f"`{value.text}` is not a text", value.at, "put it in quotes")
        return pair.values[0].text if key == "title" else tuple(value.text for value in pair.values)

    # ---- as in a fact -----------------------------------------------------------------------------------------------------------------
    def _of_fact(self, kind: str, field: Field, pair: nodes.Pair, found: dict[str, Value | tuple[str, ...]]) -> None:
        if field.type is Type.FLAG:
            found[field.name] = self._flag(pair)
            return
        for extra in () if field.many else pair.values[1:]:
            self.names.error("RTM220", f"`{field.name}` has one value", extra.at, "this is one too many")
        each = [self.quantities.value(kind, field, value) for value in (pair.values if field.many else pair.values[:1])]
        known = tuple(value for value in each if value is not None)
        if field.many:
            found[field.name] = tuple(str(value) for value in known)
        elif known:
            found[field.name] = known[0]
            self._judged(kind, field, pair)

    def _judged(self, kind: str, field: Field, pair: nodes.Pair) -> None:
        """What is about sport or film concerns no draft: the facts room leaves it out, and the test would test nothing."""
        topic = TOPICS.get(top_of(pair.values[0].text))
        if kind == "situation" and field.type is Type.TOPIC and topic is not None and topic.contrast:
            self.names.error("RTM220", f"a situation about `{pair.values[0].text}` is never judged", pair.values[0].at, "its topic is there for contrast only")

    def _flag(self, pair: nodes.Pair) -> bool:
        said = pair.values[0]
        if said.text not in _FLAGS or len(pair.values) > 1:
            self.names.error("RTM220", f"`{pair.key.text}` is true or false", said.at, "write yes or no")
        return _FLAGS.get(said.text, False)


def _keys(kind: str) -> set[str]:
    """The keys of a draft or a part of one that hold plain values, or that a name can stand for."""
    if kind not in _PARTS:
        return set()
    plain = {name for name, row in _PARTS[kind].model_fields.items() if not _is_nested(row.annotation)}
    return plain | (set(_BY_ID) if kind == "draft" else set())


def _fields(kind: str) -> Mapping[str, Field]:
    """The fields that a test may state outright."""
    if kind not in SCHEMA or kind in _WHOLE:
        return {}
    return {name: row for name, row in SCHEMA[kind].fields.items() if row.type is not Type.TEXT}


def _plain(value: nodes.Value) -> str | int | float | datetime:
    if value.sort in ("count", "characters", "duration"):
        return value.amount
    if value.sort in ("number", "percent", "multiple"):
        return value.amount / 1_000_000
    if value.sort in ("instant", "date"):
        return from_seconds(value.amount)
    return value.text


def _broken(sentence: str) -> str:
    """A sentence about a draft, made to follow the name of a key."""
    return sentence if sentence.startswith(("is ", "has ")) else f"is wrong: {sentence}"


def _is_nested(annotation: Any) -> bool:
    inner = get_args(annotation)
    is_part = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return is_part or get_origin(annotation) is dict or any(_is_nested(one) for one in inner)


def _is_list(annotation: Any) -> bool:
    options = (annotation, *get_args(annotation))
    return any(get_origin(option) in (tuple, list) for option in options)
