"""How many people a text says have died. Counts are read from words; what is not said of people who died now is left alone."""

from __future__ import annotations

import re

from rtm_gate.model.news import Casualties
from rtm_gate.news.stories.tolls import foreign_toll


def _in_order(text: str) -> list[str]:
    return text.split()


_SMALL = _in_order(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty "
    "thirty forty fifty sixty seventy eighty ninety"
)
_NUMBERS = {word: number + 1 for number, word in enumerate(_SMALL[:20])} | {word: 10 * (number + 3) for number, word in enumerate(_SMALL[20:])}
_NUMBERS |= {"a dozen": 12, "hundred": 100, "a hundred": 100, "couple": 2, "a couple": 2}

_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUM = rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](?:{'|'.join(_SMALL[:9])})|(?:{_WORD})\b)"
_NOT_COUNT = (
    r"(?![-\s]?(?:year|yr|month|week|day|hour|minute|mile|km|kilomet|met(?:re|er)|mph|feet|foot|percent|per cent|million|billion|%|st\b|nd\b"
    r"|rd\b|th\b)|[.:,]\d|\s*%|-\d)"
)
_ABOUT = r"(?:at least|more than|over|nearly|almost|about|around|some|up to|as many as|an estimated|all|another|the|his|her|their|family of|group of)"
_WHO = (
    r"(?:\s+(?!(?:and|but|as|in|on|at|to|of|for|from|with|after"
    r"|hurt|injured|wounded|missing|arrested|others?|who|that|which|suspects?|gunm[ae]n|attackers?|assailants?)\b)[a-z][\w'-]*){0,3}?"
)

_KILL = r"(?:kill(?:s|ed|ing)?|slain|slays?|slaying|murder(?:s|ed)?|massacr(?:es|ed))"
_DEAD = (
    r"(?:dead|killed|slain|murdered|die[ds]?|dying|perish(?:ed)?|drown(?:s|ed)?|lost their lives|fatally \w+|feared dead|presumed dead"
    r"|confirmed dead|found dead)"
)
_HOLD = r"(?:\s+(?:are|is|were|was|have|has|been|reported|reportedly|feared|presumed|confirmed|left|now|people|believed|found))*"

_COUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_KILL}\s+(?:{_ABOUT}\s+)*{_NUM}{_NOT_COUNT}",
        rf"\bclaim(?:s|ed|ing)?\s+(?:the\s+lives\s+of\s+)?(?:{_ABOUT}\s+)*{_NUM}\s+lives\b",
        rf"\blives\s+of\s+(?:{_ABOUT}\s+)*{_NUM}{_NOT_COUNT}",
        rf"\bleav(?:es|ing|e)\s+(?:{_ABOUT}\s+)*{_NUM}{_WHO}\s+(?:dead|killed)\b",
        rf"(?<![\w.,:$£€-]){_NUM}{_NOT_COUNT}{_WHO}(?:\s+(?:on board|aboard))?{_HOLD}\s+{_DEAD}\b(?!\s+(?:heat|end|sea|zone|line))",
        rf"(?<![\w.,:$£€-]){_NUM}{_NOT_COUNT}\s+(?:\w+\s+)?(?:deaths|fatalities|bodies|corpses)\b",
        rf"\b(?:death toll|deaths|toll|fatalities|number of dead)\b[^.;]{{0,90}}?\b(?:to|at|of|reache[sd]|reaching|passe[sd]|top(?:s|ped)|hits?"
        rf"|exceed(?:s|ed)|stands at|is|now|over)\s+"
        rf"(?:{_ABOUT}\s+)*{_NUM}{_NOT_COUNT}",
        rf"\b(?:death toll|deaths|fatalities)\b[^.;:]{{0,50}}:\s*{_NUM}{_NOT_COUNT}",
    )
)
_DOZENS = re.compile(
    rf"\b(?:dozens|scores|hundreds|thousands)\b(?:\s+of)?{_WHO}{_HOLD}\s+{_DEAD}\b"
    rf"|\b{_KILL}\s+(?:{_ABOUT}\s+)*(?:dozens|scores|hundreds|thousands)\b"
    r"|\bleav(?:es|ing|e)\s+(?:dozens|scores|hundreds|thousands)\s+(?:\w+\s+){0,2}dead\b"
    r"|\b(?:dozens|scores|hundreds|thousands) of (?:deaths|fatalities|bodies)\b|\bmass (?:deaths|fatalities|casualt(?:y|ies))\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    rf"\b(?:several|multiple|many|a number of|numerous)\b{_WHO}{_HOLD}\s+{_DEAD}\b|\b{_KILL}\s+(?:several|multiple|many|numerous)\b"
    r"|\bleav(?:es|ing|e)\s+(?:several|many|multiple)\s+(?:\w+\s+){0,2}dead\b|\b(?:several|multiple|many|numerous) (?:deaths|fatalities)\b",
    re.IGNORECASE,
)
_DEADLY = re.compile(
    r"\b(?:deadly|fatal|fatally|death toll|fatalit(?:y|ies)|deaths?(?! (?:row|metal|star|stare|penalty|threats?|wish|bed|march to|valley|trap"
    r"|spiral))|dead(?! (?:heat|end|sea|zone|line|on|ringer|last|weight|lock))"
    r"|kills|killed|killing|dies|died|dying|perish(?:ed)?|drown(?:s|ed)|lost (?:his|her|their) li(?:fe|ves)|bodies|corpses|slain|massacre[sd]?"
    r"|murdered|victims|mourn(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\bno (?:\w+ ){0,2}(?:deaths?|fatalities|casualties|one (?:was |is |has been )?(?:killed|hurt|injured|dead)|injur(?:y|ies)|victims)\b"
    r"|\bnobody (?:was )?(?:killed|hurt|injured)\b"
    r"|\bwithout (?:casualties|injur(?:y|ies)|loss of life)\b|\bunhurt\b|\bunharmed\b|\bzero (?:deaths|fatalities)\b",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\b(?:could|would|might|may|can|will|not|never|nearly|almost|if|threat(?:en(?:s|ed|ing)?)?(?: to)?|plot(?:s|ted|ting)?(?: to)?|tr(?:y|ies"
    r"|ied|ying) to|attempt(?:s|ed)? to) (?:have )?(?:\w+ )?$|\bto $",
    re.IGNORECASE,
)
# "Probe of 13 deaths", "switch linked to 13 deaths": deaths that something else is the news of.
_OF_THE_PAST = re.compile(
    r"\b(?:probe|inquiry|inquest|investigations?|lawsuits?|settlement|trial|suspected|accused|convicted|guilty|charged)\b[^,;:]{0,12}"
    r"\b(?:of|in|into|over|for)\s+(?:\w+ )?$"
    r"|\b(?:linked|tied|related|connected|attributed|due) to (?:\w+ ){0,2}$|\bblamed (?:for|in) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_BEASTS = re.compile(
    r"^\W*(?:(?!(?:as|after|when|while|in|by|from|because)\b)\w+\s+){0,2}(?:animals?|bees?|birds?|cats?|cattle|chickens?|cows?|deer|dogs?|dolphins?|ducks?|elephants?|fish|geese|hens?|horses?"
    r"|livestock|pigs?|poultry|salmon|seals?|sharks?|sheep|trees?|turkeys?|whales?|jobs|germs|bacteria)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def casualties(text: str, year: int) -> Casualties:
    """Reads every sentence but those that speak of an earlier year than `year`."""
    dead: list[int] = []
    dozens = several = deadly = none = False
    for sentence in _SENTENCE.split(text):
        if any(int(found) < year for found in _YEAR.findall(sentence)):
            continue
        for pattern in _COUNTS:
            dead += [number for found in pattern.finditer(sentence) if (number := _count(sentence, found))]
        none = none or _NONE.search(sentence) is not None
        bare = _NONE.sub(" ", sentence)
        dozens = dozens or _real(_DOZENS, bare)
        several = several or _real(_SEVERAL, bare)
        deadly = deadly or _real(_DEADLY, bare)
        abroad = foreign_toll(sentence)
        dead += [abroad.dead] if abroad.dead else []
        dozens, several, deadly, none = dozens or abroad.dozens, several or abroad.several, deadly or abroad.deadly, none or abroad.none
    return Casualties(max(dead, default=None), dozens, several, deadly or bool(dead), none and not dead)


def _real(pattern: re.Pattern[str], sentence: str) -> bool:
    return any(not _UNREAL.search(sentence[: found.start()]) and not _BEASTS.search(sentence[found.end() :]) for found in pattern.finditer(sentence))


def _count(sentence: str, found: re.Match[str]) -> int:
    """The number of a match; 0 where it counts something else: animals, ages, what might happen, an age at death."""
    before, after = sentence[: found.start()], sentence[found.end("n") :]
    if _UNREAL.search(before) or _BEASTS.search(after) or re.search(r"\b(?:aged?|at|no|number|route|flight|world war) $", before, re.IGNORECASE):
        return 0
    if _OF_THE_PAST.search(before):
        return 0
    if re.match(r"\s+(?:years?|others?)\b", after) and "year" in after[:8]:
        return 0
    text = re.sub(r"\s+", " ", found["n"].lower())
    if text.replace(",", "").isdecimal():
        number = int(text.replace(",", ""))
        # A bare year may stand where a count could; a count of that size is written with a comma.
        return 0 if 1900 <= number <= 2100 and "," not in text else number
    if text in _NUMBERS:
        return _NUMBERS[text]
    tens, _, ones = re.sub(r"[- ]", " ", text).partition(" ")
    return _NUMBERS.get(tens, 0) + _NUMBERS.get(ones, 0)
