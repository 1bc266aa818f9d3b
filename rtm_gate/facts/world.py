"""The feeds that tell what is happening, and whether they can be trusted."""

from __future__ import annotations

from rtm_gate.facts.scene import Row, Scene
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.moment import seconds
from rtm_gate.model.news import SourceHealth


def source_fact(key: str, source: SourceHealth, scene: Scene) -> tuple[Fact, list[Row]]:
    values: dict[str, Value] = {"key": key, "name": source.name, "healthy": source.healthy}
    if source.fetched is not None:
        values["age"] = max(0, seconds(scene.now) - seconds(source.fetched))
    return Fact("source", values, key), [{"kind": "source", "name": source.name, "text": source.problem or "healthy"}]


def trusted(scene: Scene) -> bool:
    """At least half, and at least one, of the feeds were read well and within the policy's limit (rulings: trusted news)."""
    now, limit = seconds(scene.now), scene.policy.stale_after
    good = [s for s in scene.news.sources if s.healthy and s.fetched is not None and now - seconds(s.fetched) <= limit]
    return bool(good) and 2 * len(good) >= len(scene.news.sources)


def news_fact(scene: Scene) -> tuple[Fact, list[Row]]:
    stale = scene.news.given and not trusted(scene)
    rows: list[Row] = [{"kind": "source", "name": s.name, "text": s.problem or "read too long ago"} for s in scene.news.sources] if stale else []
    return Fact("news", {"given": scene.news.given, "stale": stale}, "news"), rows
