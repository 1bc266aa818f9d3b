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
    groups = [[source for source in news.sources if not source.topics or top in map(top_of, source.topics)] for top in sorted({*GRAVE, "death"})]
    told = [group for group in groups if group]
    return bool(told) and all(2 * sum(_is_good(source, now, stale_after) for source in group) >= len(group) for group in told)


def trusted_until(news: News, now: datetime, stale_after: int) -> datetime | None:
    """When the news will no longer be trusted if no feed is read again; None where it is not trusted now."""
    if not trusted(news, now, stale_after):
        return None
    ends = sorted({source.fetched + timedelta(seconds=stale_after) for source in news.sources if source.healthy and source.fetched})
    return next((end for end in ends if not trusted(news, end + timedelta(seconds=1), stale_after)), None)


def _is_good(source: SourceHealth, now: datetime, stale_after: int) -> bool:
    return source.healthy and source.fetched is not None and now - source.fetched <= timedelta(seconds=stale_after)


def news_fact(scene: Scene) -> tuple[Fact, list[Row]]:
    stale = scene.news.given and not trusted(scene.news, scene.now, scene.policy.stale_after)
    rows: list[Row] = [{"kind": "source", "name": s.name, "text": s.problem or "read too long ago"} for s in scene.news.sources] if stale else []
    return Fact("news", {"given": scene.news.given, "stale": stale}, "news"), rows
