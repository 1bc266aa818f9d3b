"""Guarantees at run time: where the policy would break one, the verdict is a hold that says which."""

from __future__ import annotations

from collections.abc import Sequence

from rtm_gate.facts.scene import Facts, Scene
from rtm_gate.model.rule import CoreRule, Match
from rtm_gate.model.verdict import Finding, PlaceInPolicy
from rtm_gate.verdict.judged import evidence_of


def broken(word: str, rules: Sequence[CoreRule], matches: Sequence[Match], scene: Scene, facts: Facts) -> list[Finding]:
    """A hold for each guarantee whose condition is met and whose word the verdict would be."""
    found: dict[str, Finding] = {}
    for match in matches:
        rule = rules[match.rule]
        if rule.effect.kind != "assert" or rule.effect.action != word:
            continue
        block = scene.policy.blocks[rule.block]
        found.setdefault(
            rule.block,
            Finding(
                rule=block.name,
                effect="hold",
                assumed=tuple(sorted(rule.assumed)),
                title=f"Guarantee broken: {block.title}",
                because=block.because,
                owner=block.owner,
                fix=block.fix or "Show it to the owner of the policy: two of its blocks contradict each other.",
                at=PlaceInPolicy.of(block.at),
                evidence=evidence_of(rule, [facts.rows[n] for n in match.facts], facts),
            ),
        )
    return list(found.values())
