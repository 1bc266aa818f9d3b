"""What a story is about: topic, severity, people dead, regions, and the words by which it meets other stories and drafts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from rtm_gate.model.analysis import Analysis, PlaceMention
from rtm_gate.model.news import Alert, Casualties, Certainty, ReadStory, Severity, Story
from rtm_gate.model.topics import GRAVE
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.signals import has_score, is_about_a_work, is_drill, is_everywhere, is_legal, looks_back
from rtm_gate.news.stories.casualties import casualties
from rtm_gate.news.stories.doubt import doubt_of
from rtm_gate.news.stories.grades import HARMLESS, MANY_DEAD, SUDDEN, at_least_major, gravity, severity_of_alert, severity_of_dead, tells_of_deaths
from rtm_gate.news.stories.hazards import ORDINARY, hazard_of
from rtm_gate.news.stories.words import tokens_of, words_of
from rtm_gate.vocabulary.regions import ancestors

Reader = Callable[[str], Analysis]

_LIGHT_SECTION = re.compile(
    r"\b(?:sports?|football|soccer|cricket|rugby|tennis|golf|nba|nfl|mlb|nhl|culture|film|movies?|entertainment|arts?|books?|music|tv|television|gam(?:es|ing)"
    r"|lifestyle|style|fashion|food|recipes?|markets?|celebrit(?:y|ies)|showbiz|theatre|reviews?)\b",
    re.IGNORECASE,
)
_EVENTS = frozenset({"terror", "war", "unrest", "health"})
# Words like "killed" and "death toll" go with every event and name none.
_GENERAL = frozenset({"tragedy", "disaster", "death"})
_KILLED_NOW = re.compile(r"\b(?:kills|killing|shot dead|slain|gunned down|shoots? (?:\w+ ){0,3}dead|leaves? (?:\w+ ){0,3}dead|massacres?)\b", re.IGNORECASE)
_CONSEQUENCES = frozenset({"tragedy.collapse", "tragedy.accident", "tragedy.fire"})
_LARGE = re.compile(
    r"\b(?:evacuat\w+|explosions?|blasts?|bomb(?:s|ing|ings)?|gunfire|gunm[ae]n|hostages?|massive|major|catastroph\w+|devastat\w+|state of emergency|casualties"
    r"|active shooter|shots fired|no survivors|unaccounted for|mass shooting|capsiz\w+|derail\w+|on board|missing"
    r"|(?:plane|jet|airliner|helicopter|train|ferry|bus|coach) crash(?:es|ed)?"
    r"|(?:dozens|scores|hundreds) (?:\w+ )?(?:hurt|injured|wounded)|(?:rams|ploughs|plows) into (?:a )?crowd"
    r"|category [345]|hurricane|typhoon|tsunami|critically|trapped|collapse[sd]?|destroy(?:s|ed)|invasion"
    r"|invades?|air ?strikes?|missiles?|magnitude [6-9]|[6-9]\.\d)\b",
    re.IGNORECASE,
)
_STORM = re.compile(r"\b((?:[Hh]urricane|[Tt]yphoon|[Cc]yclone|[Tt]ropical [Ss]torm|[Ss]torm)) ([A-Z][a-z]{2,})\b")
_NO_NAME = words_of("warning watch season force winds surge aid relief center centre damage death toll kills hits update victims survivors")
_SMALL = re.compile(
    r"\b(?:minor|small|light|contained|extinguished|under control|no damage|near miss|all safe|safely|rescued|averted"
    r"|no (?:injuries|casualties|deaths|fatalities)|(?:no[ -]?one|nobody) (?:\w+ )?(?:hurt|injured|killed|harmed))\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"(?:\b(?:in|at|near|off|across|outside|inside|around|over|on|of|hits?|strikes?|rocks?|batters?|slams?|nears|towards?|through|to|shakes?|devastates?|lashes|pounds)"
    r"(?:\s+(?:the|a|an))?(?:\s+[\w'’-]+){0,2}\s+)$",
    re.IGNORECASE,
)
_ACTOR = re.compile(
    r"(?:['’]s)?[\s-](?:led|backed|based|born|owned|flagged|drones?|air ?strikes?|forces?|troops|soldiers?|warplanes?|jets?|military|army|navy"
    r"|president|prime minister"
    r"|government|diplomats?|ambassador|embassy|senators?|sanctions|dollars?|nationals?|citizens?|tourists?|refugees)\b",
    re.IGNORECASE,
)


def classify(story: Story, read: Reader, now: datetime) -> ReadStory:
    """Reads title and summary with `read`. `now` decides whether the story's times are possible."""
    title, summary = read(story.title), read(story.summary) if story.summary else Analysis()
    dead = _deaths(story)
    topic = _topic(story, title, summary, dead)
    regions = _regions(story, title, summary)
    severity, certainty = _grade(story, topic, dead) if topic or story.alert else ("minor", None)
    places = (*title.places, *summary.places)
    names = _storm_names(f"{story.title}. {story.summary}") | {
        name.key for name in (*title.names, *summary.names) if name.kind in ("name", "phrase", "product", "brand", "competitor")
    }
    return ReadStory(
        story=story,
        topic=topic,
        severity=severity,
        certainty=certainty,
        dead=dead.dead if tells_of_deaths(topic) else None,
        regions=regions,
        worldwide=story.alert is None and is_everywhere(story.title),
        tags=tuple(sorted({tag.tag.lower() for tag in (*title.hashtags, *summary.hashtags)})),
        terms=tuple(sorted(_terms(title) | _terms(summary))),
        names=tuple(sorted({*names, *(place.text.lower() for place in places)})),
        tokens=tokens_of(story.title),
        doubt=doubt_of(story, now),
        deaths=dead,
    )


