"""What is happening: situations with their regions and tags, and the feeds that tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from rtm_gate.facts.found import text_row
from rtm_gate.facts.relation import PUNCTUATION, Relation, relate
from rtm_gate.facts.scene import Row, Scene
from rtm_gate.model.analysis import Mention, Name, Suppressed
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.moment import seconds, stamp
from rtm_gate.model.news import CERTAINTIES, SEVERITIES, Situation, SourceHealth
from rtm_gate.model.topics import DEBATED, GRAVE, TOPICS
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.situations.life import LONGEST, QUIET
from rtm_gate.vocabulary.regions import ancestors, touch
from rtm_gate.vocabulary.words import is_frequent

GLOBAL_DEAD = 10
MAJOR = SEVERITIES.index("major")
MANY_DEAD_OR_EXTREME = SEVERITIES.index("extreme")
HEADLINES_KEPT = 16_384
"""Headlines whose spelling is remembered: the same ones are held against every draft, once for each of its names."""
SHORTEST_BRAND_PREFIX = 5
"""`Corona` in `Coronavirus`: a shorter prefix meets too many words."""
BAD_NEWS = frozenset(
    {"brand_crisis", "layoffs", "recall", "outage", "finance", "justice", "health", "tragedy", "disaster", "unrest", "hate", "gender", "movement"}
)
BUSINESS = re.compile(
    r"\b(?:customers?|shoppers?|stores?|shares|ceo|staff|workers|employees|recalls?|app|website|boss|chief|retailer|chain|brand|supermarkets?|airline|bank"
    r"|owner|fleet|flights|passengers|plant|factory|drivers|users|jobs|sales|profits?|products?|apologi[sz]es|accused|sued|fined|boycott|union|strike|data|outage|closes?|closures?|cuts?)\b",
    re.IGNORECASE,
)
ENDINGS = frozenset({"", "s", "es", "d", "ed", "ing", "er", "ers", "y", "ly", "ting", "ted"})
MODEL = re.compile(r"([^\W\d_])(\d)")
PRODUCT_TOPICS = frozenset({"", "recall", "tragedy", "health", "brand_crisis"})
"""News in which a name of the draft, beside the brand's, is taken for its product; an empty topic is not known to be harmless."""


def region_facts(scene: Scene) -> Iterator[Fact]:
    """The draft's regions and their ancestors: joined with a situation's on one side's own code at least."""
    for code, own in _with_ancestors(scene.regions):
        yield Fact("draft_region", {"key": f"draft_region:{code}", "code": code, "own": own}, "")


def situation_facts(key: str, situation: Situation, scene: Scene) -> tuple[list[Fact], dict[str, list[Row]]]:
    """The situation, its links, and the rows that show it and each of its flags; nothing when its topic is not sensitive."""
    about = about_ours(situation, scene)
    if not _sensitive(situation.topic):
        topic = _bad_topic(situation) if about.startswith("own") else ""
        if not topic:
            return [], {}
        situation = replace(situation, topic=topic)
    relation = relate(scene.analysis, scene.regions, situation, about)
    facts = [Fact("situation", _values(key, situation, relation, scene), key)]
    for code, own in _with_ancestors(situation.regions):
        facts.append(Fact("situation_region", {"key": f"{key}@{code}", "situation": key, "code": code, "own": own}, ""))
    for tag in relation.tags:
        facts.append(Fact("situation_tag", {"key": f"{key}{tag}", "situation": key, "tag": tag}, ""))
    shown = {
        key: [_situation_row(situation, relation)],
        f"{key}.touches_words": _shared_rows(relation.words, situation),
        f"{key}.touches_entity": _shared_rows(relation.names, situation),
    }
    return facts, shown


