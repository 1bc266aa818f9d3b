"""`test` blocks: drafts, news and expectations as plain values, in the shapes of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, get_args, get_origin

from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import did_you_mean, listed
from rtm_gate.model import draft as drafts
from rtm_gate.model.draft import QUESTIONS
from rtm_gate.model.moment import from_seconds
from rtm_gate.model.policy import Expectation, PolicyTest, Story
from rtm_gate.model.schema import SCHEMA, Type

_PARTS: Mapping[str, Any] = MappingProxyType(
    {
        "account": drafts.Account, "author": drafts.Author, "media": drafts.Media, "trigger": drafts.Trigger, "template": drafts.Template,
        "cascade": drafts.Cascade, "sponsored": drafts.Sponsored, "claim": drafts.DraftClaim, "directly_impacted": drafts.Impact,
        "approval": drafts.Approval, "check": drafts.Check, "score": drafts.Score, "answer": drafts.Answer, "hashtag": drafts.TagContext,
        "opt_out": drafts.OptOut, "monitoring": drafts.Monitoring, "audience": drafts.Audience,
    }
)  # fmt: skip
_MORE = {"check": ("name",), "hashtag": ("tag",), "answer": ("question", "value"), "draft": ("class",)}
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}
_UNNAMED = ("otherwise", "stale_news")


class Examples:
    def __init__(self, names: Names) -> None:
        self.names = names

    def test(self, node: nodes.Test) -> PolicyTest:
        drafts_given = [fact for fact in node.facts if fact.kind.text == "draft"]
        if len(drafts_given) != 1:
            hint = "write `draft { … }` once"
            self.names.error("RTM309", f"this test has {'no draft' if not drafts_given else 'more than one draft'}", node.title.at, hint)
        if not node.expect:
            self.names.error("RTM309", "this test expects nothing", node.title.at, "write `expect go`, `expect hold from …` or `expect no-go from …`")
        for more in node.now[1:]:
            self.names.error("RTM310", "`at` stands twice in this test", more.at, "say it once")
        facts = tuple((fact.kind.text, self._given(fact)) for fact in node.facts if fact.kind.text != "draft")
        stories = tuple(Story(story.age.amount, story.headline.text, story.source.text if story.source else "") for news in node.news for story in news)
        return PolicyTest(
            node.title.text,
            from_seconds(node.now[0].amount) if node.now else None,
            self._given(drafts_given[0]) if drafts_given else MappingProxyType({}),
            stories if node.news else None,
            facts,
            tuple(self._expected(expect) for expect in node.expect),
            node.at,
        )

    def _given(self, fact: nodes.GivenFact) -> Mapping[str, Any]:
        kind = fact.kind.text
        model = drafts.Draft if kind == "draft" else _PARTS.get(kind)
        schema = SCHEMA.get(kind)
        if model is None and (schema is None or schema.internal):
            known = [*_PARTS, *(row.name for row in SCHEMA.values() if not row.internal)]
            self.names.error("RTM202", f"there is no fact `{kind}`", fact.kind.at, did_you_mean(kind, known), f"facts: {listed(sorted(set(known)), 40)}")
            return MappingProxyType({})
        fields: dict[str, Any] = {name: row.annotation for name, row in model.model_fields.items()} if model is not None else {}
        of_fact = schema.fields if schema is not None and kind != "draft" else {}
        known = sorted({*fields, *of_fact, *_MORE.get(kind, ())})
        found: dict[str, Any] = {}
        for pair in fact.pairs:
            key = pair.key.text
            if key not in known:
                self.names.error("RTM213", f"`{kind}` has no `{key}`", pair.key.at, did_you_mean(key, known), f"it may have: {listed(known, 40)}")
            elif key in found:
                self.names.error("RTM310", f"`{key}` stands twice", pair.key.at, "say it once")
            else:
                of_draft = fields.get(key)
                flag = of_draft is bool or (key in of_fact and of_fact[key].type is Type.FLAG)
                many = _is_list(of_draft) or (key in of_fact and of_fact[key].many)
                found[key] = self._value(pair, flag, many and not (key == "text" and len(pair.values) == 1))
        return MappingProxyType(found)

    def _value(self, pair: nodes.Pair, flag: bool, many: bool) -> Any:
        if flag and pair.values[0].text not in _FLAGS:
            self.names.error("RTM220", f"`{pair.key.text}` is true or false", pair.values[0].at, "write yes or no")
        values = [_FLAGS.get(value.text, False) if flag else _plain(value) for value in pair.values]
        return values if many or len(values) > 1 else values[0]

    def _expected(self, node: nodes.Expected) -> Expectation:
        blocks, questions = self.names.of("block"), {*QUESTIONS, *self.names.asks}
        for name in node.blocks:
            if name.text in blocks or name.text in _UNNAMED or name.parts[-1] in questions:
                continue
            self.names.unknown("RTM210", "block", name, blocks)
        if node.tier is not None:
            self.names.tier(node.tier)
        tier = node.tier.text if node.tier else None
        return Expectation(node.verdict, tuple(name.text for name in node.blocks), tier, node.at)


def _plain(value: nodes.Value) -> str | int | float | datetime:
    if value.sort in ("count", "characters", "duration"):
        return value.amount
    if value.sort in ("number", "percent", "multiple"):
        return value.amount / 1_000_000
    if value.sort in ("instant", "date"):
        return from_seconds(value.amount)
    return value.text


def _is_list(annotation: Any) -> bool:
    options = (annotation, *get_args(annotation))
    return any(get_origin(option) in (tuple, list) for option in options)
