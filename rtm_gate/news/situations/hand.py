"""What people decide about situations, laid over what the news says. Every decision shows in the situation's reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from rtm_gate.model.moment import stamp
from rtm_gate.model.news import Change, ReadStory, Situation, Story
from rtm_gate.news.signals import is_false_alarm
from rtm_gate.news.situations.build import situations_of
from rtm_gate.news.situations.chains import standings
from rtm_gate.news.situations.changes import WORLDWIDE, digest_of, lasts_until, opening_id
from rtm_gate.news.situations.corroboration import corroborated, news_of, spoke
from rtm_gate.news.situations.history import as_of
from rtm_gate.news.situations.life import LONGEST, TAPER
from rtm_gate.news.stories.classify import Reader, classify, narrow
from rtm_gate.news.stories.grades import worst
from rtm_gate.news.stories.words import spoken
from rtm_gate.news.text import short_hash
from rtm_gate.news.times import first_after, plus

_SPEAKS = frozenset({"in_force", "watch", "report"})


def by_hand(situations: Sequence[Situation], changes: Iterable[Change], now: datetime, reads: Sequence[ReadStory], read: Reader) -> tuple[Situation, ...]:
    """`situations` as people changed them by `now`, in the order (started, id).

    The last change of a situation counts. *Open*: active until the person said. *Extend*: active until then, with all that was known when
    it was extended, though the news has let it go since. *Close*: closed, until two independent sources or an official alert tell
    something new of it. `reads`: all stories known, for what was known then; `read` finds the names in a title.
    """
    ordered = sorted(changes, key=_order)
    due = [change for change in ordered if change.at <= now]
    ahead = first_after(now, (change.at for change in ordered))
    shown = {situation.id: situation for situation in situations}
    for change in due:
        if change.action == "open" and now < plus(lasts_until(change), LONGEST + TAPER):
            shown[opening_id(change.at, change.title, change.person)] = _opened(change, now, read)
    held = _held(shown.values())
    mine: dict[str, list[Change]] = {}
    kept: dict[Change, Situation] = {}
    for change in due:
        if change.action == "open":
            mine.setdefault(opening_id(change.at, change.title, change.person), []).append(change)
            continue
        if change.action == "extend" and now < lasts_until(change) and (then := _then(change, reads)) is not None:
            kept[change] = then
        if change.situation not in held and change in kept:
            # The news has let it go; the person has not.
            gone = replace(kept[change], state="closed", ends=None, reason="", turns=None)
            shown.setdefault(gone.id, gone)
            held |= {name: gone.id for name in names_of(gone) if name not in held}
        if change.situation in held:
            mine.setdefault(held[change.situation], []).append(change)
    found = [_changed(situation, mine.get(situation.id, []), kept, now) for situation in shown.values()]
    found = [replace(situation, turns=first_after(now, (situation.turns, ahead))) for situation in found] if ahead else found
    return tuple(sorted(found, key=lambda situation: (situation.started, situation.id)))


def unknown(changes: Iterable[Change], situations: Sequence[Situation]) -> tuple[Change, ...]:
    """The changes that name none of the situations, in the order of time. An opening names its own."""
    held = _held(situations)
    return tuple(sorted((change for change in changes if change.action != "open" and change.situation not in held), key=_order))


def _order(change: Change) -> tuple[datetime, bool, str]:
    """What is decided at the instant of an opening comes after it."""
    return change.at, change.action != "open", digest_of(change)


def names_of(situation: Situation) -> set[str]:
    """The ids it has or had: an earlier story that arrives late gives it another."""
    return {situation.id, *(short_hash(read.story.id) for read in situation.stories)}


def _held(situations: Iterable[Situation]) -> dict[str, str]:
    return {name: situation.id for situation in situations for name in names_of(situation)}


def _then(change: Change, reads: Sequence[ReadStory]) -> Situation | None:
    """The situation as it was known when it was changed."""
    return next((situation for situation in situations_of(as_of(reads, change.at), change.at) if change.situation in names_of(situation)), None)


def _opened(change: Change, now: datetime, read: Reader) -> Situation:
    until = lasts_until(change)
    title = Story(change.situation, change.person, change.situation, "", change.title, "", "", change.at, change.at, False)
    words = classify(title, read, now)
    on = now < until
    return Situation(
        id=opening_id(change.at, change.title, change.person),
        title=change.title,
        topic=change.topic,
        severity=change.severity,
        certainty="likely",
        state="active" if on else "closed",
        official=False,
        sources=0,
        regions=narrow(tuple(code for code in change.regions if code != WORLDWIDE)),
        worldwide=WORLDWIDE in change.regions,
        dead=None,
        started=change.at,
        updated=change.at,
        ends=until if on else None,
        tags=words.tags,
        terms=words.terms,
        names=words.names,
        stories=(),
        said=spoken([change.title]),
        reason="" if on else f"over since {stamp(until)}",
        turns=until if on else plus(until, LONGEST + TAPER),
    )


def _changed(situation: Situation, changes: Sequence[Change], kept: dict[Change, Situation], now: datetime) -> Situation:
    if not changes:
        return situation
    last, said = changes[-1], "; ".join(map(_sentence, changes))
    if last.action == "extend" and now < lasts_until(last):
        return _extended(situation, last, kept.get(last, situation), f"{said}; the news: {situation.reason}" if situation.reason else said, now)
    if last.action == "close" and not (grown := _grown(situation, last, now)):
        return replace(situation, state="closed", ends=None, reason=said)
    if last.action == "close":
        said = f"{said}; open again: {grown} since"
    return replace(situation, reason=f"{said}; {situation.reason}" if situation.reason else said)


def _sentence(change: Change) -> str:
    match change.action:
        case "open":
            return f"opened by {change.person}: {change.reason}"
        case "extend":
            return f"extended by {change.person} until {stamp(lasts_until(change))}: {change.reason}"
        case "close":
            return f"closed by {change.person}: {change.reason}"


def _extended(situation: Situation, change: Change, then: Situation, reason: str, now: datetime) -> Situation:
    """Active, and no smaller than it was when a person decided: an alert that is over by now still counts for its region."""
    until = lasts_until(change)
    return replace(
        situation,
        severity=worst(situation.severity, then.severity),
        state=situation.state if situation.state in ("active", "extended") else "active",
        official=situation.official or then.official,
        regions=narrow((*situation.regions, *then.regions)),
        worldwide=situation.worldwide or then.worldwide,
        updated=max(situation.updated, change.at),
        ends=max(until, situation.ends or until),
        reason=reason,
        turns=first_after(now, (situation.turns, until)),
    )


def _grown(situation: Situation, change: Change, now: datetime) -> str:
    """What bears it out anew since it was closed; empty when too little does. A part that was another event then was not closed with it."""
    before = _then(change, situation.stories)
    closed = {read.story.id for read in (before.stories if before else as_of(situation.stories, change.at))}
    fresh = [read for read in situation.stories if read.story.id not in closed or spoke(read, now) > change.at]
    stand = standings([read.story for read in situation.stories], now)
    if any(read.story.id in stand and stand[read.story.id].kind in _SPEAKS and not read.doubt for read in fresh):
        return "an official alert"
    ids = {read.story.id for read in fresh if read.story.id not in stand and read.topic and not is_false_alarm(read.story.title)}
    told = [read for read in news_of(situation.stories, now) if read.story.id in ids]
    if not corroborated(told):
        return ""
    return "an official source" if any(read.story.official for read in told) else "two independent sources"
