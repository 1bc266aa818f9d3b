"""The same news at a later moment, if no more of it comes: nothing else can be said of a time to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from rtm_gate.model.news import News, Situation
from rtm_gate.news.situations.build import situation_of


def ahead(news: News, now: datetime, then: datetime) -> News:
    """`news` as of `now` read at `then`: feeds are read on and bring nothing new, situations grow older.

    A situation that its own stories do not account for (people changed it, an alert elsewhere updates it) stays as it is.
    """
    sources = tuple(replace(source, fetched=source.fetched + (then - now)) if source.fetched else source for source in news.sources)
    older = (_older(situation, now, then) for situation in news.situations)
    return replace(news, sources=sources, situations=tuple(situation for situation in older if situation is not None))


def _older(situation: Situation, now: datetime, then: datetime) -> Situation | None:
    if situation.turns is None or situation.turns > then or not situation.stories:
        return situation
    told = situation_of(situation.id, situation.stories, now)
    if told is None or replace(told, turns=situation.turns) != situation:
        return situation
    return situation_of(situation.id, situation.stories, then)
