"""The probe of the people: the directory, the roles in it, and the tiers that nobody in it can fill."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate import resources
from rtm_gate.facts.people import People as SignOffs
from rtm_gate.facts.people import missing_for, who
from rtm_gate.gate.doctor.row import Row, failed, ok, warning
from rtm_gate.gate.doctor.subject import Subject
from rtm_gate.gate.people import People, read_people
from rtm_gate.gate.toml import ProjectError
from rtm_gate.language.syntax.words import did_you_mean, listed
from rtm_gate.model.draft import Approval
from rtm_gate.model.moment import seconds
from rtm_gate.model.policy import Policy


def people(subject: Subject) -> Iterator[Row]:
    """The directory, the roles in it, and the tiers that nobody in it can fill."""
    try:
        named = subject.people
    except ProjectError as error:
        for problem in error.problems:
            yield failed(problem, "mend the file, or take `people` out of rtm-gate.toml")
        return
    if named is None:
        yield ok("no file of people is named: whether a tier can be filled is not known")
        return
    placeholders = sorted({who(p.id) for p in named.people} & {who(p.id) for p in read_people(resources.path("scaffold", "people.toml")).people})
    if placeholders:
        yield warning(f"these people are placeholders: {listed(placeholders)}", f"put your own in their place: {subject.project.people}")
    policy = subject.loaded.policy
    if policy is None:
        yield warning(f"{len(named.people)} people; their roles cannot be compared with a policy that does not load", "mend the policy first")
        return
    unknown = sorted({role for person in named.people for role in person.roles} - set(policy.roles))
    for role in unknown:
        hint = did_you_mean(role, policy.roles)
        yield warning(f"the policy has no role `{role}`" + (f"; {hint}" if hint else ""), f"its roles are {', '.join(policy.roles) or 'none'}")
    empty = _empty(policy, named, subject)
    for missing, tiers in empty.items():
        remedy = f"give the role to somebody in {subject.project.people}; until then what waits for it stays held"
        yield warning(f"nobody here can be the {missing} for {listed(tiers)}", remedy)
    if not unknown and not empty:
        yield ok(f"{len(named.people)} people; every tier of the policy can be filled")


def _empty(policy: Policy, named: People, subject: Subject) -> dict[str, list[str]]:
    """The tiers by what they lack, if all of them together signed, each in every role they have."""
    able = tuple(Approval(person=person.id, role=role, at=subject.now) for person in named.people for role in person.roles)
    found: dict[str, list[str]] = {}
    for tier in policy.tiers.values():
        signed = SignOffs(able, (), tuple((check, None) for check in tier.checks))
        for missing in missing_for(tier, signed, None, seconds(subject.now)):
            found.setdefault(missing, []).append(f"`{tier.name}`")
    return found
