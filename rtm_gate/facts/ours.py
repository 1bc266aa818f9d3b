"""The draft itself, the account that speaks, the team behind it, what set it off, and its scores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rtm_gate.facts.disclosure import disclosure_evidence, disclosure_flags
from rtm_gate.facts.infer import message_class, trigger_category
from rtm_gate.facts.people import who
from rtm_gate.facts.scene import Row, Scene
from rtm_gate.facts.templates import cleared
from rtm_gate.model.analysis import Analysis
from rtm_gate.model.draft import Draft
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.moment import DAY, seconds, spell
from rtm_gate.model.schema import SELLS
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.stories.words import spoken
from rtm_gate.vocabulary.counting import length_on

MILLION = 1_000_000
INTENT_FLAGS = (
    *("offer", "call_to_action", "product", "mascot", "pun", "brand", "campaign_tag"),
    *("sympathy", "greeting", "first_person", "connection", "arguing", "belittling", "bait"),
)
REGULATED = frozenset({"finance", "broker_dealer", "bank", "insurance", "health", "pharma", "pharmaceutical", "medical", "alcohol", "gambling", "tobacco"})


def draft_fact(scene: Scene, reviewers: int) -> tuple[Fact, dict[str, str]]:
    """The draft as one fact, and what was inferred about it."""
    draft, analysis = scene.draft, scene.analysis
    seen = {intent.kind for intent in analysis.intents}
    named_class, reason = message_class(draft, analysis)
    flags = {name: name in seen for name in INTENT_FLAGS}
    # A picture that names the brand or a product shows what is sold.
    flags["product"] |= any(i.kind in ("product", "brand") and i.field.startswith("media") for i in analysis.intents)
    cascade = draft.cascade
    values: dict[str, Value] = {
        "kind": draft.kind,
        "class": named_class,
        "platform": draft.platform,
        "length": max(length_on(draft.platform, part) for part in draft.text),
        "queued": draft.queued,
        "sponsored": draft.sponsored is not None,
        **flags,
        "sells": any(flags[name] for name in SELLS),
        **disclosure_flags(draft, analysis),
        "unfamiliar": bool(analysis.unfamiliar),
        "automated": draft.origin in ("automated", "rss", "recurring"),
        "simultaneous": cascade is not None and len(cascade.platforms) > 1 and cascade.lead_engagement_ratio is None,
        "directly_impacted": draft.directly_impacted is not None,
        "opt_out": draft.opt_out is not None,
        "monitoring": draft.monitoring is not None,
        "language": analysis.language,
        "regions_given": bool(draft.regions or analysis.places),
        "joke": "joke" in analysis.tone,
        "competitor": any(name.kind == "competitor" for name in analysis.names),
        **cleared(scene),
        "origin": draft.origin,
        "author": draft.author.id,
        "author_role": draft.author.role,
        "stage": draft.stage,
        "similar_posts": draft.similar_posts,
        "reviewers": reviewers,
        "submitted": scene.submitted,
        "publish": scene.publish,
        "waiting": max(0, seconds(scene.now) - scene.submitted),
        "notice": max(0, scene.publish - scene.submitted),
        "shelf_life": scene.shelf_life,
    }
    return Fact("draft", values, "draft"), {"class": f"{named_class}: {reason}"}


def flag_evidence(draft: Draft, analysis: Analysis) -> Iterator[tuple[str, Row]]:
    """`draft.<flag>` with each place in the text that raised it."""
    for intent in analysis.intents:
        row = {"kind": "text", "field": intent.field, "start": intent.start, "end": intent.end, "text": intent.text, "sense": intent.kind}
        if intent.kind in INTENT_FLAGS:
            yield f"draft.{intent.kind}", row
        if intent.kind in SELLS:
            yield "draft.sells", row
    for name in analysis.names:
        if name.kind == "competitor":
            yield "draft.competitor", {"kind": "text", "field": name.field, "start": name.start, "end": name.end, "text": name.text, "sense": "competitor"}
    yield from disclosure_evidence(draft, analysis)
    for text in analysis.unfamiliar:
        yield "draft.unfamiliar", {"kind": "language", "text": text}


def _issues_told(scene: Scene) -> set[str]:
    """The topics of debates that are told with an issue of the brand's: `clean rivers` is told as politics while a law on it is voted on."""
    issues = [f" {words} " for issue in scene.draft.account.core_issues if len((words := spoken([issue]).strip()).split()) > 1]
    return {situation.topic for situation in scene.news.situations if situation.topic and any(issue in situation.said for issue in issues)}


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
    for topic in sorted(set(draft.account.core_issues) | _issues_told(scene)):
        yield member("account.core_issues", "", topic)
    for segment in draft.audience.segments if draft.audience else ():
        yield member("audience.segments", "", segment)


