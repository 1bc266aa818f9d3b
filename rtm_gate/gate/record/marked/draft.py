"""A draft in the words of a `test` block, and what of it no test can say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from rtm_gate.gate.record.marked.parts import Pair, Part, flag, listed, lost, moment, number, pair, quoted, word
from rtm_gate.model.draft import Account, Draft
from rtm_gate.model.policy import Policy
from rtm_gate.model.topics import TOPICS

_CALLED = {"message_class": "class"}
"""Keys of a draft that a test calls otherwise."""
_WORDS = frozenset(
    {
        "platform", "kind", "message_class", "language", "origin", "stage", "id", "type", "category", "role", "person", "owner", "name", "answer",
        "industry", "lead", "platforms", "core_issues", "segments", "checks", "previewed_by", "author",
    }
)  # fmt: skip
"""Keys whose values are names; all others stand in quotes."""
_FIRST = {"draft.platform": 0, "draft.kind": 1, "draft.message_class": 2, "draft.text": 3}
"""What a `draft { … }` begins with; the rest follows in the order of a draft."""
_ALWAYS = frozenset({"platform", "kind"})
_UNSAID = {"facts": "which facts it states"}
_ONE = ("trigger", "template", "cascade", "sponsored", "directly_impacted", "opt_out", "monitoring", "audience")


def parts_of(draft: Draft, policy: Policy) -> tuple[list[Part], list[str]]:
    """The `draft { … }`, then what stands beside it; and sentences about what is left out."""
    unsaid = [f"no test can say {what}: `{key}` is left out" for key, what in _UNSAID.items() if getattr(draft, key)]
    unsaid += [f"a text of a policy stands on one line, in plain sight: in `{name}` {what}" for name, text in draft.pieces.items() if (what := lost(text))]
    own = sorted(_pairs("draft", draft, {"id"}), key=lambda one: _FIRST.get(one.about, len(_FIRST)))
    if not draft.author.role and draft.author.id != "unknown":
        own += pair("draft", "author", word(draft.author.id))
    found = [Part("draft", tuple(own))]
    if draft.account.model_fields_set and draft.account.model_dump(exclude_defaults=True) != {"id": "main"}:
        account, strange = _with_known_issues(draft.account, policy)
        unsaid += [f"no test can say a core issue that is no topic: `{one}` is left out" for one in strange]
        found.append(_part("account", account))
    if draft.author.role:
        found.append(_part("author", draft.author))
    for kind in _ONE:
        value = getattr(draft, kind)
        if value is not None:
            found.append(_part(kind, value))
    if draft.template is not None and draft.template.slots:
        unsaid.append("no test can say the slots of a template: `template.slots` is left out")
    for media in draft.media:
        cleared = (Pair("rights_cleared yes", "media.rights"),) if media.rights and media.rights.permission else ()
        made = _part("media", media)
        found.append(Part("media", made.pairs + cleared))
    found += [_part("claim", claim) for claim in draft.claims]
    found += [_approval(approval, policy.roles) for approval in draft.approvals]
    found += [Part("check", (Pair(f"name {word(name)}", "check.name"), *_pairs("check", check))) for name, check in draft.checks.items()]
    found += [_part("score", score) for score in draft.scores]
    for name, answer in draft.checklist.items():
        said = (Pair(f"question {word(name)}", "answer.question"), Pair(f"value {answer.answer}", "answer.value"))
        found.append(Part("answer", (*said, *_pairs("answer", answer, {"answer"}))))
    found += [Part("hashtag", (Pair(f"tag {quoted(tag)}", "hashtag.tag"), *_pairs("hashtag", read))) for tag, read in draft.hashtag_context.items()]
    return found, unsaid


def _part(kind: str, value: BaseModel) -> Part:
    """An empty part would not be there: one that says nothing says so by its first flag."""
    pairs = tuple(_pairs(kind, value))
    flags = [name for name, field in type(value).model_fields.items() if field.annotation is bool]
    return Part(kind, pairs or tuple(Pair(f"{name} no", f"{kind}.{name}") for name in flags[:1]))


def _with_known_issues(account: Account, policy: Policy) -> tuple[Account, list[str]]:
    """The account with those of its issues that are topics, and the others."""
    topics = {*TOPICS, *(topic.name for topic in policy.topics)}
    known = tuple(one for one in account.core_issues if one in topics or any(name.startswith(f"{one}.") for name in topics))
    return account.model_copy(update={"core_issues": known}), [one for one in account.core_issues if one not in known]


def _approval(approval: BaseModel, roles: Sequence[str]) -> Part:
    """A role that the policy does not have counts for nothing, and is no name of it: it stands in quotes."""
    role = str(getattr(approval, "role", ""))
    said = word(role) if role in roles else quoted(role)
    return Part("approval", tuple(Pair(f"role {said}", one.about) if one.about == "approval.role" else one for one in _pairs("approval", approval)))


def _pairs(kind: str, value: BaseModel, without: frozenset[str] | set[str] = frozenset()) -> Iterator[Pair]:
    """Every plain value that is not what it is anyway."""
    for name, field in type(value).model_fields.items():
        held = getattr(value, name)
        if name in without or (held == field.default and name not in _ALWAYS):
            continue
        if field.is_required() or name in _ALWAYS or held not in (None, ()):
            yield from pair(kind, _CALLED.get(name, name), _said(name, held), f"{kind}.{name}")


def _said(name: str, value: Any) -> str | None:
    """None for what is a part of its own, and for what no test can say."""
    if isinstance(value, bool):
        return flag(value)
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, str):
        return word(value) if name in _WORDS else quoted(value)
    if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
        return listed([one if name == "regions" else word(one) if name in _WORDS else quoted(one) for one in value])
    return None
