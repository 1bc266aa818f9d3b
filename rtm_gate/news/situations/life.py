"""The life of a situation: watch, active, extended, taper, closed, or a false alarm cooling off. The numbers are those of the rulings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rtm_gate.model.moment import stamp
from rtm_gate.model.news import ReadStory, Severity, State
from rtm_gate.news.signals import is_false_alarm
from rtm_gate.news.situations.chains import Kind, Standing
from rtm_gate.news.situations.corroboration import corroborated, independent, news_of, roofs_of, spoke
from rtm_gate.news.stories.doubt import doubt_turns
from rtm_gate.news.stories.grades import at_least_major
from rtm_gate.news.times import AHEAD, first_after, plus

QUIET = timedelta(hours=24)
LONGEST = timedelta(hours=48)
TAPER = timedelta(days=7)
FORGOTTEN = LONGEST + TAPER
"""So long after the last news of it nothing is known of an event, but for alerts in force."""
MOMENTUM = timedelta(hours=6)
COOLING_OFF = timedelta(hours=2)
TAPER_OF_ALERT = timedelta(hours=6)
TAPER_WITH_IMPACT = timedelta(hours=24)

Member = tuple[ReadStory, Standing | None]


@dataclass(frozen=True, slots=True)
class Life:
    """`ends` only while an alert is in force; `confirmed` = two independent sources or an official one.

    `turns` is the next instant at which this may read otherwise if no more news comes, None when never: until then state, ends and
    reason stay as they are.
    """

    state: State
    updated: datetime
    ends: datetime | None
    confirmed: bool
    reason: str
    turns: datetime | None = None


def life(members: Sequence[Member], severity: Severity | None, impact: bool, now: datetime) -> Life:
    """`members` in the order (published, source, id), at least one; each with its standing and its doubt as of `now`."""
    course = _course(members, severity, impact, now)
    return replace(course, turns=first_after(now, (course.turns, *_boundaries(members, now))))


def turning(members: Sequence[Member], now: datetime) -> datetime | None:
    """The next instant at which these members may count for more or less than now, or be forgotten."""
    return first_after(now, (_forgotten(members, now), *_boundaries(members, now)))


def is_past(members: Sequence[Member], now: datetime) -> bool:
    """Nothing was heard of it for longer than any blackout and taper last."""
    forgotten = _forgotten(members, now)
    return forgotten is not None and now >= forgotten


def _forgotten(members: Sequence[Member], now: datetime) -> datetime | None:
    if any(read.story.alert and read.story.alert.ends for read in _of(members, "in_force", "watch")):
        return None
    heard = [spoke(read, now) for read, _ in members] + [standing.ended for _, standing in members if standing and standing.ended]
    return plus(max(heard), FORGOTTEN)


def _boundaries(members: Sequence[Member], now: datetime) -> Iterator[datetime | None]:
    """When what is known of a member reads otherwise: its doubt, an edit dated ahead, the end of its alert, and when that no longer counts."""
    for read, standing in members:
        yield doubt_turns(read.story, now)
        yield plus(read.story.updated, -AHEAD)
        if standing is not None and standing.kind in ("in_force", "watch") and read.story.alert is not None:
            yield read.story.alert.ends
        if standing is not None and standing.kind == "over" and standing.ended is not None:
            # One that has ended is a member as long as it tapers, also where the reports of others carry the situation.
            yield from (plus(standing.ended, TAPER_OF_ALERT), plus(standing.ended, TAPER_WITH_IMPACT))


def _course(members: Sequence[Member], severity: Severity | None, impact: bool, now: datetime) -> Life:
    stories = [read for read, standing in members if standing is None]
    in_force, watching = _of(members, "in_force"), _of(members, "watch")
    reports = _of(members, "report") + [read for read in stories if read.story.official and not read.doubt]

    taken_back = _taken_back(members, now)
    if taken_back is not None and not any(read.story.published > taken_back for read in in_force + reports):
        warm = plus(taken_back, COOLING_OFF)
        if now < warm:
            return Life("false_alarm", taken_back, None, True, f"taken back at {stamp(taken_back)}; cooling off for 2 hours", warm)
        return Life("closed", taken_back, None, True, f"a false alarm, taken back at {stamp(taken_back)}")
    if in_force:
        ends = _last_end(in_force)
        until = f" until {stamp(ends)}" if ends else ""
        return Life("active", max(spoke(read, now) for read in in_force + _sure(stories)), ends, True, f"an official alert is in force{until}")

    sources = independent(stories)
    confirmed = min((read.story.published for read in [*reports, *sources[1:2]]), default=None)
    told = None
    if confirmed is not None:
        sure = _sure([read for read, standing in members if standing is None or standing.kind == "report"])
        whence = "an official source" if reports else f"{len(sources)} independent sources"
        told = _told(confirmed, sure, whence, severity, now)
    if told is not None and told.state in ("active", "extended"):
        return told
    if watching:
        return Life("watch", max(spoke(read, now) for read in watching), _last_end(watching), True, "an official watch: it may come")
    if told is not None and told.state == "taper":
        return told

    ended = max((standing.ended for _, standing in members if standing and standing.kind == "over" and standing.ended), default=None)
    if ended is not None and now < (end := plus(ended, TAPER_WITH_IMPACT if impact else TAPER_OF_ALERT)):
        after = "; news of its impact followed" if impact else ""
        return Life("taper", max([ended, *(spoke(read, now) for read in _sure(stories))]), None, True, f"the alert ended at {stamp(ended)}{after}", end)
    return told or _unconfirmed(members, ended, now)


def _told(confirmed: datetime, sure: list[ReadStory], whence: str, severity: Severity | None, now: datetime) -> Life:
    """The life that reports give: 24 hours of quiet from the last corroborated one, 48 at most, then a taper where it was grave."""
    updated = max([confirmed, *(spoke(read, now) for read in news_of(sure, now))])
    end = min(plus(updated, QUIET), plus(_grave_since(confirmed, sure, severity), LONGEST))
    last = f"{whence}, last at {stamp(updated)}"
    if now < end:
        momentum, quieter = plus(confirmed, MOMENTUM), plus(updated, MOMENTUM)
        if momentum <= now < quieter:
            return Life("extended", updated, None, True, f"{last}; news keeps coming", min(quieter, end))
        return Life("active", updated, None, True, last, min(momentum, end) if now < momentum < quieter else end)
    over = plus(end, TAPER)
    if at_least_major(severity) and now < over:
        return Life("taper", updated, None, True, f"{whence}; quiet until {stamp(end)}, tapering since", over)
    return Life("closed", updated, None, True, last)


def _grave_since(confirmed: datetime, sure: Sequence[ReadStory], severity: Severity | None) -> datetime:
    """From when the longest quiet counts: its confirmation, or the first grave report of it. A storm that was forecast for days kills on the last."""
    if not at_least_major(severity):
        return confirmed
    grave = [read for read in sure if at_least_major(read.severity)] or [read for read in sure if read.deaths.any]
    return max(confirmed, min((read.story.published for read in grave), default=confirmed))


def _unconfirmed(members: Sequence[Member], ended: datetime | None, now: datetime) -> Life:
    """One source, or none that is sure, keeps watch for a day after its last new words."""
    loose = [read for read, standing in members if standing is None or standing.kind not in ("over", "retracted", "false_alarm")]
    if loose:
        last = max(spoke(read, now) for read in news_of(loose, now))
        doubt = next((read.doubt for read in loose if read.doubt), "") if all(read.doubt for read in loose) else ""
        if now < (end := plus(last, QUIET)):
            return Life("watch", last, None, False, f"unsure: it {doubt}" if doubt else "one unofficial source so far", end)
        if ended is None:
            return Life("closed", last, None, False, f"unsure to the end: it {doubt}" if doubt else "never corroborated")
    if ended is not None:
        return Life("closed", ended, None, True, f"the alert ended at {stamp(ended)}")
    return Life("closed", max(spoke(read, now) for read, _ in members), None, True, "its alert was taken back")


def _taken_back(members: Sequence[Member], now: datetime) -> datetime | None:
    """When the last word was that it was a false alarm; None when it was not the last word, or not borne out as what it takes back."""
    if any(standing is None and read.deaths.any for read, standing in members):
        # Where people died, "no further threat" or "the second alarm was false" takes nothing back.
        return None
    if official := _of(members, "false_alarm"):
        return max(spoke(read, now) for read in official)
    if len(members) == 1 or any(standing is not None for _, standing in members):
        return None
    sure = _sure([read for read, _ in members])
    told = [read for read in sure if is_false_alarm(read.story.title)]
    others = [read for read in sure if not is_false_alarm(read.story.title)]
    if not told or (others and max(spoke(read, now) for read in told) <= max(spoke(read, now) for read in others)):
        return None
    # Who takes its own report back no longer bears it out; what others still bear out is not taken back by one source.
    standing_by = [read for read in others if read.story.official or not any(roofs_of(read) & roofs_of(other) for other in told)]
    return None if corroborated(standing_by) and not corroborated(told) else max(spoke(read, now) for read in told)


def _of(members: Sequence[Member], *kinds: Kind) -> list[ReadStory]:
    return [read for read, standing in members if standing is not None and standing.kind in kinds and not read.doubt]


def _sure(stories: Sequence[ReadStory]) -> list[ReadStory]:
    return [read for read in stories if not read.doubt]


def _last_end(alerts: Sequence[ReadStory]) -> datetime | None:
    return max((read.story.alert.ends for read in alerts if read.story.alert and read.story.alert.ends), default=None)