def member(of: str, owner: str, value: str) -> Fact:
    return Fact("member", {"key": f"{of}:{owner}:{value}", "of": of, "owner": owner, "value": value, "value_top": top_of(value)}, "")


def account_facts(scene: Scene) -> Iterator[Fact]:
    account, audience, cascade = scene.draft.account, scene.draft.audience, scene.draft.cascade
    # As a policy spells it: `Broker-Dealer` is broker_dealer.
    industry = re.sub(r"\W+", "_", account.industry.lower())
    yield Fact(
        "account",
        {
            "name": account.id,
            "industry": industry,
            "regulated": account.regulated or industry in REGULATED,
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


def team_fact(scene: Scene) -> tuple[Fact, list[Row]] | None:
    """What the project says of its team, and how to show it; nothing where it says nothing."""
    team = scene.team
    if team is None:
        return None
    values: dict[str, Value] = {"on_call": team.on_call}
    told = ["somebody on call" if team.on_call else "nobody on call"]
    if team.tenure is not None:
        values["tenure"] = team.tenure
        told.insert(0, f"the newest there for {spell(team.tenure)}")
    if team.size is not None:
        values["size"] = team.size
        told.insert(0, f"{team.size} {'person' if team.size == 1 else 'people'}")
    return Fact("team", values, "team"), [{"kind": "team", "text": "the team: " + ", ".join(told)}]


def portfolio_fact(scene: Scene) -> tuple[Fact, list[Row]] | None:
    """The mix of posts, where the record has enough of them."""
    mix = scene.portfolio
    if mix is None:
        return None
    values: dict[str, Value] = {"posts": mix.posts, "planned_share": millionths(mix.planned / mix.posts)}
    told = f"of the last {mix.posts} posts {mix.planned} were planned"
    if mix.notice is not None:
        values["planned_notice"] = mix.notice
        told += f", half of those handed in no more than {spell(mix.notice)} before"
    return Fact("portfolio", values, "portfolio"), [{"kind": "portfolio", "text": told}]


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
        "contradicted": bool(declared) and declared != guess,
        "topic": topic,
        "topic_top": top_of(topic),
        "detected": detected,
        "age": max(0, scene.publish - detected),
    }
    if given and given.mentions_per_hour is not None and given.baseline_per_hour:
        values["mention_ratio"] = millionths(given.mentions_per_hour / given.baseline_per_hour)
    return Fact("trigger", values, "trigger"), ({} if declared else {"trigger": f"{guess}: not declared"})


def scores_fact(scene: Scene) -> Fact | None:
    """The matrix' scores, averaged: one row a person, the author's left out, a person's last score counts."""
    latest = {who(score.person): score for score in scene.draft.scores if who(score.person) != who(scene.draft.author.id)}
    if not latest:
        return Fact("scores", {"scorers": 0}, "scores")
    axes: Mapping[str, Sequence[float]] = {axis: [float(getattr(s, axis)) for s in latest.values()] for axis in ("relevance", "interest")}
    values: dict[str, Value] = {"scorers": len(latest), "spread": millionths(max(max(v) - min(v) for v in axes.values()))}
    return Fact("scores", values | {axis: millionths(sum(v) / len(v)) for axis, v in axes.items()}, "scores")


def millionths(value: float) -> int:
    return round(value * MILLION)
