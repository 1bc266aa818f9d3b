"""When a verdict may change though nothing happens: the next instant at which a time condition of it turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rtm_gate.facts.scene import Facts, Scene
from rtm_gate.model.moment import seconds
from rtm_gate.model.rule import Match
from rtm_gate.verdict.judged import judged
from rtm_gate.verdict.lease import ages_turn


def turns(scene: Scene, facts: Facts, matches: Sequence[Match]) -> int | None:
    """Epoch seconds, after now; None: no time condition ahead. Before it the same facts come to the same verdict."""
    now = seconds(scene.now)
    moments = (*_exits(scene, facts, matches), *_people(scene), *ages_turn(scene.policy, facts, now), *_schedule(scene))
    return min((moment for moment in moments if moment > now), default=None)


def _exits(scene: Scene, facts: Facts, matches: Sequence[Match]) -> Iterator[int]:
    """When a hold ends, and when its end has come near enough for the post to be of use still."""
    for one in judged(scene.policy.rules, matches, scene, facts):
        for outcome in one.outcomes:
            if outcome.until is not None:
                yield outcome.until
                yield outcome.until - scene.shelf_life + 1


def _people(scene: Scene) -> Iterator[int]:
    """When a sign-off begins to count, or has grown too old for a tier."""
    spans = {tier.valid_for for tier in scene.policy.tiers.values() if tier.valid_for is not None}
    signed = [seconds(approval.at) for approval in scene.draft.approvals]
    signed += [seconds(check.at) for check in scene.draft.checks.values() if check.at is not None]
    for at in signed:
        yield at
        yield from (at + span for span in spans)


def _schedule(scene: Scene) -> Iterator[int]:
    """A post that is late grows later by the second."""
    if scene.draft.scheduled_at is not None:
        yield seconds(scene.draft.scheduled_at)
