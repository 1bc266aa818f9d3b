"""What ends a hold, judged for one match: a time, a tier, evidence, an answer, the wording itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rtm_gate.facts.people import describe, missing_for
from rtm_gate.facts.scene import Facts, Scene
from rtm_gate.model.fact import Fact
from rtm_gate.model.moment import seconds
from rtm_gate.model.rule import Effect, Exit, ForTier, Time, UntilAnswered, UntilSaid, UntilShown, UntilTime


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
            done = name in scene.draft.checklist or any(name == check for check, _ in facts.people.checks)
            return Outcome(way_out, done, None, () if done else (f"check {name}",))
        case UntilSaid(texts=texts, place=place):
            said = _says(scene, texts, place)
            wanted = " or ".join(f'"{text}"' for text in texts)
            return Outcome(way_out, said, None, () if said else (f"{wanted} in the {place.replace('_', ' ')}",))


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


def spell_exit(way_out: Exit, scene: Scene) -> str:
    """What would end the hold, for `then` and the headline."""
    match way_out:
        case ForTier(tier=name):
            return describe(scene.policy.tiers[name])
        case UntilShown(field=field):
            return field.replace("_", " ")
        case UntilAnswered(name=name):
            return f"check {name}"
        case UntilSaid(texts=texts):
            return " or ".join(f'"{text}"' for text in texts)
        case UntilTime():
            return "time"


def since(bound: Mapping[str, Fact]) -> int | None:
    """When the news that raised a finding began: an older sign-off says nothing about it."""
    starts = [fact.values["started"] for fact in bound.values() if fact.kind == "situation"]
    return max((start for start in starts if isinstance(start, int)), default=None)


def _says(scene: Scene, texts: tuple[str, ...], place: str) -> bool:
    parts = scene.draft.text
    if place == "picture":
        fields = [media.alt or "" for media in scene.draft.media]
        return any(text.lower() in field.lower() for text in texts for field in fields)
    if place == "every_post":
        return all(any(text.lower() in part.lower() for text in texts) for part in parts)
    where = parts[0].splitlines()[0] if place == "first_line" and parts[0] else "\n".join(parts)
    return any(text.lower() in where.lower() for text in texts)
