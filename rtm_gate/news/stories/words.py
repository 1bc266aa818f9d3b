"""The content words of a headline, by which stories of one event find each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rtm_gate.vocabulary.regions import written_names
from rtm_gate.vocabulary.words import function_words, share_of


def words_of(text: str) -> frozenset[str]:
    """A word list as it is written in the source."""
    return frozenset(text.split())


_SPOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_ENDINGS = ("ings", "ing", "ed", "es", "s")
_LINK = re.compile(r"https?:\S*")
_OWNER = re.compile(r"['’][sS]?$")
_MOST, _DENSER = 0.007, 2.0
_WORD = re.compile(r"[#@]?[^\W_]+(?:['’][^\W_]+)*")

_FUNCTION = words_of("""
    a about above after again against all also am an and any are as at be because been before being below between both but by can could did do
    does doing down during each few for from further had has have having he her here hers him his how i if in into is it its just may me might
    more most must my no nor not now of off on once only or other our out over own per said same say says she should since so some such than that
    the their them then there these they this those through to too toward towards under until up upon us very via was we were what when where
    which while who whom why will with within without would yet you your
""")

# Words of news itself, which say nothing about the event.
_OF_NEWS = words_of("""
    amid breaking update updates updated live latest news report reports reported reporter video watch photos pictures exclusive opinion analysis
    explained explainer year years day days week weeks month months hour hours today tomorrow yesterday tonight morning monday tuesday wednesday
    thursday friday saturday sunday january february march april june july august september october november december first last new old latest
    big top best worst high low back still next late early one two three four five six seven eight nine ten dozen dozens scores hundreds thousands
    people person man woman men women child children official officials authorities police government state states city county country local
    national world get gets got make makes made take takes took set sets put puts come comes came go goes went see sees show shows tell tells told
    call calls called face faces hit hits dead death deaths dies died die killed kills kill killing toll rises rise climbs injured injure wounded
    least near nearly major deadly fatal alert warning rt
""")

_COMMON = _FUNCTION | _OF_NEWS


def tokens_of(text: str) -> frozenset[str]:
    """Lower-case words that tell something, plural and possessive endings off: of three letters or more, or of two capitals ("GM").

    Numbers are left out.
    """
    shouted = text.isupper()
    found = set()
    for match in _WORD.finditer(_LINK.sub(" ", text)):
        written = _OWNER.sub("", match.group()).lstrip("#@")
        word = written.lower()
        short = len(word) < 3 and word.isascii() and (shouted or len(word) < 2 or not written.isupper())
        if word in _COMMON or short or word.isdecimal():
            continue
        stem = _stem(word)
        if stem not in _COMMON:
            found.add(stem)
    return frozenset(found)


def _stem(word: str) -> str:
    """Enough to join floods, flood and flooding; not linguistics."""
    if not word.isascii() or len(word) < 5:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=65_536)
def chance_of(feature: str) -> float:
    """How likely a word of a headline is this one (a token, or a tag): from its use in running English.

    A headline is denser than a sentence, so that its words, all but the function words, are about twice as frequent.
    """
    word = feature.lstrip("#")
    if word in function_words():
        return _MOST
    return min(_MOST, _DENSER * max(share_of(word), max(share_of(word + ending) for ending in _ENDINGS)))


def spoken(texts: Iterable[str]) -> str:
    """Texts as lower-case words between single spaces, so that ` a name ` is found as whole words; possessives are left off."""
    words = (word for text in texts for word in _SPOKEN.findall(text.lower().replace("’", "'").replace("'s ", " ")))
    return f" {' '.join(words)} "


@lru_cache(maxsize=1)
def country_words() -> frozenset[str]:
    """Names of countries and their peoples that are one word, as `tokens_of` gives them."""
    names = (name.text for name in written_names() if " " not in name.text and any("-" not in code for code in name.codes))
    return frozenset().union(*map(tokens_of, names))
