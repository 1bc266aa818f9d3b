"""The names of the standard topics, two levels deep: `topic is tragedy` means tragedy and everything below it.

`iab` is the id of the sensitive topic in the IAB Content Taxonomy 3.1 that the topic falls under, empty where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class TopicName:
    """`contrast` topics are never sensitive; they make the words beside them harmless."""

    title: str
    contrast: bool = False
    iab: str = ""


_SEX, _ARMS, _HARM, _DEATH, _HATE, _PROFANE, _DRUGS, _TERROR, _DEBATED = (
    "Rm3SiT", "avbNf2", "XtODT3", "I4GWl6", "HxqYV1", "j9PaO9", "pg0WhF", "8FD8nI", "Z7rJBM",
)  # fmt: skip

TOPICS: Mapping[str, TopicName] = MappingProxyType(
    {
        "tragedy": TopicName("Tragedy", iab=_DEATH),
        "tragedy.shooting": TopicName("Shooting", iab=_DEATH),
        "tragedy.crash": TopicName("Crash", iab=_DEATH),
        "tragedy.fire": TopicName("Fire", iab=_DEATH),
        "tragedy.collapse": TopicName("Collapse", iab=_DEATH),
        "tragedy.accident": TopicName("Accident", iab=_DEATH),
        "terror": TopicName("Terror", iab=_TERROR),
        "disaster": TopicName("Disaster", iab=_DEATH),
        "disaster.quake": TopicName("Earthquake or tsunami", iab=_DEATH),
        "disaster.flood": TopicName("Flood", iab=_DEATH),
        "disaster.storm": TopicName("Storm", iab=_DEATH),
        "disaster.wildfire": TopicName("Wildfire", iab=_DEATH),
        "disaster.volcano": TopicName("Volcano", iab=_DEATH),
        "disaster.other": TopicName("Other disaster", iab=_DEATH),
        "war": TopicName("War", iab=_DEATH),
        "unrest": TopicName("Unrest", iab=_HARM),
        "death": TopicName("Death of a person", iab=_DEATH),
        "health": TopicName("Health outbreak", iab=_DEATH),
        "politics": TopicName("Politics", iab=_DEBATED),
        "politics.election": TopicName("Election", iab=_DEBATED),
        "politics.policy": TopicName("Debated policy", iab=_DEBATED),
        "politics.figure": TopicName("Political figure", iab=_DEBATED),
        "justice": TopicName("Crime and justice", iab=_HARM),
        "justice.trial": TopicName("Trial", iab=_HARM),
        "justice.verdict": TopicName("Verdict", iab=_HARM),
        "justice.police": TopicName("Police violence", iab=_HARM),
        "movement": TopicName("Social movement", iab=_DEBATED),
        "gender": TopicName("Gender and sexuality", iab=_DEBATED),
        "religion": TopicName("Religion", iab=_DEBATED),
        "remembrance": TopicName("Remembrance", iab=_DEATH),
        "hate": TopicName("Hate", iab=_HATE),
        "profanity": TopicName("Profanity", iab=_PROFANE),
        "sex": TopicName("Sexual content", iab=_SEX),
        "drugs": TopicName("Drugs, alcohol and tobacco", iab=_DRUGS),
        "weapons": TopicName("Weapons", iab=_ARMS),
        "claim": TopicName("Claims"),
        "claim.comparative": TopicName("Comparative claim"),
        "claim.medical": TopicName("Medical claim"),
        "claim.financial": TopicName("Financial claim"),
        "claim.environmental": TopicName("Environmental claim"),
        "claim.superlative": TopicName("Superlative claim"),
        "finance": TopicName("Financial distress"),
        "layoffs": TopicName("Layoffs"),
        "recall": TopicName("Recall or product safety"),
        "brand_crisis": TopicName("Crisis of a brand"),
        "outage": TopicName("Outage"),
        "weather": TopicName("Ordinary weather"),
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
