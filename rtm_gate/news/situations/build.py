"""Stories about one event become a situation. Order in, order out: the same stories give the same situations, whatever feed came first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from rtm_gate.model.news import CERTAINTIES, Certainty, ReadStory, Severity, Situation
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.situations.chains import Standing, standings
from rtm_gate.news.situations.corroboration import CORROBORATED, independent
from rtm_gate.news.situations.kinship import kin, regions_touch
from rtm_gate.news.situations.life import TAPER_OF_ALERT, TAPER_WITH_IMPACT, Life, Member, is_past, life, turning
from rtm_gate.news.situations.merge import Events, in_order, later_of
from rtm_gate.news.stories.classify import narrow
from rtm_gate.news.stories.doubt import doubt_of
from rtm_gate.news.stories.grades import SUDDEN, at_least_major, gravity, severity_of_dead, tells_of_deaths, worst
from rtm_gate.news.stories.words import spoken
from rtm_gate.news.times import AHEAD, first_after, plus

UNNAMED = frozenset({"tragedy", "disaster"})
"""What a story is said to be of that does not say what happened."""
OTHER = 3
"""So many stories of `disaster.other` weigh as much as one that names the hazard."""
GUEST = 20
"""One story in so many has to name a country for the event to be there."""


def situations_of(stories: Iterable[ReadStory], now: datetime) -> tuple[Situation, ...]:
    """All current events, those without a sensitive topic too, in the order (started, id)."""
    events = Events()
    for read in in_order(stories):
        events.add(read)
    found = situations_at(events.members(), now)
    return tuple(sorted(found, key=lambda situation: (situation.started, situation.id)))


def situations_at(events: Mapping[str, Sequence[ReadStory]], now: datetime) -> list[Situation]:
    """What these events, by id, amount to at `now`; those that amount to nothing are left out."""
    later = later_of(events)
    found = (situation_of(id_, members, now, later.get(id_, ())) for id_, members in events.items())
    return [situation for situation in found if situation is not None]


def situation_of(event: str, members: Iterable[ReadStory], now: datetime, later: Iterable[ReadStory] = ()) -> Situation | None:
    """What one event's stories amount to at `now`; None when it is long past, or all of it withdrawn or over.

    `later`: messages of other events that update or cancel an alert of this one (`later_of`); they do nothing else here.
    """
    members, later = list(members), list(later)
    current = members_of(members, now, later)
    if not current or is_past(current, now):
        return None
    found = _situation(event, current, now)
    # A message dated ahead may change it once its time has come, be it a member or not.
    return replace(found, turns=first_after(now, (found.turns, *(plus(read.story.published, -AHEAD) for read in (*members, *later)))))


def members_of(event: Iterable[ReadStory], now: datetime, later: Iterable[ReadStory] = ()) -> list[Member]:
    """The stories of an event that open something at `now`, in their order, each with its standing and its doubt as of then."""
    reads = [_as_of(read, now) for read in in_order(event)]
    stand = standings([read.story for read in (*reads, *later)], now)
    standing = [(read, stand.get(read.story.id)) for read in reads]
    told = [read for read, alert in standing if alert is None]
    return _standing_alone([(read, alert) for read, alert in standing if alert is None or _opens(read, alert, told, now)])


def _as_of(read: ReadStory, now: datetime) -> ReadStory:
    doubt = doubt_of(read.story, now)
    return read if doubt == read.doubt else replace(read, doubt=doubt)


def _opens(read: ReadStory, standing: Standing, told: Sequence[ReadStory], now: datetime) -> bool:
    """Withdrawn and expired alerts open nothing; one that was severe and observed tapers for a while after its end."""
    if standing.kind == "withdrawn":
        return False
    if standing.kind != "over" or standing.ended is None:
        return True
    alert = read.story.alert
    if alert is None or not at_least_major(alert.severity) or alert.certainty != "observed":
        return False
    return now < standing.ended + (TAPER_WITH_IMPACT if has_impact(read, told, now) else TAPER_OF_ALERT)


def _standing_alone(members: list[Member]) -> list[Member]:
    """What was taken back says nothing of an alert of the same event that nobody took back and that is in force."""
    if not any(standing is not None and standing.kind == "in_force" for _, standing in members):
        return members
    return [(read, standing) for read, standing in members if standing is None or standing.kind not in ("false_alarm", "retracted")]


def has_impact(alert: ReadStory, told: Sequence[ReadStory], now: datetime) -> bool:
    """Whether a later story of its event tells of the same hazard in the same region, or in nowhere named."""
    return any(
        alert.story.published < read.story.published <= now + AHEAD
        and kin(alert.topic, read.topic)
        and top_of(read.topic) in ("disaster", "weather", "tragedy", "death")
        and (not read.regions or not alert.regions or regions_touch(alert.regions, read.regions))
        for read in told
    )


def _situation(event: str, members: Sequence[Member], now: datetime) -> Situation:
    stories = [read for read, _ in members]
    first = stories[0]
    topic = _topic(members)
    about = [member for member in members if _speaks(member, topic)]
    told = independent([read for read, standing in about if standing is None])
    reports = [read for read, standing in members if standing is None]
    alerts = [(read, standing) for read, standing in members if standing is not None]
    severity, dead = _severity(topic, told, about)
    impact = any(standing.kind == "over" and has_impact(read, reports, now) for read, standing in alerts)
    course = life(about or members, severity, impact, now)
    official = any(not read.doubt for read, _ in alerts) or any(read.story.official and not read.doubt for read in stories)
    return Situation(
        id=event,
        title=_title(members, topic),
        topic=topic,
        severity=severity,
        certainty=_certainty(alerts, course),
        state=course.state,
        official=official,
        sources=len(independent([read for read, _ in about])),
        regions=_regions(about or members),
        worldwide=any(read.worldwide for read, _ in about or members),
        dead=dead,
        started=first.story.published,
        updated=course.updated,
        ends=course.ends,
        tags=_union(read.tags for read in stories),
        terms=_union(read.terms for read in stories),
        names=_union(read.names for read in stories),
        stories=tuple(stories),
        said=spoken(text for read in stories for text in (read.story.title, read.story.summary)),
        reason=course.reason,
        turns=first_after(now, (course.turns, turning(members, now))),
    )


def _regions(members: Sequence[Member]) -> tuple[str, ...]:
    """Where its stories say it is. In a long tale a country that hardly any of them names is a guest's, not the event's."""
    placed = [read for read, standing in members if read.regions and standing is None]
    countries = Counter(country for read in placed for country in {code[:2] for code in read.regions})
    official = {code for read, standing in members if standing is not None for code in read.regions}
    told = {code for read in placed for code in read.regions if countries[code[:2]] * GUEST >= len(placed)}
    return narrow(tuple(official | told))


def _union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({item for row in lists for item in row}))


def _speaks(member: Member, topic: str) -> bool:
    """A member that counts for the topic: a related headline without a sensitive word joins the event, yet corroborates nothing."""
    read, standing = member
    return not topic or (standing is not None) or (bool(read.topic) and kin(read.topic, topic))


def _topic(members: Sequence[Member]) -> str:
    """What most of them say, an alert counting twice; the gravest of equals, and of one family the more exact name."""
    votes: Counter[str] = Counter()
    for read, standing in members:
        if read.topic:
            votes[read.topic] += 2 if standing is not None else 1
    if not votes:
        return ""
    named = {topic for topic, count in votes.items() if count >= CORROBORATED and topic not in UNNAMED and top_of(topic) in SUDDEN}
    tops: Counter[str] = Counter()
    for topic, count in votes.items():
        if named and topic in UNNAMED:
            # "Many dead" goes with every event: it has no say in which one it is, once somebody knows.
            continue
        tops[top_of(topic)] += count
    # The next day's court reports do not outvote what two sources, or an alert, told of the event itself.
    plain = Counter(top_of(read.topic) for read, standing in members for _ in range(2 if standing is not None else 1) if _names_it(read))
    grave = {name for name, count in plain.items() if name in SUDDEN and count >= CORROBORATED}
    # A death is what an outbreak or a storm comes to, and no other event beside it.
    top = min(grave or tops, key=lambda name: (-tops[name], name == "death", gravity(name), name))
    weight = {topic: count / OTHER if topic.endswith(".other") else count for topic, count in votes.items() if top_of(topic) == top}
    # The storm before the water it brings.
    return min(weight, key=lambda topic: ("." not in topic, -weight[topic], topic == "disaster.flood", topic))


def _names_it(read: ReadStory) -> bool:
    """Tells what happened, or how bad it was. "A deadly fault" in the story of a recall tells neither."""
    return "." in read.topic or top_of(read.topic) in ("terror", "war", "unrest") or read.severity != "minor"


def _severity(topic: str, told: Sequence[ReadStory], about: Sequence[Member]) -> tuple[Severity | None, int | None]:
    """The worst that alerts say and that counts of dead give; vague words of death are major when two sources bear them out."""
    if not topic:
        return "minor", None
    deaths = [(read, read.deaths) for read, standing in about if standing is None and not read.doubt]
    dead = max((found.dead for _, found in deaths if found.dead), default=None) if tells_of_deaths(topic) else None
    # Deaths weigh by what the whole event is: an explosion that turns out to be terror counts as terror.
    levels: list[Severity | None] = [read.severity for read, _ in about] + [level for _, found in deaths if (level := severity_of_dead(topic, found))]
    deadly = independent([read for read, found in deaths if found.any])
    vague = any(found.several or found.dozens for _, found in deaths)
    # A number that somebody tells outranks the bare word: a deadly crash with two dead is moderate.
    if top_of(topic) != "death" and tells_of_deaths(topic) and ((dead is None and len(deadly) >= 2) or (vague and len(told) >= 2)):
        levels.append("major")
    # One story that is large and tells no number keeps the situation's severity unknown while the others know of nothing grave.
    known = worst(*levels)
    if known == "minor" and None in levels:
        known = None
    return known, dead


def _certainty(alerts: Sequence[tuple[ReadStory, Standing]], course: Life) -> Certainty | None:
    said = [read.certainty for read, _ in alerts if read.certainty and not read.doubt]
    if said:
        return max(said, key=CERTAINTIES.index)
    return "likely" if course.confirmed else "possible"


def _title(members: Sequence[Member], topic: str) -> str:
    """The first report in a journalist's words about the topic itself, else the first alert with its area."""
    for read, standing in members:
        if standing is None and read.topic == topic:
            return read.story.title
    read = members[0][0]
    alert = read.story.alert
    return f"{read.story.title}: {alert.area}"[:200] if alert and alert.area and alert.area not in read.story.title else read.story.title
