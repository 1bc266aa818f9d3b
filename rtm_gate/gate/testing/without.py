"""Which blocks a test or case would miss: the same check is decided again as if the block had never been written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from rtm_gate.gate.gate import Examined
from rtm_gate.gate.testing.expected import Holds
from rtm_gate.model.policy import Block, Policy
from rtm_gate.model.verdict import Verdict
from rtm_gate.verdict import Fault, verdict_of

JUDGING = frozenset({"rule", "blackout", "trigger", "platform", "template", "checklist", "matrix"})
"""Blocks that are written to decide or to advise; a guarantee, a watch and the policy's own clauses are there for other reasons."""
T = TypeVar("T")


def asked_for(policy: Policy) -> tuple[Block, ...]:
    """The blocks that some test or case should miss: all that judge and are heard. A question is part of its checklist.

    A platform or trigger that asks for nothing itself can still say which sign-offs a template may stand in for.
    """
    judging = {whole(policy, rule.block) for rule in policy.rules}
    if policy.templates:
        judging |= {f"platform.{name}" for name, platform in policy.platforms.items() if platform.tolerates}
        judging |= {name for name, trigger in policy.triggers.items() if trigger.risk}
    return tuple(block for name, block in policy.blocks.items() if name in judging and block.kind in JUDGING and not block.shadow)


def whole(policy: Policy, name: str) -> str:
    """The block as an author wrote it: the checklist of a question that findings know by its own name."""
    checklist, _, question = name.rpartition(".")
    asked = policy.questions.get(question)
    return checklist if asked is not None and asked.checklist == checklist else name


def without(examined: Examined, name: str) -> Verdict:
    """The verdict had the policy no block `name`: nothing it found counts, nor what it relieves, tolerates or keeps `otherwise` from saying."""
    policy = examined.scene.policy
    matches = [match for match in examined.matches if whole(policy, policy.rules[match.rule].block) != name]
    faults = [Fault(finding.rule.removeprefix("fault."), finding.because) for finding in examined.verdict.findings if finding.kind == "fault"]
    return verdict_of(replace(examined.scene, policy=_less(policy, name)), examined.facts, matches, faults=faults)


def _less(policy: Policy, name: str) -> Policy:
    """What the verdict asks a policy besides its rules, without the block. Their numbers stay, for matches to point at."""
    plain = name.rpartition(".")[2]
    triggers, tallies = _left(policy.triggers, name), _left(policy.tallies, name)
    return replace(policy, triggers=triggers, tallies=tallies, platforms=_left(policy.platforms, plain) if name.startswith("platform.") else policy.platforms)


def _left(rows: Mapping[str, T], name: str) -> Mapping[str, T]:
    return MappingProxyType({key: row for key, row in rows.items() if key != name})


@dataclass(slots=True)
class Needed:
    """Adds up the blocks that some check needs: it comes out right, and without the block it would not."""

    policy: Policy
    blocks: set[str] = field(default_factory=set)
    _asked: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._asked = frozenset(block.name for block in asked_for(self.policy))

    def add(self, examined: Examined, holds: Holds) -> None:
        if not holds(examined.verdict):
            return
        spoke = {whole(self.policy, self.policy.rules[match.rule].block) for match in examined.matches} | _tolerant(examined)
        # What one check needs has to be asked of no other.
        for name in spoke & self._asked - self.blocks:
            if not holds(without(examined, name)):
                self.blocks.add(name)


def _tolerant(examined: Examined) -> set[str]:
    """Where the draft is shown and what it answers: their risks are held against each other, whether or not they fired."""
    rows = examined.facts.rows if examined.facts else ()
    answered = (fact.values["category"] for fact in rows if fact.kind == "trigger" and "category" in fact.values)
    return {f"platform.{examined.scene.draft.platform}", *map(str, answered)}
