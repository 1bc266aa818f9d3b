"""What stands in the draft: mentions, claims, hashtags, attachments, each with the row that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.analysis.written.folding import flat
from rtm_gate.facts.images import known_image
from rtm_gate.facts.ours import millionths
from rtm_gate.facts.people import who
from rtm_gate.facts.scene import Row, Scene
from rtm_gate.facts.tags import reading_of
from rtm_gate.model.analysis import Analysis, Hashtag, Mention, Name, Suppressed
from rtm_gate.model.draft import Media
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.topics import PAINFUL
from rtm_gate.model.vocabulary import top_of

NEEDED_PREVIEWS = 2


def text_row(item: Mention | Suppressed | Name | Hashtag, topic: str, sense: str) -> Row:
    """A place in the draft, as a verdict prints it."""
    text = item.tag if isinstance(item, Hashtag) else item.text
    return {"kind": "text", "field": item.field, "start": item.start, "end": item.end, "text": text, "topic": topic, "sense": sense}


def mention_fact(key: str, mention: Mention) -> tuple[Fact, list[Row]]:
    values: dict[str, Value] = {
        "key": key,
        "topic": mention.topic,
        "topic_top": top_of(mention.topic),
        "term": mention.term,
        "field": "hashtag" if mention.in_hashtag else _stands(mention.field),
        "literal": mention.literal,
        "negated": mention.negated,
        "targeted": False,
        "certainty": millionths(mention.certainty),
    }
    return Fact("mention", values, key), [text_row(mention, mention.topic, "literal" if mention.literal else "figurative")]


def claim_facts(scene: Scene) -> Iterator[tuple[Fact, list[Row]]]:
    """Claims read in the text, and those the caller lists; a listed one with evidence substantiates what was read of its kind."""
    listed = scene.draft.claims
    proven = {claim.kind for claim in listed if claim.substantiation}
    n = 0
    for n, claim in enumerate(scene.analysis.claims, start=1):
        row: Row = {"kind": "text", "field": claim.field, "start": claim.start, "end": claim.end, "text": claim.text, "sense": f"{claim.kind} claim"}
        yield _claim(f"claim:{n}", claim.kind, claim.about or "none", claim.kind in proven), [row]
    for m, given in enumerate(listed, start=n + 1):
        yield _claim(f"claim:{m}", given.kind, "none", bool(given.substantiation)), [{"kind": "claim", "text": given.text}]


def _claim(key: str, kind: str, about: str, substantiated: bool) -> Fact:
    return Fact("claim", {"key": key, "kind": kind, "about": about, "substantiated": substantiated}, key)


def hashtag_fact(key: str, hashtag: Hashtag, scene: Scene) -> tuple[Fact, list[Row]]:
    draft, lowered = scene.draft, hashtag.tag.lower()
    reading = reading_of(scene, lowered)
    own = [draft.campaign, *(spelling for name in (*scene.own.brands, *scene.own.products) for spelling in name.spellings)]
    within = (m.topic for m in scene.analysis.mentions if m.field == hashtag.field and hashtag.start <= m.start and m.end <= hashtag.end)
    topic = hashtag.topic or next(within, "") or reading.topic
    values: dict[str, Value] = {
        "key": key,
        "tag": lowered,
        "own": any(_names(name, hashtag) for name in own),
        "trending": lowered in {tag.lower() for tag in draft.trending},
        "known": hashtag.known,
        "sensitive": top_of(hashtag.topic) in PAINFUL,
        "topic": topic,
        "topic_top": top_of(topic),
        "language": hashtag.language,
        "misread": bool(hashtag.misread),
        "uses_read": reading.uses,
    }
    if reading.since is not None:
        values["read_age"] = max(0, scene.publish - reading.since)
    if reading.share is not None:
        values["sensitive_share"] = millionths(reading.share)
    return Fact("hashtag", values, key), [text_row(hashtag, hashtag.topic, "hashtag"), *_misread(hashtag), *reading.rows]


def _misread(hashtag: Hashtag) -> list[Row]:
    if not hashtag.misread:
        return []
    ways = ", ".join(f"“{' '.join(way)}”" for way in hashtag.readings)
    return [{"kind": "tag", "tag": hashtag.tag.lower(), "text": f"may be read as {ways} ({hashtag.misread})"}]


def media_fact(key: str, n: int, media: Media, scene: Scene) -> tuple[Fact, list[Row]]:
    own = (f"media[{n}].alt", f"media[{n}].text")
    seen = {intent.kind for intent in scene.analysis.intents if intent.field in own}
    known = known_image(media, scene.images)
    previews = len({who(person) for person in media.previewed_by} - {who(scene.draft.author.id)})
    values: dict[str, Value] = {
        "key": key,
        "type": media.type,
        "origin": "generated" if media.ai_generated else media.origin,
        "alt_text": bool(media.alt and media.alt.strip()),
        "previews": previews,
        "previewed": previews >= NEEDED_PREVIEWS,
        "rights_cleared": bool(media.rights and media.rights.permission),
        "reverse_searched": media.reverse_searched,
        "people_verified": media.people_verified,
        "ai_generated": media.ai_generated,
        "people_shown": "person" in seen or _names_somebody(scene.analysis, own[0]),
        "mascot": "mascot" in seen,
        "product": bool(seen & {"product", "brand"}),
        "match": "historic_disaster" if known else "none",
    }
    row: Row = {"kind": "media", "field": f"media[{n}]", "text": media.alt or f"{media.type} without alt text", "origin": media.origin}
    return Fact("media", values, key), [row | {"picture": known.image.title, "by": known.by} if known else row]


def _stands(field: str) -> str:
    """As `mention.field` calls it."""
    if field.startswith("media"):
        return "alt_text" if field.endswith(".alt") else "media_text"
    return "link" if field.startswith("links") else "text"


def _names_somebody(analysis: Analysis, field: str) -> bool:
    """A proper name in a description that is neither ours nor a place: most likely a person shown."""
    return any(name.field == field and name.kind == "name" for name in analysis.names)


def _names(name: str, hashtag: Hashtag) -> bool:
    """The name is words of the tag: `#FernhillFriday` is Fernhill's, `#Singapore` is not Gap's."""
    squeezed = flat(name)
    words = [word.lower() for word in hashtag.words]
    runs = {"".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, len(words) + 1)}
    return bool(squeezed) and squeezed in runs | {hashtag.tag.lower().lstrip("#")}
