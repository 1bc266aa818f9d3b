"""Stage 7: everything an author said, checked and put together as a `Policy`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from rtm_gate.language.lowering import freshness
from rtm_gate.language.lowering.blocks import Blocks
from rtm_gate.language.meaning.brands import brand_of
from rtm_gate.language.meaning.examples import Examples
from rtm_gate.language.meaning.head import Head
from rtm_gate.language.meaning.nouns import day_of, halt_of, platform_of, question_of, template_of, tier_of, title_of, trigger_of
from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.meaning.topics import examples_of, topic_of
from rtm_gate.language.syntax import nodes
from rtm_gate.model.policy import Block, Policy, Question
from rtm_gate.model.source import At


def assemble(names: Names, files: Sequence[nodes.File]) -> Policy | None:
    """The policy; what is wrong goes to `names.found`, and then it is not to be used."""
    blocks = Blocks(names)
    lowered = [(item.word, blocks.lowered(item)) for item in names.of("block").values()]
    topics = tuple(topic_of(item, names) for item in names.of("topic").values())
    examples = tuple(example for item in names.of("topic").values() for example in examples_of(item, names))
    brands = tuple(brand_of(item, names) for item in names.of("brand").values())
    tiers = {name: tier_of(item, names) for name, item in sorted(names.of("tier").items())}
    tests = tuple(Examples(names).test(test) for test in names.tests)
    head = Head(names)
    halt = halt_of(names.halt, names) if names.halt else None
    days = tuple(day_of(day, names) for day in names.days.values())
    platforms = {item.name.text: platform_of(item, names) for item in _of(names, "platform") if item.name}
    templates = {item.name.text: template_of(item) for item in _of(names, "template") if item.name}
    questions = {question.name: question for item in _of(names, "checklist") for question in _questions(item)}
    if names.policy is None or any(diagnostic.level == "error" for diagnostic in names.found):
        return None
    tallies = {item.id: blocks.tallies(item) for item in _of(names, "checklist")}
    return Policy(
        name=names.policy.title.text if names.policy.title else "",
        digest=digest(files),
        files=tuple(file.name for file in files),
        owner=head.owner,
        timezone=head.timezone,
        audience=head.audience,
        roles=names.roles,
        checks=MappingProxyType({name: item.title.text if item.title else name for name, item in sorted(names.of("check").items())}),
        otherwise=head.otherwise,
        stale_after=head.stale_after,
        stale_effect=head.stale_effect,
        lease=head.lease,
        shelf_life=MappingProxyType(head.shelf_life),
        settings=MappingProxyType(_settings(names)),
        topics=topics,
        tiers=MappingProxyType(tiers),
        triggers=MappingProxyType({item.id: trigger_of(item) for item in sorted(_of(names, "trigger"), key=lambda item: item.id)}),
        blocks=MappingProxyType(_blocks(names, head, questions)),
        rules=(*(rule for word, one in lowered if word != "watch" for rule in one.rules), *freshness.rules_of(head.stale_effect)),
        counts=tuple(dict.fromkeys(query for _, one in lowered for query in one.counts)),
        likes=tuple(dict.fromkeys(query for _, one in lowered for query in one.likes)),
        excuses=tuple(excuse for _, one in lowered for excuse in one.excuses),
        tests=tests,
        examples=examples,
        brands=brands,
        platforms=MappingProxyType(platforms),
        templates=MappingProxyType(templates),
        questions=MappingProxyType(questions),
        tallies=MappingProxyType(tallies),
        days=days,
        watches=tuple(rule for word, one in lowered if word == "watch" for rule in one.rules),
        halt=halt,
        switched_off=MappingProxyType(names.switched_off),
    )


def digest(files: Sequence[nodes.File]) -> str:
    """SHA-256 over what the files say; comments and layout do not count."""
    return "sha256:" + hashlib.sha256("\n".join(file.canonical for file in files).encode()).hexdigest()


def _of(names: Names, word: str) -> Iterator[nodes.Item]:
    return (item for item in names.of("block").values() if item.word == word)


def _questions(item: nodes.Item) -> Iterator[Question]:
    return (question_of(part, item) for part in item.parts if isinstance(part, nodes.Ask))


# ---- what findings point at ---------------------------------------------------------------------------------------------
_POLICY_BLOCKS = (
    ("otherwise", "otherwise", "Nothing else decides", "The policy says what happens where no rule decides.", ""),
    (
        freshness.BLOCK, "stale news", "The news cannot be trusted right now", "Nobody knows what we would be talking into.",
        "Get the feeds read again, then ask again.",
    ),
)  # fmt: skip
_BECAUSE = {"guarantee": "The policy promises that this never happens, so it waits until somebody has looked."}


def _blocks(names: Names, head: Head, questions: Mapping[str, Question]) -> dict[str, Block]:
    """Every block by id; a question whose wrong answer ends it is one of its own, and so are the clauses of the policy block that decide."""
    found = {item.id: _block(item, head) for item in names.of("block").values()}
    for question in questions.values():
        if question.must:
            whole = found[question.checklist]
            name = f"{question.checklist}.{question.name}"
            found[name] = Block(name, "checklist", question.text, whole.because, whole.fix, whole.owner, question.at, whole.shadow, whole.serves)
    places: dict[str, At] = {clause.word: clause.at for clause in names.policy.clauses} if names.policy else {}
    for name, word, title, because, fix in _POLICY_BLOCKS:
        if names.policy:
            found[name] = Block(name, "policy", title, because, fix, head.owner, places.get(word, names.policy.at))
    return found


def _block(item: nodes.Item, head: Head) -> Block:
    kind: Any = item.word
    because = _words(item, "because") or _BECAUSE.get(item.word, "")
    serves = tuple(text.text for clause in item.all("serves") for text in clause.texts)
    return Block(item.id, kind, title_of(item), because, _words(item, "fix"), _words(item, "owner") or head.owner, item.at, item.shadow, serves)


def _words(item: nodes.Item, word: str) -> str:
    return " ".join(text.text for clause in item.all(word) for text in clause.texts)


def _settings(names: Names) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for name, item in sorted(names.of("setting").items()):
        value = item.value
        if value is None:
            continue
        if value.sort in ("percent", "multiple", "number"):
            found[name] = value.amount / 1_000_000
        else:
            found[name] = value.amount if value.sort in ("count", "characters", "duration", "instant", "date") else value.text
    return found
