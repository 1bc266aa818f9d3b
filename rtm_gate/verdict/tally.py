"""What the open questions of a checklist come to: marks are counted here, at decide time, never by a rule over rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rtm_gate.model.fact import Fact
from rtm_gate.model.policy import Policy
from rtm_gate.model.rule import CoreRule, Effect

Fired = tuple[CoreRule, list[Fact]]
"""A rule that fired, and the facts it fired on."""


def tallies(fired: Sequence[Fired], policy: Policy) -> Iterator[tuple[CoreRule, Effect, list[Fact]]]:
    """For each checklist that applies, each effect that its number of open questions comes to, with the answers that are open."""
    for block in dict.fromkeys(rule.block for rule, _ in fired if rule.effect.kind == "tally"):
        applies = next(rule for rule, _ in fired if rule.block == block and rule.effect.kind == "tally")
        open_ = {rule.effect.action: rows for rule, rows in fired if rule.block == block and rule.effect.kind == "mark"}
        answers = [fact for rows in open_.values() for fact in rows if fact.kind == "answer"]
        for tally in policy.tallies[block]:
            if tally.covers(len(open_)):
                yield from ((applies, effect, answers) for effect in tally.effects)
