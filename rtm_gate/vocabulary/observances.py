"""Days that a post should know of: remembrance, religion, and the days everybody celebrates.

The list is `data/observances.toml`; dates of moving feasts are computed beforehand (`data/feasts.tsv`, 2010 to 2036; those of
the Hindu calendar to 2035). A day is kept in each place's own time, so it lasts from its first midnight in the regions asked
about to its last.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from rtm_gate.model.calendar import KeptDay, Tone
from rtm_gate.vocabulary.data_files import rows_of, toml_of
from rtm_gate.vocabulary.regions import ancestors, touch

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
_EVE = time(16)
_MONTH, _WEEKDAY = "|".join(_MONTHS), "|".join(_WEEKDAYS)
_FIXED = re.compile(rf"({_MONTH}) (\d+)")
_NTH = re.compile(rf"({'|'.join(_ORDINALS)}) ({_WEEKDAY}) of ({_MONTH})")
_NEAR = re.compile(rf"({_WEEKDAY}) (before|after) ({_MONTH}) (\d+)")
_RUN = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}|(?:{_MONTH}) \d+) to (\d{{4}}-\d{{2}}-\d{{2}}|(?:{_MONTH}) \d+)")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
_FEAST = re.compile(r"(?:(\d+) days? (before|after) )?feast (\w+)(?: to (\w+))?")


@dataclass(frozen=True, slots=True)
class Observance:
    """One day, or a run of days, in one year. `begins` and `ends` are UTC, the end excluded.

    `tone`: solemn, religious, sensitive or festive. `regions` empty = kept everywhere. `words` are lower-case names by which a
    draft touches it. `custom`: sales on the day are customary.
    """

    name: str
    title: str
    tone: Tone
    begins: datetime
    ends: datetime
    regions: tuple[str, ...]
    words: tuple[str, ...]
    custom: bool


@lru_cache(maxsize=1)
def _days() -> tuple[KeptDay, ...]:
    return tuple(_day_of(row) for row in toml_of("observances.toml")["day"])


def _day_of(row: dict[str, Any]) -> KeptDay:
    return KeptDay(
        name=row["name"],
        title=row["title"],
        tone=row["tone"],
        rule=row["rule"],
        regions=tuple(sorted(row.get("regions", ()))),
        words=tuple(row.get("words", ())),
        days=row.get("days", 1),
        eve=row.get("eve", False),
        since=row.get("since", 1),
        custom=row.get("custom", False),
        unless_kept=row.get("unless_kept", ""),
    )


@lru_cache(maxsize=1)
def _feasts() -> dict[str, tuple[date, ...]]:
    return {name: tuple(map(date.fromisoformat, days.split())) for name, days in rows_of("feasts.tsv")}


@lru_cache(maxsize=1)
def _zones() -> dict[str, tuple[str, ...]]:
    return {region: tuple(zones.split()) for region, zones in rows_of("zones.tsv")}


def zones_of(region: str) -> tuple[str, ...]:
    """The time zones people in a region live by, most people first; those of the nearest larger region when it is not listed."""
    for code in (region, *ancestors(region)):
        if code in _zones():
            return _zones()[code]
    return ("UTC",)


@lru_cache(maxsize=4096)
def dates_of(rule: str, year: int) -> tuple[tuple[date, int], ...]:
    """The first days of a rule in a year, each with its own length in days (0 = not said by the rule).

    Raises ValueError when the rule is not one of those the data file explains.
    """
    if ", " in rule:
        return tuple(found for one in rule.split(", ") for found in dates_of(one, year))
    if fixed := _FIXED.fullmatch(rule):
        # The 29th of February is kept in the years that have one.
        leapt = rule == "february 29" and not isleap(year)
        return () if leapt else ((date(year, _MONTHS.index(fixed[1]) + 1, int(fixed[2])), 0),)
    if _DATED.fullmatch(rule):
        day = date.fromisoformat(rule)
        return ((day, 0),) if day.year == year else ()
    if run := _RUN.fullmatch(rule):
        # A run that begins late in the year may end in the next one.
        until = [last for later in (year, year + 1) for last, _ in dates_of(run[2], later)]
        return tuple((first, (last - first).days + 1) for first, _ in dates_of(run[1], year) for last in until if last >= first)[:1]
    if nth := _NTH.fullmatch(rule):
        return ((_nth_weekday(year, _MONTHS.index(nth[3]) + 1, _WEEKDAYS.index(nth[2]), _ORDINALS[nth[1]]), 0),)
    if near := _NEAR.fullmatch(rule):
        anchor, step = date(year, _MONTHS.index(near[3]) + 1, int(near[4])), -1 if near[2] == "before" else 1
        days = (step * (_WEEKDAYS.index(near[1]) - anchor.weekday()) - 1) % 7 + 1
        return ((anchor + timedelta(days=step * days), 0),)
    if feast := _FEAST.fullmatch(rule):
        shift = timedelta(days=int(feast[1] or 0) * (-1 if feast[2] == "before" else 1))
        starts = [day for day in _feasts()[feast[3]] if (day + shift).year == year]
        ends = _feasts()[feast[4]] if feast[4] else ()
        return tuple((day + shift, next(((end - day).days for end in ends if end > day), 0)) for day in starts)
    raise ValueError(f"`{rule}` is not a rule for a day")


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    if nth < 0:
        after = date(year + month // 12, month % 12 + 1, 1)
        return after - timedelta(days=(after.weekday() - weekday - 1) % 7 + 1)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * nth)


def _span(first: date, after: date, eve: bool, zones: tuple[str, ...]) -> tuple[datetime, datetime]:
    """From the first zone's beginning of the days [first, after) to the last zone's end, in UTC."""
    begin = datetime.combine(first - timedelta(days=1), _EVE) if eve else datetime.combine(first, time())
    begins = min(begin.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for zone in zones)
    return begins, max(datetime.combine(after, time(), ZoneInfo(zone)).astimezone(UTC) for zone in zones)


def _near(day: KeptDay, start: datetime, end: datetime) -> Iterator[tuple[date, date]]:
    """The runs of days [first, after) that may overlap [start, end) in some zone: two days of room on both sides."""
    earliest, latest = start.date(), end.date()
    # A run that began in the year before, or in the evening before the new year, may reach in.
    for year in range(max(start.year - 1, day.since), min(end.year + 2, MAXYEAR)):
        for first, length in dates_of(day.rule, year):
            after = first + timedelta(days=length or day.days)
            if (first - latest).days <= 2 and (earliest - after).days <= 2:
                yield first, after


def _zones_where_kept(day: KeptDay, regions: Sequence[str]) -> tuple[str, ...]:
    """The zones in which the regions asked about keep the day; empty when none of them does."""
    if not day.regions:
        zones = {zone for region in regions for zone in zones_of(region)} or {"UTC"}
    else:
        # Where a nation keeps it, a state asks in its own time; where only a state keeps it, that state's time counts.
        inner = {kept if region in ancestors(kept) else region for kept in day.regions for region in regions if touch(kept, region)}
        zones = {zone for region in inner for zone in zones_of(region)}
    return tuple(sorted(zones))


@lru_cache(maxsize=256)
def _kept(days: tuple[KeptDay, ...], regions: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The names of the days that the regions keep, with the zones in which they do."""
    return {day.name: zones for day in days if (zones := _zones_where_kept(day, regions))}


