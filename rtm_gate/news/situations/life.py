"""The life of a situation: watch, active, extended, taper, closed, or a false alarm cooling off. The numbers are those of the rulings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rtm_gate.model.moment import stamp
from rtm_gate.model.news import ReadStory, Severity, State
from rtm_gate.news.signals import is_false_alarm
from rtm_gate.news.situations.chains import Standing
from rtm_gate.news.situations.wording import Wordings
from rtm_gate.news.stories.grades import at_least_major
from rtm_gate.news.text import site

QUIET = timedelta(hours=24)
LONGEST = timedelta(hours=48)
TAPER = timedelta(days=7)
MOMENTUM = timedelta(hours=6)
COOLING_OFF = timedelta(hours=2)
TAPER_OF_ALERT = timedelta(hours=6)
TAPER_WITH_IMPACT = timedelta(hours=24)

Member = tuple[ReadStory, Standing | None]


@dataclass(frozen=True, slots=True)
class Life:
    """`ends` only while an alert is in force; `confirmed` = two independent sources or an official one."""

    state: State
    updated: datetime
    ends: datetime | None
    confirmed: bool
    reason: str


def independent(stories: Sequence[ReadStory]) -> list[ReadStory]:
    """The first story of each source that differs from those before it in site and in text: what corroboration counts."""
    counted: list[ReadStory] = []
    sites: set[str] = set()
    wordings = Wordings()
    for read in stories:
        roofs = {read.story.source.casefold(), f"at {site(read.story.url)}"} - {"at "}
        if read.doubt or roofs & sites or wordings.has(read):
            continue
        counted.append(read)
        sites |= roofs
        wordings.add(read)
    return counted


def life(members: Sequence[Member], severity: Severity | None, impact: bool, now: datetime) -> Life:
    """`members` in the order (published, source, id), at least one."""
    stories = [read for read, standing in members if standing is None]
    alerts = [(read, standing) for read, standing in members if standing is not None]
    started = members[0][0].story.published
    last = max(read.story.published for read, _ in members)

    in_force = [read for read, standing in alerts if standing.kind == "in_force" and not read.doubt]
    taken_back = _taken_back(members)
    if taken_back is not None and not any(read.story.published > taken_back for read in in_force):
        if now < taken_back + COOLING_OFF:
            return Life("false_alarm", taken_back, None, True, f"taken back at {stamp(taken_back)}; cooling off for 2 hours")
        return Life("closed", taken_back, None, True, f"a false alarm, taken back at {stamp(taken_back)}")
    if in_force:
        ends = _last_end(in_force)
        until = f" until {stamp(ends)}" if ends else ""
        return Life("active", max(read.story.published for read in in_force + _sure(stories)), ends, True, f"an official alert is in force{until}")

    reports = [read for read, standing in alerts if standing.kind == "report" and not read.doubt]
    reports += [read for read in stories if read.story.official and not read.doubt]
    sources = independent(stories)
    confirmed = min((read.story.published for read in [*reports, *sources[1:2]]), default=None)
    watching = [read for read, standing in alerts if standing.kind == "watch" and not read.doubt]
    if confirmed is not None:
        told = _told(confirmed, _sure([read for read, s in members if s is None or s.kind == "report"]), started, bool(reports), len(sources), severity, now)
        if told.state in ("active", "extended") or not watching:
            return told
    if watching:
        ends = _last_end(watching)
        return Life("watch", max(read.story.published for read in watching), ends, True, "an official watch: it may come")
    over = [(read, standing.ended) for read, standing in alerts if standing.kind == "over" and standing.ended]
    if over:
        ended = max(when for _, when in over if when)
        end = ended + (TAPER_WITH_IMPACT if impact else TAPER_OF_ALERT)
        if now < end:
            after = "; news of its impact followed" if impact else ""
            return Life("taper", max([ended, *(read.story.published for read in _sure(stories))]), None, True, f"the alert ended at {stamp(ended)}{after}")
        return Life("closed", ended, None, True, f"the alert ended at {stamp(ended)}")
    doubt = next((read.doubt for read, _ in members if read.doubt), "")
    if now < last + QUIET:
        return Life("watch", last, None, False, f"unsure: it {doubt}" if doubt and not sources else "one unofficial source so far")
    return Life("closed", last, None, False, "never corroborated")


def _last_end(alerts: Sequence[ReadStory]) -> datetime | None:
    return max((read.story.alert.ends for read in alerts if read.story.alert and read.story.alert.ends), default=None)


def _told(confirmed: datetime, sure: list[ReadStory], started: datetime, official: bool, sources: int, severity: Severity | None, now: datetime) -> Life:
    """The life that reports give: 24 hours of quiet from the last corroborated one, 48 at most, then a taper where it was grave."""
    later = [read.story.published for read in _new_text(sure) if read.story.published >= confirmed]
    updated = min(max(later, default=confirmed), now)
    end = min(updated + QUIET, started + LONGEST)
    whence = "an official source" if official else f"{sources} independent sources"
    if now < end:
        growing = now >= confirmed + MOMENTUM and now < updated + MOMENTUM
        state: State = "extended" if growing else "active"
        return Life(state, updated, None, True, f"{whence}, last at {stamp(updated)}" + ("; news keeps coming" if growing else ""))
    if at_least_major(severity) and now < end + TAPER:
        return Life("taper", updated, None, True, f"{whence}; quiet until {stamp(end)}, tapering since")
    return Life("closed", updated, None, True, f"{whence}, last at {stamp(updated)}")


def _new_text(stories: Sequence[ReadStory]) -> list[ReadStory]:
    """Without repeats of the same words."""
    kept: list[ReadStory] = []
    wordings = Wordings()
    for read in stories:
        if not wordings.has(read):
            kept.append(read)
            wordings.add(read)
    return kept


def _sure(stories: Sequence[ReadStory]) -> list[ReadStory]:
    return [read for read in stories if not read.doubt]


def _taken_back(members: Sequence[Member]) -> datetime | None:
    """When the last word was that it was a false alarm; None when it was not the last word."""
    if any(standing is None and read.deaths.any for read, standing in members):
        # Where people died, "no further threat" or "the second alarm was false" takes nothing back.
        return None
    official = [read.story.published for read, standing in members if standing is not None and standing.kind == "false_alarm"]
    if official:
        return max(official)
    if any(standing is not None for _, standing in members):
        return None
    told = [read.story.published for read, _ in members if is_false_alarm(read.story.title)]
    if not told or len(told) == len(members) == 1:
        return None
    others = [read.story.published for read, _ in members if not is_false_alarm(read.story.title)]
    return max(told) if not others or max(told) > max(others) else None


def is_past(members: Sequence[Member], now: datetime) -> bool:
    """Nothing was heard of it for longer than any blackout and taper last."""
    return now - max(read.story.published for read, _ in members) > LONGEST + TAPER and not any(
        standing is not None and standing.kind == "in_force" for _, standing in members
    )