def _deaths(story: Story) -> Casualties:
    """Of the whole text; an alert's prose ("deadly", "may die") counts nobody."""
    return Casualties() if story.alert else casualties(f"{story.title}. {story.summary}", story.published.year)


def _terms(found: Analysis) -> set[str]:
    """Ids of the lexicon's rows met in any sense."""
    return {hit.term for hit in found.mentions} | {hit.term for hit in found.suppressed}


def _storm_names(text: str) -> set[str]:
    """`Hurricane Sandy` is called Sandy, in tags above all."""
    return {name for kind, own in _STORM.findall(text) if own.lower() not in _NO_NAME for name in (f"{kind} {own}".lower(), own.lower())}


# ---- topic -------------------------------------------------------------------------------------------------------------


def _topic(story: Story, title: Analysis, summary: Analysis, dead: Casualties) -> str:
    said = _gravest(title) or _gravest(summary)
    if story.alert:
        return _topic_of_alert(story, story.alert, said)
    words = story.title
    counted = dead.dead is not None or dead.dozens or dead.several
    # "Gunman kills 12 at premiere of new film": people killed now outrank every word that makes a headline harmless.
    killed_now = counted and _KILLED_NOW.search(words) is not None
    if not killed_now and (is_drill(words) or is_about_a_work(words)):
        return ""
    if not killed_now and looks_back(words, story.published.year):
        return "remembrance" if said else ""
    if said == "health" and _named(title, summary, "death") and not counted:
        # One person dies of an illness: that is a death, no outbreak.
        return "death"
    if not counted and (_light(story) or has_score(words)):
        # "Massacre at the Garden", "bomb at the box office": only people counted dead make such a page grave.
        return ""
    if not killed_now and said and is_legal(words) and top_of(said) in ("tragedy", "terror", "death", "unrest", "justice", "gender"):
        return said if top_of(said) == "justice" else _named(title, summary, "justice") or "justice.trial"
    if counted and (said in ("", *_GENERAL) or (killed_now and top_of(said) not in GRAVE)):
        # "Heatwave kills 100": ordinary weather until people die of it.
        hazard = hazard_of(words)
        if hazard is not None and hazard.topic.startswith("disaster."):
            return hazard.topic
        if said == ORDINARY:
            return "disaster.other"
        many = (dead.dead or MANY_DEAD) >= MANY_DEAD
        return said if said in ("tragedy", "disaster") else "tragedy" if many else "death"
    return said


