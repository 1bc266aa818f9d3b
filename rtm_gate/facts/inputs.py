"""What a verdict rests on, as one digest: while it is the same, and no time exit has come, judging again would say the same.

The clock itself is not in it. A value that runs with the clock counts by where it stands among the limits the policy holds it against.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rtm_gate.facts.build import before_situations
from rtm_gate.facts.outlook import Same, closely
from rtm_gate.facts.scene import Scene
from rtm_gate.facts.situation import alert_in_force, is_live
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.moment import seconds
from rtm_gate.model.news import Situation
from rtm_gate.model.policy import Policy
from rtm_gate.model.rule import Pattern

Field = tuple[str, str]
"""The kind of a fact, and a field of it."""
RUNNING: frozenset[Field] = frozenset(
    {
        *(("draft", "publish"), ("draft", "waiting"), ("draft", "notice"), ("trigger", "age")),
        *(("hashtag", "read_age"), ("source", "age"), ("situation", "age")),
        *(("portfolio", "posts"), ("portfolio", "planned_share"), ("portfolio", "planned_notice")),
    }
)
"""Fields whose values change from second to second, or with every other post, all else being as it was."""


def inputs_of(scene: Scene, reader: str = "", stops: Sequence[Any] = ()) -> str:
    """The digest of everything the verdict of a scene rests on but the clock; `reader` names what read its words, and the program.

    The draft has to say when it was handed in. `stops` are what people said against it, as JSON.
    """
    assert scene.draft.submitted_at is not None
    limits = _limits(Same(scene.policy))
    told = before_situations(scene)
    touching = closely(scene, told.rows)
    contents = _contents(Same(scene.news.situations))
    age = ("situation", "age")
    rests_on = {
        "reader": reader,
        "policy": scene.policy.digest,
        "draft": scene.draft.model_dump(mode="json"),
        "facts": [[fact.kind, fact.ref, _values(fact, limits)] for fact in told.rows],
        "situations": [
            [
                contents[situation.id],
                is_live(situation, scene),
                alert_in_force(situation, scene),
                limits.place(age, max(0, seconds(scene.now) - seconds(situation.started))),
            ]
            for situation in touching
        ],
        "given": scene.news.given,
        "stops": list(stops),
    }
    return _digest(rests_on)


def patterns_of(policy: Policy) -> Iterator[Pattern]:
    """Every pattern that anything of a policy is asked by."""
    for rule in policy.rules:
        yield from rule.positives
        for group in rule.absent:
            yield from group
    for count in policy.counts:
        for alternative in count.alternatives:
            yield from alternative


@dataclass(frozen=True, slots=True)
class _Limits:
    """The constants that a policy holds running fields against; `whole` are those it compares with other fields too, or by their digits."""

    of: Mapping[Field, Sequence[int]]
    whole: frozenset[Field]

    def place(self, field: Field, value: Value) -> Any:
        """Two values with the same place pass the same tests."""
        if field in self.whole or type(value) is not int:
            return value
        limits = self.of.get(field, ())
        return [bisect_left(limits, value), bisect_right(limits, value)]


@lru_cache(maxsize=8)
def _limits(policy: Same) -> _Limits:
    assert isinstance(policy.it, Policy)
    found: dict[Field, set[int]] = {}
    whole = {(like.kind, like.field) for like in policy.it.likes}
    for patterns in _conjunctions(policy.it):
        kinds = {pattern.alias: pattern.kind for pattern in patterns}
        for pattern in patterns:
            for test in pattern.tests:
                if type(test.value) is int:
                    found.setdefault((pattern.kind, test.field), set()).add(test.value)
            for join in pattern.joins:
                whole |= {(pattern.kind, join.field), (kinds[join.alias], join.other)}
    return _Limits({field: sorted(values) for field, values in found.items() if field in RUNNING}, RUNNING & whole)


def _conjunctions(policy: Policy) -> Iterator[Sequence[Pattern]]:
    """Patterns with all those that their joins may name."""
    for rule in policy.rules:
        yield rule.positives
        yield from ((*rule.positives, *group) for group in rule.absent)
    for count in policy.counts:
        yield from count.alternatives


def _values(fact: Fact, limits: _Limits) -> dict[str, Any]:
    return {name: limits.place((fact.kind, name), value) if (fact.kind, name) in RUNNING else value for name, value in fact.values.items()}


@lru_cache(maxsize=4)
def _contents(situations: Same) -> Mapping[str, str]:
    """By its id the digest of each situation, of all that facts are made of; without when it will read otherwise."""
    assert isinstance(situations.it, tuple)
    return {situation.id: _content(situation) for situation in situations.it}


def _content(situation: Situation) -> str:
    rests_on = [
        situation.id,
        situation.topic,
        situation.severity,
        situation.certainty,
        situation.state,
        situation.official,
        situation.sources,
        list(situation.regions),
        situation.worldwide,
        situation.dead,
        *(moment.isoformat() if moment else None for moment in (situation.started, situation.updated, situation.ends)),
        *(list(words) for words in (situation.tags, situation.terms, situation.names)),
        situation.said,
        [
            [read.story.id, read.story.content, read.story.title, read.story.official, read.story.alert is not None, list(read.terms), list(read.tags)]
            for read in situation.stories
        ],
    ]
    return _digest(rests_on)


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
