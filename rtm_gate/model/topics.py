"""The names of the standard topics, two levels deep: `topic is tragedy` means tragedy and everything below it.

`risk` says what a brand stands to lose beside it, in the words of a trigger's risk. `iab` is the id of the sensitive topic in the
IAB Content Taxonomy 3.1 that the topic falls under, empty where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class TopicName:
    """`contrast` topics are never sensitive; they make the words beside them harmless, and have no `risk`: high, medium or low."""

    title: str
    contrast: bool = False
    iab: str = ""
    risk: str = ""


_SEX, _ARMS, _HARM, _DEATH, _HATE, _PROFANE, _DRUGS, _TERROR, _DEBATED = (
    "Rm3SiT", "avbNf2", "XtODT3", "I4GWl6", "HxqYV1", "j9PaO9", "pg0WhF", "8FD8nI", "Z7rJBM",
)  # fmt: skip

TOPICS: Mapping[str, TopicName] = MappingProxyType(
    {
        "tragedy": TopicName("Tragedy", iab=_DEATH, risk="high"),
        "tragedy.shooting": TopicName("Shooting", iab=_DEATH, risk="high"),
        "tragedy.crash": TopicName("Crash", iab=_DEATH, risk="high"),
        "tragedy.fire": TopicName("Fire", iab=_DEATH, risk="high"),
        "tragedy.collapse": TopicName("Collapse", iab=_DEATH, risk="high"),
        "tragedy.accident": TopicName("Accident", iab=_DEATH, risk="high"),
        "terror": TopicName("Terror", iab=_TERROR, risk="high"),
        "disaster": TopicName("Disaster", iab=_DEATH, risk="high"),
        "disaster.quake": TopicName("Earthquake or tsunami", iab=_DEATH, risk="high"),
        "disaster.flood": TopicName("Flood", iab=_DEATH, risk="high"),
        "disaster.storm": TopicName("Storm", iab=_DEATH, risk="high"),
        "disaster.wildfire": TopicName("Wildfire", iab=_DEATH, risk="high"),
        "disaster.volcano": TopicName("Volcano", iab=_DEATH, risk="high"),
        "disaster.other": TopicName("Other disaster", iab=_DEATH, risk="high"),
        "war": TopicName("War", iab=_DEATH, risk="high"),
        "unrest": TopicName("Unrest", iab=_HARM, risk="high"),
        "death": TopicName("Death of a person", iab=_DEATH, risk="high"),
        "health": TopicName("Health outbreak", iab=_DEATH, risk="high"),
        "politics": TopicName("Politics", iab=_DEBATED, risk="high"),
        "politics.election": TopicName("Election", iab=_DEBATED, risk="high"),
        "politics.policy": TopicName("Debated policy", iab=_DEBATED, risk="high"),
        "politics.figure": TopicName("Political figure", iab=_DEBATED, risk="high"),
        "justice": TopicName("Crime and justice", iab=_HARM, risk="medium"),
        "justice.trial": TopicName("Trial", iab=_HARM, risk="medium"),
        "justice.verdict": TopicName("Verdict", iab=_HARM, risk="medium"),
        "justice.police": TopicName("Police violence", iab=_HARM, risk="high"),
        "movement": TopicName("Social movement", iab=_DEBATED, risk="high"),
        "gender": TopicName("Gender and sexuality", iab=_DEBATED, risk="high"),
        "religion": TopicName("Religion", iab=_DEBATED, risk="medium"),
        "remembrance": TopicName("Remembrance", iab=_DEATH, risk="high"),
        "hate": TopicName("Hate", iab=_HATE, risk="high"),
        "profanity": TopicName("Profanity", iab=_PROFANE, risk="medium"),
        "sex": TopicName("Sexual content", iab=_SEX, risk="high"),
        "drugs": TopicName("Drugs, alcohol and tobacco", iab=_DRUGS, risk="medium"),
        "weapons": TopicName("Weapons", iab=_ARMS, risk="high"),
        "claim": TopicName("Claims", risk="medium"),
        "claim.comparative": TopicName("Comparative claim", risk="medium"),
        "claim.medical": TopicName("Medical claim", risk="medium"),
        "claim.financial": TopicName("Financial claim", risk="medium"),
        "claim.environmental": TopicName("Environmental claim", risk="medium"),
        "claim.superlative": TopicName("Superlative claim", risk="medium"),
        "finance": TopicName("Financial distress", risk="medium"),
        "layoffs": TopicName("Layoffs", risk="medium"),
        "recall": TopicName("Recall or product safety", risk="high"),
        "brand_crisis": TopicName("Crisis of a brand", risk="high"),
        "outage": TopicName("Outage", risk="low"),
        "weather": TopicName("Ordinary weather", risk="low"),
        "sport": TopicName("Sport", contrast=True),
        "film": TopicName("Film and television", contrast=True),
        "market": TopicName("Markets", contrast=True),
        "food": TopicName("Food", contrast=True),
        "games": TopicName("Games", contrast=True),
    }
)

GRAVE = frozenset({"tragedy", "disaster", "war", "terror", "health", "unrest"})
"""Tops whose situations may silence a brand; unrest only with dead, which the facts room sees to."""

DEBATED = frozenset({"politics", "war", "unrest", "justice", "movement", "gender"})
"""Tops about which people are divided."""

PAINFUL = GRAVE | DEBATED | {"death", "remembrance", "hate"}
"""Tops under whose tags people speak of what hurt them."""

BAD_NEWS = frozenset(
    {"brand_crisis", "layoffs", "recall", "outage", "finance", "justice", "health", "tragedy", "disaster", "unrest", "hate", "gender", "movement"}
)
"""Topics whose words are bad news beside a company's name, in whatever sense they would be read elsewhere."""
