"""What the draft says and carries: draft, account, mentions, claims, hashtags, media."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rtm_gate.facts.infer import message_class, trigger_category
from rtm_gate.facts.scene import Row, Scene
from rtm_gate.model.analysis import Analysis, Hashtag, Mention, Name, Suppressed
from rtm_gate.model.draft import Media
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.moment import DAY, seconds
from rtm_gate.model.topics import DEBATED, GRAVE
from rtm_gate.model.vocabulary import top_of

MILLION = 1_000_000
NEEDED_PREVIEWS = 2
INTENT_FLAGS = ("offer", "call_to_action", "product", "mascot", "pun", "brand", "campaign_tag", "sympathy", "greeting", "first_person")
SELLS = ("offer", "call_to_action", "product", "mascot", "pun", "campaign_tag")
PAINFUL = GRAVE | DEBATED | {"death", "remembrance", "hate"}
"""Topics under whose tags people speak of what hurt them."""
REGULATED = frozenset({"finance", "broker-dealer", "bank", "insurance", "health", "pharma", "pharmaceutical", "medical", "alcohol", "gambling", "tobacco"})


def text_row(item: Mention | Suppressed | Name | Hashtag, topic: str, sense: str) -> Row:
    """A place in the draft, as a verdict prints it."""
    text = item.tag if isinstance(item, Hashtag) else item.text
    return {"kind": "text", "field": item.field, "start": item.start, "end": item.end, "text": text, "topic": topic, "sense": sense}


def draft_fact(scene: Scene, reviewers: int) -> tuple[Fact, dict[str, str]]:
    """The draft as one fact, and what was inferred about it."""
    draft, analysis = scene.draft, scene.analysis
    seen = {intent.kind for intent in analysis.intents}
    named_class, reason = message_class(draft, analysis)
    flags = {name: name in seen for name in INTENT_FLAGS}
    cascade = draft.cascade
    values: dict[str, Value] = {
        "kind": draft.kind,
        "class": named_class,
        "platform": draft.platform,
        "length": analysis.length,
        "queued": draft.queued,
        "sponsored": draft.sponsored is not None,
        **flags,
        "sells": any(flags[name] for name in SELLS),
        "unfamiliar": bool(analysis.unfamiliar),
        "automated": draft.origin in ("automated", "rss", "recurring"),
        "simultaneous": cascade is not None and len(cascade.platforms) > 1 and cascade.lead_engagement_ratio is None,
        "directly_impacted": draft.directly_impacted is not None,
        "opt_out": draft.opt_out is not None,
        "monitoring": draft.monitoring is not None,
        "language": analysis.language,
        "regions_given": bool(draft.regions or analysis.places),
        "template": draft.template.id if draft.template else "",
        "origin": draft.origin,
        "author": draft.author.id,
        "author_role": draft.author.role,
        "stage": draft.stage,
        "similar_posts": draft.similar_posts,
        "reviewers": reviewers,
        "submitted": scene.submitted,
        "publish": scene.publish,
        "shelf_life": scene.shelf_life,
    }
    return Fact("draft", values, "draft"), {"class": f"{named_class}: {reason}"}


def flag_evidence(analysis: Analysis) -> Iterator[tuple[str, Row]]:
    """`draft.<flag>` with each place in the text that raised it."""
    for intent in analysis.intents:
        row = {"kind": "text", "field": intent.field, "start": intent.start, "end": intent.end, "text": intent.text, "sense": intent.kind}
        if intent.kind in INTENT_FLAGS:
            yield f"draft.{intent.kind}", row
        if intent.kind in SELLS:
            yield "draft.sells", row
    for text in analysis.unfamiliar:
        yield "draft.unfamiliar", {"kind": "language", "text": text}


def sets(scene: Scene) -> Iterator[Fact]:
    """Members of the set fields of single facts."""
    draft = scene.draft
    platforms = draft.cascade.platforms if draft.cascade else ()
    for value in dict.fromkeys((draft.platform, *platforms)):
        yield member("draft.channels", "", value)
    for code in scene.regions:
        yield member("draft.regions", "", code)
    touched = [m.topic for m in scene.analysis.mentions] + [s.would_be for s in scene.analysis.suppressed]
    for topic in sorted(set(touched)):
        yield member("draft.issues", "", topic)
    for topic in sorted(set(draft.account.core_issues)):
        yield member("account.core_issues", "", topic)
    for segment in draft.audience.segments if draft.audience else ():
        yield member("audience.segments", "", segment)


def member(of: str, owner: str, value: str) -> Fact:
    return Fact("member", {"key": f"{of}:{owner}:{value}", "of": of, "owner": owner, "value": value, "value_top": top_of(value)}, "")


def account_facts(scene: Scene) -> Iterator[Fact]:
    account, audience, cascade = scene.draft.account, scene.draft.audience, scene.draft.cascade
    yield Fact(
        "account",
        {
            "name": account.id,
            "industry": account.industry,
            "regulated": account.regulated or account.industry.lower() in REGULATED,
            "b2b_enterprise": account.b2b_enterprise,
            "stance_published": account.stance_published,
            "track_record": account.track_record,
            "action_plan": account.action_plan,
        },
        "account",
    )
    if audience:
        engaged: dict[str, Value] = {} if audience.engaged_days is None else {"engaged_within": audience.engaged_days * DAY}
        yield Fact("audience", {**engaged, "detractors_excluded": audience.detractors_excluded}, "audience")
    if cascade and cascade.lead_engagement_ratio is not None:
        yield Fact("lead", {"platform": cascade.lead, "ratio": millionths(cascade.lead_engagement_ratio)}, "lead")


def trigger_fact(scene: Scene) -> tuple[Fact, dict[str, str]]:
    draft, given = scene.draft, scene.draft.trigger
    guess = trigger_category(draft, scene.analysis)
    declared = given.category if given else ""
    detected = seconds(given.detected_at) if given and given.detected_at else scene.submitted
    topic = next((m.topic for m in scene.analysis.mentions if m.literal), "")
    values: dict[str, Value] = {
        "category": declared or guess,
        "declared": bool(declared),
        "inferred": guess,
        "topic": topic,
        "topic_top": top_of(topic),
        "detected": detected,
        "age": max(0, scene.publish - detected),
    }
    if given and given.mentions_per_hour is not None and given.baseline_per_hour:
        values["mention_ratio"] = millionths(given.mentions_per_hour / given.baseline_per_hour)
    return Fact("trigger", values, "trigger"), ({} if declared else {"trigger": f"{guess}: not declared"})


def mention_fact(key: str, mention: Mention) -> tuple[Fact, list[Row]]:
    values: dict[str, Value] = {
        "key": key,
        "topic": mention.topic,
        "topic_top": top_of(mention.topic),
        "term": mention.term,
        "field": "hashtag" if mention.in_hashtag else "alt_text" if mention.field.endswith(".alt") else "link" if "links" in mention.field else "text",
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
    context = {tag.lower(): value for tag, value in draft.hashtag_context.items()}.get(lowered)
    squeezed = lowered.lstrip("#")
    own = [draft.account.brand, draft.campaign, *draft.account.products]
    within = (m.topic for m in scene.analysis.mentions if m.field == hashtag.field and hashtag.start <= m.start and m.end <= hashtag.end)
    topic = hashtag.topic or next(within, "")
    values: dict[str, Value] = {
        "key": key,
        "tag": lowered,
        "own": any(name and _squeeze(name) in squeezed for name in own),
        "trending": lowered in {tag.lower() for tag in draft.trending},
        "known": hashtag.known,
        "sensitive": top_of(hashtag.topic) in PAINFUL,
        "topic": topic,
        "topic_top": top_of(topic),
        "language": hashtag.language,
        "uses_read": context.uses_read if context else 0,
    }
    if context and context.at:
        values["read_age"] = max(0, scene.publish - seconds(context.at))
    if context and context.sensitive_share is not None:
        values["sensitive_share"] = millionths(context.sensitive_share)
    return Fact("hashtag", values, key), [text_row(hashtag, hashtag.topic, "hashtag")]


def media_fact(key: str, n: int, media: Media, scene: Scene) -> tuple[Fact, list[Row]]:
    seen = {intent.kind for intent in scene.analysis.intents if intent.field == f"media[{n}].alt"}
    previews = len(set(media.previewed_by) - {scene.draft.author.id})
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
        "people_shown": "person" in seen,
        "mascot": "mascot" in seen,
        "product": "product" in seen,
        "match": "none",
    }
    return Fact("media", values, key), [
        {"kind": "media", "field": f"media[{n}]", "text": media.alt or f"{media.type} without alt text", "origin": media.origin}
    ]


def scores_fact(scene: Scene) -> Fact | None:
    """The matrix' scores, averaged: one row a person, the author's left out, a person's last score counts."""
    latest = {score.person: score for score in scene.draft.scores if score.person != scene.draft.author.id}
    if not latest:
        return Fact("scores", {"scorers": 0}, "scores")
    axes: Mapping[str, Sequence[float]] = {axis: [float(getattr(s, axis)) for s in latest.values()] for axis in ("relevance", "interest")}
    values: dict[str, Value] = {"scorers": len(latest), "spread": millionths(max(max(v) - min(v) for v in axes.values()))}
    return Fact("scores", values | {axis: millionths(sum(v) / len(v)) for axis, v in axes.items()}, "scores")


def _squeeze(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def millionths(value: float) -> int:
    return round(value * MILLION)
