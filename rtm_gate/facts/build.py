"""All facts of a check, in one fixed order, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rtm_gate.facts import days, found, ours, world
from rtm_gate.facts.given import with_given
from rtm_gate.facts.outlook import concerning
from rtm_gate.facts.people import people_of, who
from rtm_gate.facts.places import region_facts
from rtm_gate.facts.queries import counts, with_likes
from rtm_gate.facts.scene import Facts, Row, Scene
from rtm_gate.facts.situation import situation_facts
from rtm_gate.facts.tags import ENOUGH_USES, reading_of
from rtm_gate.model.draft import QUESTIONS
from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.moment import seconds

OPEN_ANSWERS = ("no", "unsure")
MANY_SAID_IT = 50


def build(scene: Scene, given: Sequence[Fact] = ()) -> Facts:
    """Flat, typed facts as `model/schema.py` has them. Same scene, same facts, in the same order.

    `given` facts are somebody's word: each sets its values on the fact that has its `ref`, or stands beside the others.
    """
    told = before_situations(scene)
    facts, evidence = list(told.rows), dict(told.evidence)
    # What somebody states may be about anything, so nothing is left out then.
    for situation in scene.news.situations if given else concerning(scene, facts):
        made, shown = situation_facts(f"situation:{situation.id}", situation, scene)
        facts += made
        evidence |= shown
    hashtags = scene.analysis.hashtags
    spoken = {("draft", "text"): "\n".join(scene.draft.text)} | {(f"hashtag:{n}", "text"): h.tag for n, h in enumerate(hashtags, start=1)}
    rows_done = list(with_likes(with_given(facts, given), spoken, scene.policy.likes))
    rows_done += counts(rows_done, scene.policy.counts)
    return Facts(tuple(rows_done), evidence, told.inferred, told.people)


def before_situations(scene: Scene) -> Facts:
    """All facts but those that are made from situations, and those that are made from facts."""
    draft, analysis = scene.draft, scene.analysis
    people = people_of(draft, seconds(scene.now))
    facts: list[Fact] = []
    evidence: dict[str, list[Row]] = {}

    def add(fact: Fact, rows: list[Row] | None = None) -> None:
        facts.append(fact)
        if rows:
            evidence.setdefault(fact.ref, []).extend(rows)

    own, inferred = ours.draft_fact(scene, len({who(a.person) for a in people.counted}))
    add(own)
    for name, row in ours.flag_evidence(draft, analysis):
        evidence.setdefault(name, []).append(row)
    for fact in ours.account_facts(scene):
        add(fact)
    for told in (ours.team_fact(scene), ours.portfolio_fact(scene)):
        if told:
            add(*told)
    trigger, guessed = ours.trigger_fact(scene)
    add(trigger)
    scores = ours.scores_fact(scene)
    if scores:
        add(scores)
    for n, mention in enumerate(analysis.mentions, start=1):
        add(*found.mention_fact(f"mention:{n}", mention))
    for fact, rows in found.claim_facts(scene):
        add(fact, rows)
    for n, hashtag in enumerate(analysis.hashtags, start=1):
        add(*found.hashtag_fact(f"hashtag:{n}", hashtag, scene))
    for n, media in enumerate(draft.media):
        add(*found.media_fact(f"media:{n + 1}", n, media, scene))
    for fact, rows in _answers(scene):
        add(fact, rows)
    for n, approval in enumerate(people.counted, start=1):
        values: dict[str, Value] = {"key": f"approval:{n}", "person": approval.person, "role": approval.role, "at": seconds(approval.at)}
        add(Fact("approval", values, f"approval:{n}"))
        for check in approval.checks:
            add(ours.member("approval.checks", f"approval:{n}", check))
    for fact, rows in days.day_facts(scene, draft.text_fields):
        add(fact, rows)
    add(*world.news_fact(scene))
    for n, source in enumerate(scene.news.sources, start=1):
        add(*world.source_fact(f"source:{n}", source, scene))
    facts += region_facts(scene)
    facts += ours.sets(scene)
    return Facts(tuple(facts), evidence, {**inferred, **guessed}, people)


def _answers(scene: Scene) -> Iterator[tuple[Fact, list[Row]]]:
    """Answers as given; a yes that contradicts what the gate sees is refuted, and open."""
    seen = {
        "hashtag_context": bool(scene.analysis.hashtags) and any(reading_of(scene, h.tag).uses < ENOUGH_USES for h in scene.analysis.hashtags),
        "unique_value": scene.draft.similar_posts >= MANY_SAID_IT,
        "opt_out_plan": scene.draft.opt_out is None,
        "reply_monitoring": scene.draft.monitoring is None,
    }
    known = ((name, answer) for name, answer in scene.draft.checklist.items() if name in QUESTIONS or name in scene.policy.questions)
    for n, (question, answer) in enumerate(known, start=1):
        refuted = answer.answer == "yes" and seen.get(question, False)
        values: dict[str, Value] = {
            "key": f"answer:{n}",
            "question": question,
            "value": answer.answer,
            "person": answer.person,
            "open": answer.answer in OPEN_ANSWERS or refuted,
            "refuted": refuted,
        }
        yield Fact("answer", values, f"answer:{n}"), [{"kind": "answer", "question": question, "text": answer.answer, "person": answer.person}]
