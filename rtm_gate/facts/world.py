"""The feeds that tell what is happening, and whether they can be trusted."""

from __future__ import annotations

from datetime import datetime, timedelta

from rtm_gate.facts.scene import Row, Scene
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.moment import seconds
from rtm_gate.model.news import News, SourceHealth
from rtm_gate.model.topics import GRAVE
from rtm_gate.model.vocabulary import top_of


def source_fact(key: str, source: SourceHealth, scene: Scene) -> tuple[Fact, list[Row]]:
    values: dict[str, Value] = {"key": key, "name": source.name, "healthy": source.healthy}
    if source.fetched is not None:
        values["age"] = max(0, seconds(scene.now) - seconds(source.fetched))
    return Fact("source", values, key), [{"kind": "source", "name": source.name, "text": source.problem or "healthy"}]


def trusted(news: News, now: datetime, stale_after: int) -> bool:
    """For each grave topic that feeds are listed for, at least half of them were read well and within the limit (rulings: trusted news).

    A feed without topics tells of everything. Where none tells of anything grave, nothing is known. `stale_after` in seconds.
    """
    return trusted_until(news, now, stale_after) is not None


def trusted_until(news: News, now: datetime, stale_after: int) -> datetime | None:
    """The last instant at which the news is trusted if no feed is read again; None where it is not trusted now."""
    limit = timedelta(seconds=stale_after)
    groups = {tuple(source for source in news.sources if not source.topics or top in map(top_of, source.topics)) for top in (*GRAVE, "death")} - {()}
    ends = []
    for group in groups:
        fresh = sorted((source.fetched + limit for source in group if source.healthy and source.fetched and now - source.fetched <= limit), reverse=True)
        needed = (len(group) + 1) // 2
        if len(fresh) < needed:
            return None
        ends.append(fresh[needed - 1])
    return min(ends, default=None)


def news_fact(scene: Scene) -> tuple[Fact, list[Row]]:
    stale = scene.news.given and not trusted(scene.news, scene.now, scene.policy.stale_after)
    rows: list[Row] = [{"kind": "source", "name": s.name, "text": s.problem or "read too long ago"} for s in scene.news.sources] if stale else []
    return Fact("news", {"given": scene.news.given, "stale": stale}, "news"), rows
