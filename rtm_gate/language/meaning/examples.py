"""`test` blocks: what they state, and what they expect of it."""

from __future__ import annotations

from types import MappingProxyType

from rtm_gate.language.meaning.given import GivenFacts
from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.model.draft import QUESTIONS
from rtm_gate.model.moment import from_seconds
from rtm_gate.model.policy import Expectation, PolicyTest, Story

_UNNAMED = ("otherwise", "stale_news")


class Examples:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.given = GivenFacts(names)

    def test(self, node: nodes.Test) -> PolicyTest:
        drafts_given = [fact for fact in node.facts if fact.kind.text == "draft"]
        if len(drafts_given) != 1:
            hint = "write `draft { … }` once"
            self.names.error("RTM309", f"this test has {'no draft' if not drafts_given else 'more than one draft'}", node.title.at, hint)
        if not node.expect:
            self.names.error("RTM309", "this test expects nothing", node.title.at, "write `expect go`, `expect hold from …` or `expect no-go from …`")
        for more in node.now[1:]:
            self.names.error("RTM310", "`at` stands twice in this test", more.at, "say it once")
        given = [fact for one in node.facts if (fact := self.given.fact(one)) is not None]
        draft = next((fact.part for fact in given if fact.kind == "draft"), MappingProxyType({}))
        facts = tuple(fact for fact in given if fact.kind != "draft" or fact.values)
        self._touching(node)
        stories = tuple(Story(story.age.amount, story.headline.text, story.source.text if story.source else "") for news in node.news for story in news)
        return PolicyTest(
            node.title.text,
            from_seconds(node.now[0].amount) if node.now else None,
            draft,
            stories if node.news else None,
            facts,
            tuple(self._expected(expect) for expect in node.expect),
            node.at,
            self._switched_off(node),
        )

    def _switched_off(self, node: nodes.Test) -> str:
        """A pack's test of a block that the root file switches off has nothing to say."""
        named = [name.text for expect in node.expect for name in (*expect.blocks, *expect.advice)]
        return next((f"{name} is switched off" for name in named if self._off(name)), "")

    def _off(self, block: str) -> bool:
        return bool({block, block.rpartition(".")[0]} & set(self.names.switched_off))

    def _touching(self, node: nodes.Test) -> None:
        """What a situation can only touch where the draft has it."""
        draft = {pair.key.text: pair for fact in node.facts if fact.kind.text == "draft" for pair in fact.pairs}
        said = " ".join(value.text for value in draft["text"].values) if "text" in draft else ""
        shown = "regions" in draft or (self.names.policy is not None and self.names.policy.first("audience") is not None)
        for fact in node.facts:
            for how in (value for pair in fact.pairs if fact.kind.text == "situation" and pair.key.text == "touches" for value in pair.values):
                if how.text == "hashtag" and "#" not in said:
                    self.names.error("RTM314", "there is no hashtag to touch", how.at, "the text of this draft has none")
                elif how.text == "region" and not shown:
                    self.names.error("RTM314", "there is no region to touch", how.at, "neither the draft nor the policy says where it is shown")

    def _expected(self, node: nodes.Expected) -> Expectation:
        blocks, questions = self.names.of("block"), {*QUESTIONS, *self.names.asks}
        for name in (*node.blocks, *node.advice):
            if name.text in blocks or name.text in _UNNAMED or name.parts[-1] in questions or self._off(name.text):
                continue
            self.names.unknown("RTM210", "block", name, blocks)
        if node.tier is not None:
            self.names.tier(node.tier)
        tier = node.tier.text if node.tier else None
        named, advice = (tuple(name.text for name in names) for names in (node.blocks, node.advice))
        return Expectation(node.verdict, named, tier, node.at, advice)
