"""The whole verdict from what fired: findings, sign-offs, lease, headline. The ways to a go are tried by the gate."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from rtm_gate.facts.people import stale_reason
from rtm_gate.facts.scene import Facts, Scene
from rtm_gate.model.moment import from_seconds, seconds, stamp
from rtm_gate.model.rule import ForTier, Match
from rtm_gate.model.verdict import (
    Approvals,
    CountedApproval,
    Finding,
    IgnoredApproval,
    NewsSeen,
    NotEvaluated,
    PolicyName,
    ReadBy,
    RequiredTier,
    SourceAge,
    Verdict,
)
from rtm_gate.verdict.decide import findings, strictest
from rtm_gate.verdict.fault import Fault
from rtm_gate.verdict.headline import headline
from rtm_gate.verdict.judged import Judged, judged
from rtm_gate.verdict.lease import valid_until
from rtm_gate.verdict.promises import broken
from rtm_gate.verdict.relief import relieved

NOTHING_READ = ReadBy()


def verdict_of(
    scene: Scene,
    facts: Facts | None,
    matches: Sequence[Match],
    *,
    faults: Sequence[Fault] = (),
    halts: Sequence[Finding] = (),
    warnings: Sequence[str] = (),
    timings: Mapping[str, float] | None = None,
    read_by: ReadBy = NOTHING_READ,
) -> Verdict:
    """A verdict is always made. `facts` is None when they could not be gathered; then a fault says so. `halts` come first: they need neither."""
    policy, now = scene.policy, seconds(scene.now)
    everything = relieved(judged(policy.rules, matches, scene, facts), scene, facts) if facts else []
    found = [*halts, *(fault.finding() for fault in faults), *findings(everything, scene)]
    found += broken(strictest(found), policy.rules, matches, scene, facts) if facts else []
    word = strictest(found)
    until = valid_until(scene, facts, everything) if word == "go" else None
    content_hash = scene.draft.content_hash()
    identity = f"{content_hash} {policy.digest} {scene.news.snapshot} {stamp(scene.now)} {scene.draft.id}"
    if read_by.weights != NOTHING_READ.weights:
        identity += f" {read_by.weights}"
    if read_by.pipeline:
        identity += f" {read_by.pipeline}"
    if halts:
        identity += f" halted {' '.join(str(row['row']) for finding in halts for row in finding.evidence)}"
    return Verdict(
        id="v-" + hashlib.sha256(identity.encode()).hexdigest()[:16],
        verdict=word,
        headline=headline(word, found),
        draft_id=scene.draft.id,
        content_hash=content_hash,
        evaluated_at=stamp(scene.now),
        valid_until=stamp(from_seconds(until)) if until is not None else None,
        retry_after=min((f.lifts.until for f in found if f.status == "active" and f.effect == "hold" and f.lifts.until), default=None),
        policy=PolicyName(name=policy.name, digest=policy.digest),
        news=_news(scene, now),
        read_by=read_by,
        findings=tuple(found),
        suppressed=tuple(
            {"field": s.field, "start": s.start, "end": s.end, "text": s.text, "would_be": s.would_be, "because": s.because} for s in scene.analysis.suppressed
        ),
        inferred=dict(facts.inferred) if facts else {},
        warnings=tuple(warnings),
        not_evaluated=_not_evaluated(scene),
        approvals=_approvals(scene, facts, everything, now) if facts else Approvals(),
        timings_ms=dict(timings or {}),
    )


def _news(scene: Scene, now: int) -> NewsSeen:
    return NewsSeen(
        snapshot=scene.news.snapshot,
        sources=tuple(
            SourceAge(name=s.name, age_seconds=max(0, now - seconds(s.fetched)) if s.fetched else None, healthy=s.healthy, problem=s.problem)
            for s in scene.news.sources
        ),
    )


def _not_evaluated(scene: Scene) -> tuple[NotEvaluated, ...]:
    found = []
    if not scene.news.given:
        found.append(NotEvaluated(check="news", because="the caller chose to judge without news"))
    if scene.draft.media:
        found.append(NotEvaluated(check="pictures", because="the gate reads their descriptions and evidence, it does not look at them"))
    return tuple(found)


def _approvals(scene: Scene, facts: Facts, everything: Sequence[Judged], now: int) -> Approvals:
    required: dict[str, RequiredTier] = {}
    ignored = [IgnoredApproval(person=person, because=because) for person, because in facts.people.ignored]
    for one in everything:
        for outcome in one.outcomes:
            if not isinstance(outcome.exit, ForTier):
                continue
            name = outcome.exit.tier
            if not outcome.met or name not in required:
                required[name] = RequiredTier(tier=name, missing=outcome.missing)
            if not outcome.met:
                ignored += _too_old(scene, facts, one, name, now)
    counted = [CountedApproval(person=a.person, role=a.role, at=stamp(a.at)) for a in facts.people.counted]
    return Approvals(required=tuple(required.values()), counted=tuple(counted), ignored=tuple(dict.fromkeys(ignored)))


def _too_old(scene: Scene, facts: Facts, one: Judged, tier: str, now: int) -> list[IgnoredApproval]:
    valid_for = scene.policy.tiers[tier].valid_for
    found = [(a.person, stale_reason(seconds(a.at), one.since, valid_for, now)) for a in facts.people.counted]
    return [IgnoredApproval(person=person, because=because) for person, because in found if because]
