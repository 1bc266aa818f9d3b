"""What a template relieves: the sign-offs that trigger, platform and matrix ask for, and nothing else (language, semantics 6 and 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rtm_gate.facts.scene import Facts, Scene
from rtm_gate.model.policy import Policy
from rtm_gate.model.rule import ForTier
from rtm_gate.model.schema import RISKS
from rtm_gate.verdict.judged import Judged

RELIEVED = ("trigger", "platform", "matrix")


def relieved(everything: Sequence[Judged], scene: Scene, facts: Facts) -> list[Judged]:
    """The same judgements, without the sign-offs that a matching template stands in for."""
    policy = scene.policy
    if not any(one.rule.effect.relieves and not policy.blocks[one.rule.block].shadow for one in everything):
        return list(everything)
    kinds = [kind for kind in RELIEVED if kind != "trigger" or not _too_risky(policy, scene.draft.platform, facts)]
    return [_without_tiers(one) if policy.blocks[one.rule.block].kind in kinds else one for one in everything]


def _without_tiers(one: Judged) -> Judged:
    rest = tuple(outcome for outcome in one.outcomes if not isinstance(outcome.exit, ForTier))
    if one.effect != "hold" or len(rest) == len(one.outcomes):
        return one
    return replace(one, outcomes=rest, superseded=all(outcome.met for outcome in rest))


def _too_risky(policy: Policy, platform: str, facts: Facts) -> bool:
    """The trigger is riskier than the platform tolerates: its own tier then stays."""
    category = next((str(fact.values["category"]) for fact in facts.rows if fact.kind == "trigger"), "")
    trigger, place = policy.triggers.get(category), policy.platforms.get(platform)
    if trigger is None or place is None or trigger.risk not in RISKS or place.tolerates not in RISKS:
        return False
    return RISKS.index(trigger.risk) > RISKS.index(place.tolerates)