def _values(key: str, situation: Situation, relation: Relation, scene: Scene) -> dict[str, Value]:
    now = seconds(scene.now)
    rank = SEVERITIES.index(situation.severity) if situation.severity else None
    unsure = situation.state in ("watch", "false_alarm")
    values: dict[str, Value] = {
        "key": key,
        "topic": situation.topic,
        "topic_top": top_of(situation.topic),
        "state": situation.state,
        "confirmed": _live(situation, scene),
        "official": situation.official or any(read.story.alert or read.story.official for read in situation.stories),
        "alert": _alert(situation, scene),
        "unsure": unsure,
        "grave": _grave(situation, rank),
        "debated": top_of(situation.topic) in DEBATED,
        "sensitive": True,
        "global": _global(situation, rank, scene),
        "sources": situation.sources,
        "started": seconds(situation.started),
        "updated": seconds(situation.updated),
        "age": max(0, now - seconds(situation.started)),
        "about": relation.about or "none",
        "touches_words": bool(relation.words),
        "touches_entity": bool(relation.names),
        "area_known": bool(situation.regions) or situation.worldwide,
    }
    if rank is not None:
        values["severity"] = rank
    if situation.certainty is not None:
        values["certainty"] = CERTAINTIES.index(situation.certainty)
    if situation.dead is not None:
        values["dead"] = situation.dead
    if situation.ends is not None:
        values["ends"] = seconds(situation.ends)
    return values


def _alert(situation: Situation, scene: Scene) -> bool:
    """An official alert is in force: said so by an alert dialect, neither a mere watch nor past its end."""
    told = any(read.story.alert for read in situation.stories)
    return told and situation.state in ("active", "extended") and (situation.ends is None or situation.ends > scene.now)


def _live(situation: Situation, scene: Scene) -> bool:
    """Corroborated, and its silence not over; an alert that just ended is live while it tapers (rulings: life)."""
    if situation.state in ("active", "extended"):
        return True
    fresh = scene.now - situation.updated < QUIET and scene.now - situation.started < LONGEST
    return situation.state == "taper" and situation.official and fresh


def _sensitive(topic: str) -> bool:
    """A policy's own topics are sensitive; of the standard ones all but the contrast topics."""
    return bool(topic) and not (top_of(topic) in TOPICS and TOPICS[top_of(topic)].contrast)


def _grave(situation: Situation, rank: int | None) -> bool:
    """Unrest is grave with dead only, health as an outbreak (at least major); rulings: the table's first line."""
    top = top_of(situation.topic)
    if top == "unrest":
        return bool(situation.dead) or (rank is not None and rank >= MAJOR)
    if top == "health":
        return rank is not None and rank >= MAJOR
    return top in GRAVE


def _global(situation: Situation, rank: int | None, scene: Scene) -> bool:
    market = any(touch(a, b) for a in scene.policy.audience for b in situation.regions)
    return market and ((situation.dead or 0) >= GLOBAL_DEAD or rank == MANY_DEAD_OR_EXTREME)


def about_ours(situation: Situation, scene: Scene) -> str:
    """own_product, own_brand, competitor or empty: a whole word of a headline, or a brand name that begins one."""
    account = scene.draft.account
    titles = [read.story.title for read in situation.stories]
    words = _spelled(" ".join(titles))
    brand = _is_named(account.brand, titles)
    named = brand and top_of(situation.topic) in PRODUCT_TOPICS and _names_a_model(scene, words)
    if named or any(_is_named(product, titles) for product in account.products):
        return "own_product"
    if brand or _begins_a_word(account.brand, words):
        return "own_brand"
    return "competitor" if any(_is_named(competitor, titles) for competitor in account.competitors) else ""


def _is_named(name: str, titles: Sequence[str]) -> bool:
    """A name in a headline. One that is an ordinary word (Target, Next, Boots) has to look like a name there: written with a capital
    inside a sentence, or beside a word of business."""
    if not is_frequent(name.lower()):
        return any(_stands_in(name, _spelled(title)) for title in titles)
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
def _spelled(text: str) -> str:
    """Lower-case words between single spaces, letters and digits apart."""
    apart = MODEL.sub(r"\1 \2", text.lower())
    return f" {' '.join(''.join(c if c.isalnum() else ' ' for c in apart).split())} "