@lru_cache(maxsize=16)
def _all_days(own: tuple[KeptDay, ...]) -> tuple[KeptDay, ...]:
    """The standard days and a policy's own; an own day of a standard name replaces it."""
    return tuple({day.name: day for day in (*_days(), *own)}.values())


def observances(start: datetime, end: datetime, regions: Sequence[str], own: tuple[KeptDay, ...] = ()) -> tuple[Observance, ...]:
    """The observances that overlap [start, end) in the local days of the regions, sorted by beginning and name.

    A day kept in some regions is found when one of them touches one of `regions`; a day kept everywhere always is. Without
    regions only the latter are found, in UTC. Of two forms of a day only the nearer is found, while it lasts. An empty or
    reversed interval counts as the instant `start`. `own` are the days of a policy's calendars.
    """
    end = max(end, start + timedelta(seconds=1))
    days = _all_days(own)
    kept = _kept(days, tuple(sorted(set(regions))))
    found = []
    for day in days:
        if day.name not in kept:
            continue
        for first, after in _near(day, start, end):
            begins, ends = _span(first, after, day.eve, kept[day.name])
            if begins < end and start < ends:
                found.append(Observance(day.name, day.title, day.tone, begins, ends, day.regions, day.words, day.custom))
    nearer, names = {day.name: day.unless_kept for day in days}, {one.name for one in found}
    # The nearer form may be over in its own zones while the other still lasts in these.
    return tuple(sorted({one for one in found if nearer[one.name] not in names}, key=lambda one: (one.begins, one.name)))
