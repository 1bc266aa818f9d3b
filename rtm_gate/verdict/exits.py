"""What ends a hold, judged for one match: a time, a tier, evidence, an answer, the wording itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rtm_gate.facts.people import missing_for
from rtm_gate.facts.scene import Facts, Scene
from rtm_gate.model.fact import Fact
from rtm_gate.model.moment import seconds
from rtm_gate.model.rule import Effect, Exit, ForTier, Time, UntilAnswered, UntilChanged, UntilSaid, UntilShown, UntilTime

GOOD = ("yes", "na")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One exit. `until` is the instant of a time exit, met or not; `missing` says in words what is lacking when not met."""

    exit: Exit
    met: bool
    until: int | None = None
    missing: tuple[str, ...] = ()


def judge(effect: Effect, bound: Mapping[str, Fact], scene: Scene, facts: Facts) -> tuple[Outcome, ...]:
    """All exits of an effect. Sign-offs and evidence count as instant; a time counts when the post appears at or after it."""
    return tuple(_judge(way_out, bound, scene, facts) for way_out in effect.exits)


def _judge(way_out: Exit, bound: Mapping[str, Fact], scene: Scene, facts: Facts) -> Outcome:
    match way_out:
        case UntilTime(time=time):
            until = instant(time, bound)
            return Outcome(way_out, until is not None and scene.publish >= until, until, () if until is not None else ("a time that is not known yet",))
        case ForTier(tier=name):
            tier = scene.policy.tiers[name]
            missing = missing_for(tier, facts.people, since(bound), seconds(scene.now))
            return Outcome(way_out, not missing, None, missing)
        case UntilShown(alias=alias, field=field):
            fact = bound.get(alias) or next((row for row in facts.rows if row.kind == alias), None)
            shown = fact is not None and fact.values.get(field) is True
            return Outcome(way_out, shown, None, () if shown else (field.replace("_", " "),))
        case UntilAnswered(name=name):
            question = scene.policy.questions.get(name)
            done = any(name == check for check, _ in facts.people.checks) or _answered_well(name, question.good if question else GOOD, facts)
            return Outcome(way_out, done, None, () if done else (f"{'answer' if question else 'check'} {name}",))
        case UntilChanged(what=what):
            return Outcome(way_out, False, None, (what,))
        case UntilSaid():
            said = _says(scene, way_out.texts, way_out.place)
            return Outcome(way_out, said, None, () if said else (wanted(way_out),))


def wanted(exit_: UntilSaid) -> str:
    """What has to be said and where, in words."""
    return " or ".join(f'"{text}"' for text in exit_.texts) + f" in the {exit_.place.replace('_', ' ')}"


def instant(time: Time, bound: Mapping[str, Fact]) -> int | None:
    """Epoch seconds, or None where the field it counts from is unknown."""
    if not time.alias:
        found: int | None = time.offset
    else:
        value = bound[time.alias].values.get(time.field)
        found = value + time.offset if isinstance(value, int) else None
    if time.cap is None:
        return found
    latest = instant(time.cap, bound)
    known = [moment for moment in (found, latest) if moment is not None]
    return min(known) if known else None


def since(bound: Mapping[str, Fact]) -> int | None:
    """When the news that raised a finding began: an older sign-off says nothing about it."""
    starts = [fact.values["started"] for fact in bound.values() if fact.kind == "situation"]
    return max((start for start in starts if isinstance(start, int)), default=None)


def _answered_well(question: str, good: tuple[str, ...], facts: Facts) -> bool:
    """A good answer by somebody, and nothing the gate sees says otherwise."""
    return any(f.kind == "answer" and f.values["question"] == question and f.values["value"] in good and not f.values["refuted"] for f in facts.rows)


def _says(scene: Scene, texts: tuple[str, ...], place: str) -> bool:
    """Whole words: `#ad` is not said by `#advent`."""
    parts = scene.draft.text
    wanted = [re.compile(rf"(?<![\w#]){re.escape(text)}(?!\w)", re.IGNORECASE) for text in texts]
    if place == "picture":
        return any(pattern.search(f"{media.alt or ''}\n{media.text}") for pattern in wanted for media in scene.draft.media)
    if place == "every_post":
        return all(any(pattern.search(part) for pattern in wanted) for part in parts)
    lines = [line for part in parts for line in part.splitlines() if line.strip()]
    where = lines[:1] if place == "first_line" else lines
    return any(pattern.search(line) for pattern in wanted for line in where)
