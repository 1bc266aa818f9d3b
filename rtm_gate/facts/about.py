"""Whether a situation is about the brand itself, its products, or a competitor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from rtm_gate.facts.relation import PUNCTUATION
from rtm_gate.facts.scene import Scene
from rtm_gate.model.news import Situation
from rtm_gate.model.topics import BAD_NEWS
from rtm_gate.model.vocabulary import OwnName, top_of
from rtm_gate.vocabulary.names import is_handle, is_ordinary

HEADLINES_KEPT = 16_384
"""Headlines whose spelling is remembered: the same ones are held against every draft, once for each of its names."""
SHORTEST_BRAND_PREFIX = 5
"""`Corona` in `Coronavirus`: a shorter prefix meets too many words."""
BUSINESS = re.compile(
    r"\b(?:customers?|shoppers?|stores?|shares|ceo|staff|workers|employees|recalls?|app|website|boss|chief|retailer|chain|brand|supermarkets?|airline|bank"
    r"|owner|fleet|flights|passengers|plant|factory|drivers|users|jobs|sales|profits?|products?|apologi[sz]es|accused|sued|fined|boycott|union|strike|data|outage|closes?|closures?|cuts?)\b",
    re.IGNORECASE,
)
ENDINGS = frozenset({"", "s", "es", "d", "ed", "ing", "er", "ers", "y", "ly", "ting", "ted"})
MODEL = re.compile(r"([^\W\d_])(\d)")
PRODUCT_TOPICS = frozenset({"", "recall", "tragedy", "health", "brand_crisis"})
"""News in which a name of the draft, beside the brand's, is taken for its product; an empty topic is not known to be harmless."""


def about_ours(situation: Situation, scene: Scene) -> str:
    """own_product, own_brand, competitor or empty: a whole word of a headline, or a brand name that begins one."""
    own = scene.own
    titles = [read.story.title for read in situation.stories]
    words = spelled(" ".join(titles))
    brand = _any_is_named(own.brands, titles)
    named = brand and top_of(situation.topic) in PRODUCT_TOPICS and _names_a_model(scene, words)
    if named or _any_is_named(own.products, titles):
        return "own_product"
    if brand or any(_begins_a_word(spelling, words) for name in own.brands for spelling in name.spellings):
        return "own_brand"
    return "competitor" if _any_is_named(own.competitors, titles) else ""


def _any_is_named(names: Iterable[OwnName], titles: Sequence[str]) -> bool:
    return any(_is_named(spelling, titles) for name in names for spelling in name.spellings)


def _is_named(name: str, titles: Sequence[str]) -> bool:
    """A name in a headline. One of ordinary words (Target, Next, the Bar) has to look like a name there: written with a capital
    inside a sentence, or beside a word of business. A handle stands there with its sign."""
    if is_handle(name):
        return any(re.search(rf"(?<![\w.]){re.escape(name)}(?!\w|\.\w)", title, re.IGNORECASE) for title in titles)
    if not is_ordinary(name):
        return any(_stands_in(name, spelled(title)) for title in titles)
    return any(_looks_like_a_name(name, title) for title in titles)


def _looks_like_a_name(name: str, title: str) -> bool:
    words = title.split()
    title_case = sum(word[:1].isupper() for word in words) * 2 > len(words)
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", title):
        inside = found.start() > 0 and not title_case
        if inside or BUSINESS.search(title[found.end() :]) or BUSINESS.search(title[: found.start()]):
            return True
    return False


@lru_cache(maxsize=HEADLINES_KEPT)
def spelled(text: str) -> str:
    """Lower-case words between single spaces, letters and digits apart."""
    apart = MODEL.sub(r"\1 \2", text.lower())
    return f" {' '.join(''.join(c if c.isalnum() else ' ' for c in apart).split())} "


def _names_a_model(scene: Scene, words: str) -> bool:
    """A name of the draft that stands in the headline, or two words in a row, capitalised or numbers: `Vela GT`, `Note7` for `Note 7`."""
    brands = [spelled(spelling) for name in scene.own.brands for spelling in name.spellings]
    named = (name.key for name in scene.analysis.names if name.kind in ("name", "product"))
    if any(spelled(key) not in brands and _stands_in(key, words) for key in named):
        return True
    for part in scene.draft.text:
        apart = MODEL.sub(r"\1 \2", part).split()
        pairs = ((a.strip(PUNCTUATION), b.strip(PUNCTUATION)) for a, b in pairwise(apart))
        models = (f"{a} {b}" for a, b in pairs if a[:1].isupper() and (b[:1].isupper() or b.isdigit()))
        # Two words of the brand's own name are no model of it.
        if any(_stands_in(model, words) and not any(spelled(model) in brand for brand in brands) for model in models):
            return True
    return False


def bad_topic(situation: Situation) -> str:
    """`recall` or `brand_crisis` where a word is bad news beside a company's name, in whatever sense it would be read elsewhere; else nothing."""
    tops = {top_of(term) for read in situation.stories for term in read.terms}
    return "recall" if "recall" in tops else "brand_crisis" if tops & BAD_NEWS else ""


def _stands_in(name: str, words: str) -> bool:
    return bool(name.strip()) and spelled(name) in words


def _begins_a_word(name: str, words: str) -> bool:
    """`Corona` in `coronavirus`, but not `Target` in `targeted`: the longer word is another one, no form of the name itself."""
    squeezed = name.lower()
    if len(squeezed) < SHORTEST_BRAND_PREFIX or not squeezed.isalpha():
        return False
    return any(word.startswith(squeezed) and word[len(squeezed) :] not in ENDINGS for word in words.split())