def _gravest(found: Analysis) -> str:
    """The gravest topic meant literally, the cause before what it did: a deadly earthquake is an earthquake, not a collapse."""
    topics = {hit.topic for hit in found.mentions if hit.literal and not hit.negated and top_of(hit.topic) not in HARMLESS}
    events = {topic for topic in topics if topic in _EVENTS or topic.startswith(("tragedy.", "disaster."))}
    if any(topic.startswith("disaster.") for topic in events):
        events -= _CONSEQUENCES
    if events:
        topics -= _GENERAL
        topics = {topic for topic in topics if topic in events or top_of(topic) not in ("tragedy", "disaster")}
    # Of one family the more exact name: `tragedy.shooting` before `tragedy`.
    return min(topics, key=lambda topic: (gravity(topic), "." not in topic, topic), default="")


def _named(title: Analysis, summary: Analysis, top: str) -> str:
    return min((hit.topic for found in (title, summary) for hit in found.mentions if hit.literal and top_of(hit.topic) == top), default="")


def _topic_of_alert(story: Story, alert: Alert, said: str) -> str:
    if alert.test:
        return ""
    hazard = hazard_of(alert.event) or hazard_of(story.title)
    # By what the office fears: a severe watch is a hazard that may come, however far its doubt lowers the grade.
    major = at_least_major(alert.severity)
    if hazard is not None:
        return hazard.topic if hazard.grave or major or not hazard.topic.startswith("disaster") else ORDINARY
    if said:
        return said
    return "disaster.other" if major and {"cap:Safety", "cap:Security", "cap:CBRNE", "cap:Geo", "cap:Met", "cap:Fire"} & set(story.categories) else ""


def _light(story: Story) -> bool:
    """A page of sport, culture or markets, by its section, its source's name or the folders of its address; the last part is the headline's."""
    path = urlsplit(story.url).path.rpartition("/")[0].replace("/", " ").replace("-", " ") if story.url else ""
    section = " ".join((re.sub(r"[-_]", " ", story.source), *story.categories, *path.split()[:2]))
    return _LIGHT_SECTION.search(section) is not None


# ---- severity ----------------------------------------------------------------------------------------------------------


def _grade(story: Story, topic: str, dead: Casualties) -> tuple[Severity | None, Certainty | None]:
    if story.alert:
        return severity_of_alert(story.alert), story.alert.certainty
    if (counted := severity_of_dead(topic, dead)) is not None:
        return counted, None
    words = f"{story.title}. {story.summary}"
    large = top_of(topic) in SUDDEN and not dead.none and _LARGE.search(words) and not _SMALL.search(story.title)
    # Grave and large, and nobody has said yet how bad: unknown, which is never a reason to go nor to forbid.
    return (None if large else "minor"), None


# ---- regions -----------------------------------------------------------------------------------------------------------


def _regions(story: Story, title: Analysis, summary: Analysis) -> tuple[str, ...]:
    if story.alert and story.alert.codes:
        return narrow(story.alert.codes)
    found = _codes(story.title, title.places)
    further = _codes(story.summary, summary.places)
    if found:
        # A summary may say where in the country; it does not add other countries.
        return narrow((*found, *(code for code in further if any(above in found for above in ancestors(code)))))
    # Who publishes it says nothing of where it is: nowhere named is an unknown area, which may concern anybody.
    return narrow(further)


def _codes(text: str, places: tuple[PlaceMention, ...]) -> tuple[str, ...]:
    """Where it happens: places after a word of place ("in Valencia") or before a colon, else every place named."""
    where = [place for place in places if _is_where(text, place)]
    chosen = where or list(places)
    sure = {code[:2] for place in chosen if len(place.regions) == 1 for code in place.regions}
    codes: set[str] = set()
    for place in chosen:
        # Georgia is a country and a state: the one that lies where the other places lie, else both may be meant.
        near = [code for code in place.regions if code[:2] in sure]
        codes.update(near or place.regions)
    return tuple(sorted(codes))


def _is_where(text: str, place: PlaceMention) -> bool:
    """ "In a US drone strike": who acts is not where it happens."""
    if _ACTOR.match(text[place.end :]):
        return False
    return _WHERE.search(text[: place.start]) is not None or (place.start == 0 and text[place.end :].startswith(":"))


def narrow(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Sorted, without the regions that contain another one of them: the story of a city names its country too."""
    wider = {above for code in codes for above in ancestors(code)}
    return tuple(sorted(set(codes) - wider))
