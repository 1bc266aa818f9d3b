"""A halt as a finding: whoever may stop everything did, and nothing but its end lifts it. What was due meanwhile needs a new time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rtm_gate.facts.infer import message_class
from rtm_gate.facts.scene import Row, Scene
from rtm_gate.model.draft import Draft
from rtm_gate.model.halt import Halt, Over, Scope
from rtm_gate.model.moment import stamp
from rtm_gate.model.verdict import HALT, Finding, Lifts, PlaceInPolicy
from rtm_gate.model.vocabulary import is_within
from rtm_gate.vocabulary.regions import touch

SOMEBODY = "Somebody whose name was masked"


def stopped(halts: Sequence[Halt], over: Sequence[Over], scene: Scene) -> tuple[list[Finding], list[str]]:
    """What halts in force and halts that are over do to a draft: findings, and warnings where they spare it."""
    findings, warnings = _halted(halts, scene)
    return (findings or _missed(over, scene)), warnings


def _halted(halts: Sequence[Halt], scene: Scene) -> tuple[list[Finding], list[str]]:
    """The finding of the halts in force that cover the draft, if any do; and a warning where one does that spares it."""
    covering = [one for one in halts if covers(one.scope, scene)]
    if not covering:
        return [], []
    word = spared(scene)
    if word:
        return [], [f"a halt is in force ({covering[0].reason}); the policy spares {word} messages"]
    block = scene.policy.halt
    untils = [one.until for one in covering if one.until is not None]
    return [
        Finding(
            rule=HALT,
            effect="hold",
            title=f"Halted: {covering[0].reason}",
            because=" ".join(_sentence(one, first=one is covering[0]) for one in covering),
            fix="Do not post. Once the halt is over, ask again: nothing goes out by itself.",
            at=PlaceInPolicy.of(block.at) if block else None,
            evidence=tuple(_row(one) for one in covering),
            # The last of them has to end.
            lifts=Lifts(until=stamp(max(untils)) if len(untils) == len(covering) else None),
        )
    ], []


def _missed(over: Sequence[Over], scene: Scene) -> list[Finding]:
    """The finding of a draft that was due while it was halted: nobody expects it any more, and the world is another one."""
    due = scene.draft.scheduled_at
    if due is None or due > scene.now or spared(scene):
        return []
    then = [one for one in over if one.halt.at <= due < one.ended and covers(one.halt.scope, scene)]
    if not then:
        return []
    ended = max(one.ended for one in then)
    return [
        Finding(
            rule=HALT,
            effect="hold",
            title="Due while it was halted",
            because=f"It was due at {stamp(due)}, and halted until {stamp(ended)}: {then[0].halt.reason}. What is past due never goes out by itself.",
            fix="Read it again, and give it a new time (`scheduled_at`).",
            at=PlaceInPolicy.of(scene.policy.halt.at) if scene.policy.halt else None,
            evidence=tuple(_row(one.halt) | {"ended": stamp(one.ended)} for one in then),
        )
    ]


def covers(scope: Scope, scene: Scene) -> bool:
    """Whether the draft is of what is halted. A draft of which nobody knows where it is shown is shown everywhere."""
    match scope.kind:
        case "all":
            return True
        case "platform":
            return scope.name in _platforms(scene.draft)
        case "account":
            return scope.name.strip().casefold() == scene.draft.account.id.strip().casefold()
        case "region":
            return not scene.regions or any(touch(scope.name, code) for code in scene.regions)
        case "topic":
            return any(is_within(topic, scope.name) for topic in _topics(scene))


def spared(scene: Scene) -> str:
    """The kind or class by which the policy's halts let the draft go on; empty where they do not."""
    words = scene.policy.halt.spares if scene.policy.halt else ()
    return next((word for word in (scene.draft.kind, message_class(scene.draft, scene.analysis)[0]) if word in words), "")


def _platforms(draft: Draft) -> set[str]:
    others = (draft.cascade.lead, *draft.cascade.platforms) if draft.cascade else ()
    return {draft.platform, *(name.strip().casefold() for name in others)}


def _topics(scene: Scene) -> Iterator[str]:
    """What the draft mentions in any sense: literal, figurative, harmless, in a tag, or claimed."""
    read = scene.analysis
    yield from (hit.topic for hit in read.mentions)
    yield from (hit.would_be for hit in read.suppressed)
    for tag in read.hashtags:
        yield from (tag.topic, tag.misread)
    yield from (f"claim.{claim.kind}" for claim in read.claims)


def _sentence(one: Halt, *, first: bool) -> str:
    end = f"until {stamp(one.until)}" if one.until else "until it is resumed"
    reason = "" if first else f": {one.reason}"
    unproven = "" if one.proven else " (nothing proves who that is)"
    return f"{one.person or SOMEBODY}{unproven} halted {one.scope.spoken} at {stamp(one.at)}, {end}{reason}."


def _row(one: Halt) -> Row:
    until = stamp(one.until) if one.until else None
    row = {"kind": "halt", "row": one.number, "scope": str(one.scope), "reason": one.reason, "person": one.person, "at": stamp(one.at), "until": until}
    return row | {"proven": one.proven, "text": f"{one.scope}, row {one.number} of the record"}
