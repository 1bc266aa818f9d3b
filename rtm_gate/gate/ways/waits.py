"""What is waited for: sign-offs, checks, looks at pictures, and time. The draft as it is once they are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rtm_gate.facts.people import seat_of, spell_seat, who
from rtm_gate.facts.scene import Scene
from rtm_gate.gate.ways.edits import listed
from rtm_gate.gate.ways.pieces import objections
from rtm_gate.model.draft import Approval, Check, Draft, Media, Rights
from rtm_gate.model.moment import parse_instant, seconds
from rtm_gate.model.policy import Seat
from rtm_gate.model.verdict import Verdict

LOOKS = {
    "previewed": "have two people open the preview",
    "reverse searched": "search for where it comes from",
    "rights cleared": "get its owner's permission",
    "people verified": "verify who is shown",
}
"""Evidence about media, as `missing` says it, and what it takes."""
ANYBODY = "reviewer"


@dataclass(frozen=True, slots=True)
class Wait:
    """All that the holds of a verdict wait for: `needs` by tier, `checks`, `looks`, and the instant at which the last timed one ends."""

    needs: tuple[tuple[Seat, ...], ...]
    checks: tuple[str, ...]
    looks: tuple[str, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Takes:
    """What people do, in words: who signs (`1 executive and 1 pr`), and what else is done."""

    signs: str
    others: tuple[str, ...]


def waited_for(verdict: Verdict, scene: Scene) -> Wait | None:
    """None where a no-go, or a hold that neither people nor time lift, is among the findings, or where it would come too late."""
    found = objections(verdict)
    missing = {words for finding in found for words in finding.lifts.missing}
    untils = [parse_instant(finding.lifts.until) for finding in found if finding.lifts.until]
    if any(f.effect == "no-go" or f.kind == "fault" or not (f.lifts.until or f.lifts.missing) for f in found):
        return None
    checks = {words.removeprefix("check ") for words in missing if words.startswith("check ")}
    looks = missing & LOOKS.keys()
    if any(seat_of(words) is None and not words.startswith("check ") and words not in LOOKS for words in missing):
        return None
    until = max(untils, default=None)
    if until is not None and seconds(until) >= scene.publish + scene.shelf_life:
        return None
    tiers = [tier.missing for tier in verdict.approvals.required if tier.missing and missing.issuperset(tier.missing)]
    needs = tuple(tuple(seat for words in tier if (seat := seat_of(words))) for tier in tiers)
    return Wait(needs, tuple(sorted(checks)), tuple(look for look in LOOKS if look in looks), until)


def waited(scene: Scene, wait: Wait) -> tuple[Draft, datetime, Takes]:
    """The draft with all of it there, the moment from which it is, and what that takes, in words."""
    draft, now = scene.draft, scene.now
    then = wait.until or now
    people = _people(wait.needs)
    names = _unused(draft, len(people) + 1)
    signed = tuple(Approval(person=name, role=roles[0] if roles else ANYBODY, at=then) for name, roles in zip(names, people, strict=False))
    checked = {name: Check(person=names[-1], at=then) for name in wait.checks}
    changes: dict[str, object] = {
        "approvals": (*draft.approvals, *signed),
        "checks": {**draft.checks, **checked},
        "media": tuple(_looked_at(media, wait.looks, names[-1]) for media in draft.media),
        # Time goes on for a moment that was seen now: without this, it would begin anew.
        "submitted_at": draft.submitted_at or now,
    }
    counted: dict[tuple[str, ...], int] = {}
    for roles in people:
        counted[roles] = counted.get(roles, 0) + 1
    takes = [spell_seat(Seat(count, roles), count) for roles, count in counted.items()]
    others = [f"have {name} checked" for name in wait.checks] + [LOOKS[look] for look in wait.looks]
    return draft.model_copy(update=changes), then, Takes(listed(takes), tuple(others))


def _people(needs: Sequence[Sequence[Seat]]) -> list[tuple[str, ...]]:
    """The fewest who can fill the seats: who signs as manager is one of two people as well. One person takes one seat of a tier."""
    found: list[tuple[str, ...]] = []
    taken: dict[int, set[int]] = {}
    seats = [(tier, seat.roles) for tier, needed in enumerate(needs) for seat in needed for _ in range(seat.count)]
    for tier, roles in sorted(seats, key=lambda seat: (not seat[1], len(seat[1]))):
        sitting = taken.setdefault(tier, set())
        fits = (n for n, theirs in enumerate(found) if n not in sitting and (not roles or (theirs and set(theirs) <= set(roles))))
        place = next(fits, len(found))
        if place == len(found):
            found.append(roles)
        sitting.add(place)
    return found


def _unused(draft: Draft, count: int) -> list[str]:
    """Names that nobody of this draft has."""
    known = {who(draft.author.id), *(who(a.person) for a in draft.approvals), *(who(c.person) for c in draft.checks.values())}
    known |= {who(person) for media in draft.media for person in media.previewed_by}
    names = (f"somebody {n}" for n in range(1, count + len(known) + 1))
    return [name for name in names if who(name) not in known][:count]


def _looked_at(media: Media, looks: Sequence[str], person: str) -> Media:
    changes: dict[str, object] = {}
    if "previewed" in looks:
        changes["previewed_by"] = (*media.previewed_by, person, f"{person} and another")
    if "reverse searched" in looks:
        changes["reverse_searched"] = True
    if "rights cleared" in looks and not (media.rights and media.rights.permission):
        changes["rights"] = Rights(holder=media.rights.holder if media.rights else "", permission=True)
    if "people verified" in looks:
        changes["people_verified"] = True
    return media.model_copy(update=changes)
