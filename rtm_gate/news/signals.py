"""Phrases that say what kind of message a text is: a test, a drill, a false alarm, an anniversary, a review, a rumour.

The phrases, in several languages, are in `signals.toml`.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_PHRASES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _any(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for patterns in _PHRASES[kind].values() for pattern in patterns), re.IGNORECASE)


_REAL, _TEST_EVENT, _TEST_WORDS, _DRILL_STORY = _any("real"), _any("test_event"), _any("test_words"), _any("drill_story")
_FALSE_ALARM, _RUMOUR, _EVERYWHERE, _LEGAL = _any("false_alarm"), _any("rumour"), _any("everywhere"), _any("legal")
_REMEMBERING, _LOOKING_BACK, _ABOUT_A_WORK = _any("remembering"), _any("looking_back"), _any("about_a_work")
_KILLS_NOW, _LARGE, _SMALL, _LIGHT = _any("kills_now"), _any("large"), _any("small"), _any("light")
_OF_A_YEAR = re.compile(
    r"\b(?:remember\w*|recall(?:s|ing)|memorial|honou?r\w*|marks?|tributes?|victims of the|story of the)\b.*?\b((?:19|20)\d\d)\b", re.IGNORECASE
)
_OLD_EVENT = re.compile(
    r"(?<!since )(?<!from )(?<!than )\b((?:19|20)\d\d) (?:[\w'’-]+ ){0,4}?(?:bombings?|attacks?|shootings?|massacre|crash|disaster|fire|blaze|earthquake|quake"
    r"|tsunami|floods?|hurricane|riots?|genocide|killings?|murders?|stabbings?|collapse|explosion)\b",
    re.IGNORECASE,
)
# Not a date (2012-05-20), a telephone number (1-617-635), or a range of something measured.
_SCORE = re.compile(
    r"(?<![\w$£€.,/:+-])\d{1,3}[-–]\d{1,3}(?![\w/–-]|[.,:]\d|\s*(?:years?|days?|hours?|weeks?|months?|minutes?|miles?|km|kilomet|met(?:re|er)s?|feet|ft"
    r"|inch(?:es)?|mm|cm|acres?|hectares?|point plan|people|persons|dead|deaths|killed|injured|missing|homes|houses|mph|knots|degrees|percent|%))",
    re.IGNORECASE,
)


def is_test(event: str, words: str) -> bool:
    """A test or exercise message by its own account; `this is not a drill` says the contrary and wins."""
    if _REAL.search(words):
        return False
    return bool(_TEST_EVENT.search(event) or _TEST_WORDS.search(words))


def is_drill(words: str) -> bool:
    """A story about a drill."""
    return not _REAL.search(words) and bool(_DRILL_STORY.search(words))


def is_false_alarm(words: str) -> bool:
    return bool(_FALSE_ALARM.search(words))


def is_remembering(words: str) -> bool:
    """An anniversary, a ceremony: the event is past, whatever else is said."""
    return bool(_REMEMBERING.search(words))


def looks_back(words: str, year: int) -> bool:
    """An anniversary or a look back: the event is past, remembering is what happens now (in `year`)."""
    named = _OF_A_YEAR.search(words) or _OLD_EVENT.search(words)
    return is_remembering(words) or bool(_LOOKING_BACK.search(words)) or (named is not None and int(named[1]) < year - 1)


def is_about_a_work(words: str) -> bool:
    """A film, a book, a game, a quiz."""
    return bool(_ABOUT_A_WORK.search(words))


def is_rumour(words: str) -> bool:
    return bool(_RUMOUR.search(words))


def has_score(words: str) -> bool:
    """A result like 9-0."""
    return bool(_SCORE.search(words))


def is_everywhere(words: str) -> bool:
    return bool(_EVERYWHERE.search(words))


def is_legal(words: str) -> bool:
    """What happens is in a court, whatever was done before."""
    return bool(_LEGAL.search(words))


def kills_now(words: str) -> bool:
    """People die in what is told, not before it."""
    return bool(_KILLS_NOW.search(words))


def is_large(words: str) -> bool:
    """Large, even where nobody has counted yet."""
    return bool(_LARGE.search(words))


def is_small(words: str) -> bool:
    return bool(_SMALL.search(words))


def is_light(section: str) -> bool:
    """A section of play, art, food or money."""
    return bool(_LIGHT.search(section))
