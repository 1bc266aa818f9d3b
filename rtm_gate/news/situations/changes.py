"""What a person may ask of a situation: open one, extend it, close it. A request with faults raises ValueError that names them all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from rtm_gate.model.moment import spell
from rtm_gate.model.news import SEVERITIES, Change, Severity
from rtm_gate.model.topics import TOPICS
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.text import TITLE_LIMIT, fold, long_hash, short_hash
from rtm_gate.news.times import plus
from rtm_gate.vocabulary.regions import is_named, spoken_code

USUAL = timedelta(hours=24)
"""How long a change lasts that does not say until when."""
FARTHEST = timedelta(days=7)
"""How long one change lasts at most; who wants more decides again."""
WORLDWIDE = "worldwide"


def opened(
    title: str,
    topic: str,
    severity: Severity,
    regions: Sequence[str],
    person: str,
    reason: str,
    at: datetime,
    until: datetime | None = None,
    topics: Collection[str] = TOPICS,
) -> Change:
    """A situation that a person vouches for. `regions` empty = unknown area; `topics`: all that are known, a policy's own too."""
    title = fold(title)
    problems = [*_unnamed(person, reason), *_of_time(at, until)]
    if not title:
        problems.append("the title is empty")
    elif len(title) > TITLE_LIMIT:
        problems.append(f"the title is longer than {TITLE_LIMIT} characters")
    if topic not in topics:
        problems.append(f"there is no topic `{topic}`")
    elif top_of(topic) in TOPICS and TOPICS[top_of(topic)].contrast:
        problems.append(f"`{topic}` is never sensitive: a situation under it would stop nothing")
    if severity not in SEVERITIES:
        problems.append(f"there is no severity `{severity}`: {', '.join(SEVERITIES)}")
    problems += [_no_region(code) for code in regions if code != WORLDWIDE and not is_named(code)]
    if WORLDWIDE in regions and len(regions) > 1:
        problems.append("worldwide and a region exclude each other")
    _refuse(problems)
    return Change(at, opening_id(at, title, person), "open", fold(person), fold(reason), until, title, topic, severity, tuple(sorted(set(regions))))


def extended(situation: str, person: str, reason: str, at: datetime, until: datetime | None = None) -> Change:
    """The situation stays active until `until`, whatever the news says."""
    _refuse([*_of_situation(situation), *_unnamed(person, reason), *_of_time(at, until)])
    return Change(at, situation, "extend", fold(person), fold(reason), until)


def closed(situation: str, person: str, reason: str, at: datetime) -> Change:
    """What is known of the situation at `at` stops nothing any more."""
    _refuse([*_of_situation(situation), *_unnamed(person, reason), *_of_time(at, None)])
    return Change(at, situation, "close", fold(person), fold(reason))


def lasts_until(change: Change) -> datetime:
    """The end of an `open` or `extend`."""
    return min(change.until or plus(change.at, USUAL), plus(change.at, FARTHEST))


def opening_id(at: datetime, title: str, person: str) -> str:
    """The id of a situation that a person opened."""
    return short_hash(at.astimezone(UTC).isoformat(), fold(title), fold(person))


def digest_of(change: Change) -> str:
    """SHA-256 (hex) of all that the change says."""
    until = change.until.astimezone(UTC).isoformat() if change.until else ""
    said = (change.situation, change.action, change.person, change.reason, until, change.title, change.topic, change.severity or "", *change.regions)
    return long_hash(change.at.astimezone(UTC).isoformat(), *said)


def _unnamed(person: str, reason: str) -> list[str]:
    return [f"{what} is empty" for what, said in (("the person's name", person), ("the reason", reason)) if not fold(said)]


def _of_situation(situation: str) -> list[str]:
    return [] if situation.strip() else ["the situation's id is empty"]


def _of_time(at: datetime, until: datetime | None) -> list[str]:
    if at.tzinfo is None or (until is not None and until.tzinfo is None):
        return ["a time has no offset"]
    if until is None:
        return []
    if until <= at:
        return ["until is not after the time of the change"]
    return [f"until is more than {spell(FARTHEST // timedelta(seconds=1))} ahead"] if until > plus(at, FARTHEST) else []


def _no_region(code: str) -> str:
    meant = spoken_code(code)
    return f"there is no region `{code}`" + (f": `{meant}` is meant" if meant else "")


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        raise ValueError("; ".join(problems))
