"""What a gate answers: a verdict that has its draft and its policy's text at hand, so that it can be shown as a page."""

from __future__ import annotations

from typing import Any

from pydantic import PrivateAttr

from rtm_gate.gate.policy import LoadedPolicy
from rtm_gate.model.draft import Draft
from rtm_gate.model.verdict import Verdict


class Answer(Verdict):
    """A verdict in every way: the same JSON, and equal to any verdict that says the same."""

    _draft: Draft = PrivateAttr()
    _loaded: LoadedPolicy = PrivateAttr()

    @classmethod
    def of(cls, verdict: Verdict, draft: Draft, loaded: LoadedPolicy) -> Answer:
        made = cls.model_construct(**dict(verdict))
        made._draft, made._loaded = draft, loaded
        return made

    def to_html(self) -> str:
        """One self-contained page (interface: verdict.to_html), each finding with its lines of the policy."""
        # Late: who only judges needs neither templates nor colours.
        from rtm_gate.verdict.render.html import to_html
        from rtm_gate.verdict.render.source import excerpt

        policy, sources = self._loaded.policy, self._loaded.sources
        blocks = [policy.blocks[f.rule] for f in self.findings if f.rule in policy.blocks] if policy else []
        return to_html(self, self._draft, {block.name: excerpt(block.at, sources[block.at.file]) for block in blocks if block.at.file in sources})

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Verdict) and dict(self) == dict(other)
