"""Who may halt, and who may resume: the policy's `halt` block, held against the project's directory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rtm_gate.facts.people import People, missing_for, who
from rtm_gate.model.draft import Approval
from rtm_gate.model.policy import Policy

Roles = Mapping[str, frozenset[str]]
"""By person, as `who` says them."""


@dataclass(frozen=True, slots=True)
class Deciders:
    """`policy` None: it does not load. `roles` None: the project has no directory, or one that cannot be read (`unreadable` says why)."""

    policy: Policy | None
    roles: Roles | None
    unreadable: str = ""

    def proves(self, person: str) -> bool:
        """Whether the directory knows the person in a role that may halt."""
        known = None if self.roles is None else self.roles.get(who(person))
        by = self.policy.halt.by if self.policy and self.policy.halt else ()
        return bool(known and known & set(by))

    @property
    def unproven(self) -> str:
        """Why a name may stand unproven."""
        if self.unreadable:
            return self.unreadable
        if self.roles is None:
            return "the project names no file of people"
        return "the policy does not load" if self.policy is None else "the policy does not say who may halt"

    def against_halting(self, person: str) -> list[str]:
        """Why this person may not halt. What cannot be found out speaks for them: a halt that was wrong can be resumed."""
        if self.roles is None:
            return []
        known = self.roles.get(who(person))
        if known is None:
            return [f"`{person}` is none of the project's people"]
        by = self.policy.halt.by if self.policy and self.policy.halt else ()
        return [f"`{person}` may not halt: that takes {' or '.join(by)}"] if by and not known & set(by) else []

    def against_resuming(self, people: Sequence[str], now: datetime) -> list[str]:
        """Why these people together may not resume. What cannot be found out speaks against them, but that a project without a directory
        takes their names: then as many are needed as the tier has seats.
        """
        if self.policy is None:
            return ["the policy does not load, so nobody can say who resumes: mend it first; until then everything is held anyway"]
        if self.unreadable:
            return [self.unreadable]
        problems = [f"`{person}` is none of the project's people" for person in people if self.roles is not None and who(person) not in self.roles]
        tier = self.policy.tiers.get(self.policy.halt.resume) if self.policy.halt else None
        if tier is None or problems:
            return problems
        anything = frozenset(self.policy.roles)
        signed = [
            Approval(person=person, role=role, at=now)
            for person in people
            for role in sorted(anything if self.roles is None else self.roles[who(person)]) or ["person"]
        ]
        missing = missing_for(tier, People(tuple(signed), (), tuple((check, None) for check in tier.checks)), None, int(now.timestamp()) + 1)
        return [f"to resume takes {tier.title} ({tier.name}): {' and '.join(missing)} missing"] if missing else []
