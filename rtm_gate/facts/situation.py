"""A situation as facts: what it is, where, and how the draft touches it, with the rows that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rtm_gate.facts.about import about_ours, bad_topic
from rtm_gate.facts.found import text_row
from rtm_gate.facts.grave import is_grave
from rtm_gate.facts.places import with_ancestors
from rtm_gate.facts.relation import Relation, relate, sense_of
from rtm_gate.facts.scene import Row, Scene
from rtm_gate.facts.shared import shared_rows
from rtm_gate.model.analysis import Mention, Name, Suppressed
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.moment import seconds, stamp
from rtm_gate.model.news import CERTAINTIES, SEVERITIES, Situation
from rtm_gate.model.topics import DEBATED, TOPICS
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.situations.life import LONGEST, QUIET
from rtm_gate.vocabulary.regions import touch

GLOBAL_DEAD = 10
MANY_DEAD_OR_EXTREME = SEVERITIES.index("extreme")


def situation_facts(key: str, situation: Situation, scene: Scene) -> tuple[list[Fact], dict[str, list[Row]]]:
    """The situation, its links, and the rows that show it and each of its flags; nothing when its topic is not sensitive."""
    about = about_ours(situation, scene)
    if not is_sensitive(situation.topic):
        topic = bad_topic(situation) if about.startswith("own") else ""
        if not topic:
            return [], {}
        situation = replace(situation, topic=topic)
    relation = relate(scene.analysis, scene.regions, situation, about, scene.own)
    facts = [Fact("situation", _values(key, situation, relation, scene), key)]
    for code, own in with_ancestors(situation.regions):
        facts.append(Fact("situation_region", {"key": f"{key}@{code}", "situation": key, "code": code, "own": own}, ""))
    for tag in relation.tags:
        facts.append(Fact("situation_tag", {"key": f"{key}{tag}", "situation": key, "tag": tag}, f"{key}{tag}"))
    shown = {
        key: [_situation_row(situation, relation, shared_rows(relation, situation, scene.policy))],
        **{f"{key}{tag}": [text_row(h, situation.topic, "hashtag") for h in relation.hashtags if h.tag.lower() == tag] for tag in relation.tags},
        f"{key}.touches_words": _shared_rows(relation.words, situation),
        f"{key}.touches_entity": _shared_rows(relation.names, situation),
    }
    return facts, shown


OF_THE_MOMENT = frozenset({"confirmed", "alert", "age", "about", "touches_words", "touches_entity"})
"""Fields that depend on the draft or on the second of the check; all others are fixed while the news is the same."""
LIVE = ("active", "extended")


def fixed(situation: Situation, audience: Sequence[str]) -> dict[str, Value]:
    """What is true of it whoever asks. `audience` are the policy's regions."""
    rank = SEVERITIES.index(situation.severity) if situation.severity else None
    values: dict[str, Value] = {
        "topic": situation.topic,
        "topic_top": top_of(situation.topic),
        "state": situation.state,
        "official": situation.official or any(read.story.alert or read.story.official for read in situation.stories),
        "unsure": situation.state in ("watch", "false_alarm"),
        "grave": is_grave(situation),
        "debated": top_of(situation.topic) in DEBATED,
        "sensitive": True,
        "global": _global(situation, rank, audience),
        "sources": situation.sources,
        "started": seconds(situation.started),
        "updated": seconds(situation.updated),
        "area_known": bool(situation.regions) or situation.worldwide,
    }
    if rank is not None:
        values["severity"] = rank
    if situation.certainty is not None:
        values["certainty"] = CERTAINTIES.index(situation.certainty)
    if situation.dead is not None:
        values["dead"] = situation.dead
    if situation.ends is not None:
        values["ends"] = seconds(situation.ends)
    return values


def foreseen(situation: Situation, audience: Sequence[str]) -> dict[str, Value]:
    """`fixed`, and of what depends on the second of the check that which no second will make true."""
    values = fixed(situation, audience)
    if situation.state not in (*LIVE, "taper"):
        values["confirmed"] = False
    if not _is_alert(situation):
        values["alert"] = False
    return values


def _values(key: str, situation: Situation, relation: Relation, scene: Scene) -> dict[str, Value]:
    return {
        "key": key,
        **fixed(situation, scene.policy.audience),
        "confirmed": is_live(situation, scene),
        "alert": alert_in_force(situation, scene),
        "age": max(0, seconds(scene.now) - seconds(situation.started)),
        "about": relation.about or "none",
        "touches_words": bool(relation.words),
        "touches_entity": bool(relation.names),
    }


def _is_alert(situation: Situation) -> bool:
    return situation.state in LIVE and any(read.story.alert for read in situation.stories)


def alert_in_force(situation: Situation, scene: Scene) -> bool:
    """An official alert is in force: said so by an alert dialect, neither a mere watch nor past its end."""
    return _is_alert(situation) and (situation.ends is None or situation.ends > scene.now)


def is_live(situation: Situation, scene: Scene) -> bool:
    """Corroborated, and its silence not over; an alert that just ended is live while it tapers (rulings: life)."""
    if situation.state in LIVE:
        return True
    fresh = scene.now - situation.updated < QUIET and scene.now - situation.started < LONGEST
    return situation.state == "taper" and situation.official and fresh


def is_sensitive(topic: str) -> bool:
    """A policy's own topics are sensitive; of the standard ones all but the contrast topics."""
    return bool(topic) and not (top_of(topic) in TOPICS and TOPICS[top_of(topic)].contrast)


def _global(situation: Situation, rank: int | None, audience: Sequence[str]) -> bool:
    market = any(touch(a, b) for a in audience for b in situation.regions)
    return market and ((situation.dead or 0) >= GLOBAL_DEAD or rank == MANY_DEAD_OR_EXTREME)


def _situation_row(situation: Situation, relation: Relation, shared: Sequence[Row]) -> Row:
    return {
        "kind": "situation",
        "id": situation.id,
        "title": situation.title,
        "topic": situation.topic,
        "severity": situation.severity or "unknown",
        "state": situation.state,
        "regions": list(situation.area),
        "relation": list(relation.kinds),
        "shared": list(shared),
        "updated": stamp(situation.updated),
        "reason": situation.reason,
        "sources": [
            {"name": read.story.source, "title": read.story.title, "url": read.story.url, "published": stamp(read.story.published)}
            for read in situation.stories
        ],
    }


def _shared_rows(shared: Sequence[Mention | Suppressed | Name], situation: Situation) -> list[Row]:
    return [text_row(item, situation.topic, sense_of(item)) for item in shared]
