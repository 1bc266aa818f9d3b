"""Phrases that say what kind of message a text is: a test, a drill, a false alarm, an anniversary, a review, a rumour."""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_REAL = _any(r"\bnot (?:just )?an? (?:\w+ )?(?:drill|test|exercise)\b", r"\bno drill\b")
_TEST_EVENT = _any(r"\btest\b", r"\bpractice\b", r"\bdemo\b", r"\bexercise\b", r"\bdrill\b")
_TEST_WORDS = _any(
    r"test[ _]purposes[ _]only",
    r"\bthis (?:is|was) (?:only |just )?a (?:\w+ ){0,2}test\b",
    r"\btest (?:message|alert|warning|only)\b",
    r"\b(?:monthly|weekly|periodic|routine|communications?) test\b",
    r"\bexercise,? exercise\b",
    r"\bthis is (?:only |just )?an? (?:\w+ )?(?:exercise|drill)\b",
    r"^\W*test\b\W+(?:test\b|the\b|of\b)?",
    r"\bplease (?:ignore|disregard) this (?:test|message)\b",
)
_DRILL_STORY = _any(
    r"\bsimulations?\b",
    r"\bdrills?\b(?! (?:bit|down|sergeant|team|rig|ship|hole|site))",
    r"\b(?:mock|simulated|staged) (?:\w+ ){0,3}(?:attack|disaster|crash|emergency|shooting|exercise|evacuation|quake|earthquake|explosion|outbreak)\b",
    r"\b(?:training|emergency|disaster|preparedness|military|full-scale|tabletop) exercises?\b",
    r"\b(?:siren|alert|warning) (?:system )?tests?\b",
    r"\btests? of (?:the |its )?(?:\w+ ){0,3}(?:alert|warning|siren)s?\b",
)
_FALSE_ALARM = _any(
    r"\bfalse alarms?\b",
    r"\bthere is no (?:\w+ ){0,2}(?:threat|danger|emergency)\b",
    r"\bno (?:missile|tsunami|active|credible|ongoing) (?:\w+ ){0,2}(?:threat|danger|shooter|shooting|emergency)\b",
    r"\b(?:sent|issued|sounded|triggered) (?:in error|by mistake|mistakenly|erroneously)\b",
    r"\b(?:disregard|ignore) (?:the )?(?:previous|earlier|last|prior) (?:\w+ ){0,2}(?:message|alert|warning)\b",
    r"\b(?:erroneous|mistaken|accidental) (?:\w+ )?(?:alert|alarm|warning)\b",
    r"\b(?:turned out|proved|proves|was|were|is) (?:to be )?a hoax\b",
    r"\bhoax (?:call|threat|alert)\b",
    r"\bswatting\b",
)
_LOOKING_BACK = _any(
    r"\bdocumentar(?:y|ies)\b",
    r"\brevisit(?:s|ed|ing)\b",
    r"\b9/11\b",
    r"\banniversar(?:y|ies)\b",
    r"\bon this day\b",
    r"\bthis day in history\b",
    r"\bcentenary\b",
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty) (?:years|decades) (?:ago|on\b|after|later|since)",
    r"\b(?:a|one) (?:year|decade) (?:ago|on\b|after|later|since)",
    r"\b(?:decades|years) (?:after|later|since)\b",
    r"\b(?:look|looking) back (?:at|on)\b",
    r"\b(?:memorial|remembrance|memory) (?:day|sunday|ceremony) (?:for|marks|honou?rs|recalls)\b.*\b(?:19|20)\d\d\b",
    r"\bcommemorat\w+",
)
_OF_A_YEAR = re.compile(
    r"\b(?:remember\w*|recall(?:s|ing)|memorial|honou?r\w*|marks?|tributes?|victims of the|story of the)\b.*?\b((?:19|20)\d\d)\b", re.IGNORECASE
)
_OLD_EVENT = re.compile(
    r"(?<!since )(?<!from )(?<!than )\b((?:19|20)\d\d) (?:[\w'’-]+ ){0,4}?(?:bombings?|attacks?|shootings?|massacre|crash|disaster|fire|blaze|earthquake|quake"
    r"|tsunami|floods?|hurricane|riots?|genocide|killings?|murders?|stabbings?|collapse|explosion)\b",
    re.IGNORECASE,
)
_ABOUT_A_WORK = _any(
    r"^\W*(?:film |book |tv |album |game |theatre |music )?review\b",
    r"\breview:",
    r"\b(?:new|upcoming|latest) (?:\w+ ){0,2}(?:film|movie|novel|album|series|documentary|podcast|musical|video game)\b",
    r"\b(?:trailer|box office|sequel|prequel|season finale|series finale|episode \d+|soundtrack|bestseller)\b",
    r"\b(?:crossword|quiz|horoscope|recipe|recap)\b",
)
_RUMOUR = _any(r"\bunconfirmed\b", r"\brumou?r(?:s|ed)?\b", r"\bunverified\b")
_SCORE = _any(r"\b\d{1,3}[-–]\d{1,3}\b(?!\s*(?:year|day|hour|week|month|mile|km|metre|meter|point plan))")
_EVERYWHERE = _any(
    r"(?<!trending )(?<!trends )\bworld-?wide\b", r"\baround the world\b", r"\bacross the (?:world|globe)\b", r"\bglobal(?:ly)?\b", r"\bpandemic\b"
)
_LEGAL = _any(
    r"\bjur(?:y|ors?)\b",
    r"\bverdict\b",
    r"\b(?:on|in|murder|fraud|criminal|court) trial\b",
    r"\btrial\b(?! (?:run|version|period))",
    r"\b(?:sentenc|convict|acquitt?)\w*",
    r"\bpleads?\b|\bpleaded\b",
    r"\b(?:not )?guilty\b",
    r"\b(?:faces?|appears? in|appeared in|in|before a|heads? to|back in) court\b|\bcourt (?:hears|heard|told|hearing|appearance|date)\b",
    r"\bstands? trial\b",
    r"\b(?:supreme|appeals?|high|federal|district) court\b",
    r"\blawsuit\b|\bsues\b|\bsued\b",
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


def looks_back(words: str, year: int) -> bool:
    """An anniversary or a look back: the event is past, remembering is what happens now (in `year`)."""
    named = _OF_A_YEAR.search(words) or _OLD_EVENT.search(words)
    return bool(_LOOKING_BACK.search(words)) or (named is not None and int(named[1]) < year - 1)


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
