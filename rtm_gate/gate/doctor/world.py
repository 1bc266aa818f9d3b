"""Probes of what is around the policy: the news, the people, the store."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate import resources
from rtm_gate.facts.people import People as SignOffs
from rtm_gate.facts.people import missing_for, who
from rtm_gate.gate.doctor.row import Row, failed, ok, warning
from rtm_gate.gate.doctor.subject import Reading, Subject
from rtm_gate.gate.people import People, read_people
from rtm_gate.gate.scaffold import samples
from rtm_gate.gate.toml import ProjectError
from rtm_gate.language.syntax.words import did_you_mean, listed
from rtm_gate.model.draft import Approval
from rtm_gate.model.moment import seconds, spell
from rtm_gate.model.policy import Policy
from rtm_gate.news.times import AHEAD, OLD

NAMED = "`feeds` in rtm-gate.toml"


def feeds(subject: Subject) -> Iterator[Row]:
    """Every feed: readable, and how old its newest entry is."""
    readings = subject.readings
    if not readings:
        yield warning("no feeds are named: `check` asks for --feed or --no-feeds, and without news reactive posts are held", f"name them: {NAMED}")
        return
    sampled = samples(reading.where for reading in readings)
    if sampled:
        yield warning(
            f"{len(sampled)} of {len(readings)} feeds are the recorded samples of a new project, not today's news", f"put addresses in their place: {NAMED}"
        )
    for reading in readings:
        if reading.where not in sampled or not reading.health.healthy:
            yield _feed(reading, subject)
    read = sum(reading.health.healthy for reading in readings)
    if 2 * read < len(readings):
        yield warning(f"only {read} of {len(readings)} feeds could be read now: promotional and reactive posts are held while it is so", "see the feeds above")


def _feed(reading: Reading, subject: Subject) -> Row:
    health, dated = reading.health, [story.updated for story in reading.stories if story.dated]
    if not health.healthy and reading.from_web:
        return warning(f"{reading.shown}: {health.problem}", "check the address and this machine's way to the network")
    if not health.healthy:
        return failed(f"{reading.shown}: {health.problem}", f"mend the file, or take it out of {NAMED}")
    if not reading.stories:
        return ok(f"{health.name} can be read; nothing is in it at the moment")
    if not dated:
        return ok(f"{health.name}: {len(reading.stories)} entries without dates, taken as new")
    age = subject.now - max(dated)
    if age > OLD:
        # Without anything newer it says nothing of today.
        return warning(
            f"{health.name} ({reading.shown}): its newest entry is {spell(int(age.total_seconds()))} old",
            "a recorded file, or a feed that nobody fills: put a living one in its place, unless it is one that speaks rarely",
        )
    if -age > AHEAD:
        return warning(
            f"{health.name} ({reading.shown}): its newest entry is dated {spell(int(-age.total_seconds()))} ahead of this machine's clock",
            "check the clock; if it is right, the publisher's is wrong",
        )
    return ok(f"{health.name}: {len(reading.stories)} entries, the newest {spell(max(0, int(age.total_seconds())))} old")


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


def store(subject: Subject) -> Iterator[Row]:
    """The one place for what there is to say of a store."""
    if subject.project.configuration.store:
        yield warning(
            "`store` has no effect yet: no store is used by this version", "nothing: every check reads its news anew, and sign-offs come with the draft"
        )
    else:
        yield ok("no store is used by this version")