def _names_a_model(scene: Scene, words: str) -> bool:
    """A name of the draft that stands in the headline, or two words in a row, capitalised or numbers: `Vela GT`, `Note7` for `Note 7`."""
    brand = scene.draft.account.brand.lower()
    if any(name.kind in ("name", "product") and name.key != brand and _stands_in(name.key, words) for name in scene.analysis.names):
        return True
    for part in scene.draft.text:
        spelled = MODEL.sub(r"\1 \2", part).split()
        pairs = ((a.strip(PUNCTUATION), b.strip(PUNCTUATION)) for a, b in pairwise(spelled))
        if any(a[:1].isupper() and (b[:1].isupper() or b.isdigit()) and _stands_in(f"{a} {b}", words) for a, b in pairs):
            return True
    return False


def _bad_topic(situation: Situation) -> str:
    """`recall` or `brand_crisis` where a word is bad news beside a company's name, in whatever sense it would be read elsewhere; else nothing."""
    tops = {top_of(term) for read in situation.stories for term in read.terms}
    return "recall" if "recall" in tops else "brand_crisis" if tops & BAD_NEWS else ""


def _stands_in(name: str, words: str) -> bool:
    return bool(name.strip()) and _spelled(name) in words


def _begins_a_word(name: str, words: str) -> bool:
    """`Corona` in `coronavirus`, but not `Target` in `targeted`: the longer word is another one, no form of the name itself."""
    squeezed = name.lower()
    if len(squeezed) < SHORTEST_BRAND_PREFIX or not squeezed.isalpha():
        return False
    return any(word.startswith(squeezed) and word[len(squeezed) :] not in ENDINGS for word in words.split())


def _situation_row(situation: Situation, relation: Relation) -> Row:
    return {
        "kind": "situation",
        "id": situation.id,
        "title": situation.title,
        "topic": situation.topic,
        "severity": situation.severity or "unknown",
        "state": situation.state,
        "regions": list(situation.area),
        "relation": list(relation.kinds),
        "updated": stamp(situation.updated),
        "reason": situation.reason,
        "sources": [
            {"name": read.story.source, "title": read.story.title, "url": read.story.url, "published": stamp(read.story.published)}
            for read in situation.stories
        ],
    }


def _shared_rows(shared: Sequence[Mention | Suppressed | Name], situation: Situation) -> list[Row]:
    rows = []
    for item in shared:
        sense = "harmless elsewhere" if isinstance(item, Suppressed) else "name" if isinstance(item, Name) else "literal" if item.literal else "figurative"
        rows.append(text_row(item, situation.topic, sense))
    return rows


def source_fact(key: str, source: SourceHealth, scene: Scene) -> tuple[Fact, list[Row]]:
    values: dict[str, Value] = {"key": key, "name": source.name, "healthy": source.healthy}
    if source.fetched is not None:
        values["age"] = max(0, seconds(scene.now) - seconds(source.fetched))
    return Fact("source", values, key), [{"kind": "source", "name": source.name, "text": source.problem or "healthy"}]


def trusted(scene: Scene) -> bool:
    """At least half, and at least one, of the feeds were read well and within the policy's limit (rulings: trusted news)."""
    now, limit = seconds(scene.now), scene.policy.stale_after
    good = [s for s in scene.news.sources if s.healthy and s.fetched is not None and now - seconds(s.fetched) <= limit]
    return bool(good) and 2 * len(good) >= len(scene.news.sources)


def news_fact(scene: Scene) -> tuple[Fact, list[Row]]:
    stale = scene.news.given and not trusted(scene)
    rows: list[Row] = [{"kind": "source", "name": s.name, "text": s.problem or "read too long ago"} for s in scene.news.sources] if stale else []
    return Fact("news", {"given": scene.news.given, "stale": stale}, "news"), rows


def _with_ancestors(codes: tuple[str, ...]) -> list[tuple[str, bool]]:
    own = list(dict.fromkeys(codes))
    above = [parent for code in own for parent in ancestors(code) if parent not in own]
    return [(code, True) for code in own] + [(code, False) for code in dict.fromkeys(above)]
