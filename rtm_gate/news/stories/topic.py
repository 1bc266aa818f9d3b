"""What a story is about, by its words: the gravest thing meant literally, made exact by its setting, unless the kind of message excuses it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rtm_gate.model.analysis import Analysis, Mention
from rtm_gate.model.news import Alert, Casualties, Story
from rtm_gate.model.topics import GRAVE, TOPICS
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.signals import has_score, is_about_a_work, is_drill, is_legal, is_light, is_remembering, kills_now, looks_back
from rtm_gate.news.stories.grades import HARMLESS, MANY_DEAD, at_least_major, gravity
from rtm_gate.news.stories.hazards import ORDINARY, hazard_of

_EVENTS = frozenset({"terror", "war", "unrest", "health"})
# Words like "killed" and "death toll" go with every event and name none.
_GENERAL = frozenset({"tragedy", "disaster", "death"})
_CONSEQUENCES = frozenset({"tragedy.collapse", "tragedy.accident", "tragedy.fire"})
_SPREADING = frozenset({"war", "unrest"})
_CATCH_ALL = frozenset({"tragedy.accident", "disaster.other"})
_OF_CRIME = frozenset({"tragedy", "terror", "death", "unrest", "justice", "gender"})
# Rows whose words belong to a family, and in the news tell of less: a blast need be no bomb, and where refugees are the war is not.
_LESS = {"terror.blast": "tragedy", "war.refugees": "politics.policy"}
_MAY_BE = re.compile(r"\b(?:could|would|might|may|can)\s+(?:\w+\s+)?$", re.IGNORECASE)
# A tag of an event tells of it; the tag of a country or a cause (#Ukraine, #MeToo) goes with anything.
_TOLD_BY_TAG = ("tragedy.", "disaster.", "terror")
_STANDARD = frozenset(map(top_of, TOPICS))


@dataclass(frozen=True, slots=True)
class _Kind:
    """A row of `kinds.toml`."""

    topic: str
    said: frozenset[str]
    what: re.Pattern[str]
    setting: re.Pattern[str]
    unless: re.Pattern[str]

    def fits(self, said: str, words: str) -> bool:
        return said in self.said and all(pattern.search(words) for pattern in (self.what, self.setting)) and not self.unless.search(words)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\s*\n\s*", "", text), re.IGNORECASE)


_KINDS = tuple(
    _Kind(row["topic"], frozenset(row["said"]), *(_pattern(row[name]) for name in ("what", "setting", "unless")))
    for row in tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))["kind"]
)


def topic_of(story: Story, title: Analysis, summary: Analysis, dead: Casualties) -> str:
    """The topic of a story whose title and summary were read; empty for one without a sensitive topic."""
    said = _said(title, story.title) or _said(summary, story.summary)
    if story.alert:
        return _topic_of_alert(story, story.alert, said)
    words = story.title
    counted = dead.dead is not None or dead.dozens or dead.several
    # "Gunman kills 12 at premiere of new film": people killed now outrank every word that makes a headline harmless.
    killed_now = counted and kills_now(words)
    if not killed_now and (is_drill(words) or is_about_a_work(words)):
        return ""
    if not killed_now and is_remembering(words):
        return "remembrance" if said else ""
    if said == "health" and _named(title, summary, "death") and not counted:
        # One person dies of an illness: that is a death, no outbreak.
        return "death"
    in_court = not killed_now and said != "" and is_legal(words) and top_of(said) in _OF_CRIME
    if not killed_now and not in_court and looks_back(words, story.published.year):
        return "remembrance" if said else ""
    if not counted and (_light(story) or has_score(words)):
        # "Massacre at the Garden", "bomb at the box office": only people counted dead make such a page grave.
        return ""
    if in_court:
        return said if top_of(said) == "justice" else _named(title, summary, "justice") or "justice.trial"
    return _of_policy(title, said) or _exact(_with_deaths(said, words, dead, killed_now) if counted else said, words)


def _said(found: Analysis, text: str) -> str:
    """The gravest topic meant literally, the cause before what it did: a deadly earthquake is an earthquake, a riot in which shops burn a riot."""
    topics = {_LESS.get(hit.term, hit.topic) for hit in _literal(found) if not (hit.topic in _GENERAL and _MAY_BE.search(text[: hit.start]))}
    events = {topic for topic in topics if topic in _EVENTS or topic.startswith(("tragedy.", "disaster."))}
    if events & _SPREADING or any(topic.startswith("disaster.") for topic in events):
        events -= _CONSEQUENCES
    if events:
        topics -= _GENERAL
        topics = {topic for topic in topics if topic in events or top_of(topic) not in ("tragedy", "disaster")}
    return _first(topics) or _first(tag.topic for tag in found.hashtags if tag.topic.startswith(_TOLD_BY_TAG))


def _literal(found: Analysis) -> list[Mention]:
    return [hit for hit in found.mentions if hit.literal and not hit.negated and top_of(hit.topic) not in HARMLESS]


def _first(topics: Iterable[str]) -> str:
    """The gravest; of one family the more exact name: `tragedy.shooting` before `tragedy`, and what is left over last."""
    return min(topics, key=lambda topic: (gravity(topic), "." not in topic, topic in _CATCH_ALL, topic), default="")


def _of_policy(title: Analysis, said: str) -> str:
    """A topic that the policy defines, where its terms cover at least as many words as what else was said. What is grave outranks it, or a
    brand that writes down its words for ferries would not hear that one sank."""
    hits = _literal(title)
    own = [hit for hit in hits if top_of(hit.topic) not in _STANDARD]
    if not own or top_of(said) in GRAVE:
        return ""
    best = min({hit.topic for hit in own}, key=lambda topic: (-_words(own, {topic}), topic))
    return best if _words(own, {best}) >= _words(hits, {said}) else ""


def _words(hits: Iterable[Mention], topics: Collection[str]) -> int:
    return sum(len(hit.text.split()) for hit in hits if hit.topic in topics)


def _with_deaths(said: str, words: str, dead: Casualties, killed_now: bool) -> str:
    """ "Heatwave kills 100": ordinary weather, and many a word that is no event, until people die of it."""
    if said and said not in _GENERAL and not (killed_now and top_of(said) not in GRAVE):
        return said
    hazard = hazard_of(words)
    if hazard is not None and hazard.topic.startswith("disaster."):
        return hazard.topic
    if said == ORDINARY:
        return "disaster.other"
    many = (dead.dead or MANY_DEAD) >= MANY_DEAD
    return said if said in ("tragedy", "disaster") else "tragedy" if many else "death"


def _exact(said: str, words: str) -> str:
    return next((kind.topic for kind in _KINDS if kind.fits(said, words)), said)


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
    return is_light(" ".join((re.sub(r"[-_]", " ", story.source), *story.categories, *path.split()[:2])))
