"""What counts of a tag's readings: the gate's own, a person's, and both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate import language
from rtm_gate.analysis import Analyser
from rtm_gate.facts import Scene, build
from rtm_gate.facts.tags import reading_of
from rtm_gate.model.analysis import FieldText
from rtm_gate.model.draft import read_draft
from rtm_gate.model.fact import Fact
from rtm_gate.model.feeds import TagContext
from rtm_gate.model.news import News
from rtm_gate.model.vocabulary import Vocabulary
from rtm_gate.vocabulary.topics import digest_of, standard_topics

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    topics = standard_topics()
    return Analyser(Vocabulary(topics, digest_of(topics)))


def own(uses: int, sensitive: int = 0, minutes: int = 5, topics: tuple[str, ...] = (), topic: str = "", tag: str = "#joy") -> TagContext:
    return TagContext(tag, uses, sensitive, sensitive / uses, topics, NOW - minutes * MINUTE, NOW - MINUTE, topic)


def person(uses: int, share: float | None = None, minutes: int = 20) -> dict[str, Any]:
    return {"uses_read": uses, "person": "ana", "at": (NOW - minutes * MINUTE).isoformat()} | ({} if share is None else {"sensitive_share": share})


def scene(analyser: Analyser, told: dict[str, Any] | None, *tags: TagContext, text: str = "New socks. #Joy", **more: Any) -> Scene:
    policy = language.load_text('policy "P" { language 1 owner "o@example.com" }', "p.rtm").policy
    assert policy is not None
    given_ = {"text": text, "platform": "x", "kind": "reactive", "account": {"id": "a"}, "hashtag_context": {} if told is None else {"#Joy": told}, **more}
    draft, _ = read_draft(given_)
    return Scene(draft, analyser.read((FieldText("text", text),)), News(True, (), (), "", tags=tags), policy, NOW)


BOTH: list[tuple[str, dict[str, Any] | None, TagContext | None, int, int | None, float | None]] = [
    ("nobody read", None, None, 0, None, None),
    ("a person read", person(12), None, 12, 20, None),
    ("a person read and said how many are sensitive", person(12, 0.25), None, 12, 20, 0.25),
    ("the gate read", None, own(12, 3), 12, 5, 0.25),
    ("the gate read few", None, own(4, 1), 4, 5, 0.25),
    ("both read: no sum", person(6), own(7), 6, 20, None),
    ("both read: the gate's counts from ten on", person(30, 0.1), own(10, 5), 10, 5, 0.5),
    ("both read: the higher share", person(30, 0.9), own(10, 5), 10, 5, 0.9),
    ("the gate read too few to outweigh a person", person(12, 0.0), own(9, 9), 12, 20, 0.0),
    ("the gate read another tag", person(3), own(12, tag="#joys"), 3, 20, None),
]


@pytest.mark.parametrize(("told", "gate", "uses", "minutes", "share"), [row[1:] for row in BOTH], ids=[row[0] for row in BOTH])
def test_one_reading_counts(
    told: dict[str, Any] | None, gate: TagContext | None, uses: int, minutes: int | None, share: float | None, analyser: Analyser
) -> None:
    values = hashtag(scene(analyser, told, *([gate] if gate else []))).values
    assert values["uses_read"] == uses
    assert values.get("read_age") == (None if minutes is None else minutes * 60)
    assert values.get("sensitive_share") == (None if share is None else int(share * 1_000_000))


def hashtag(of: Scene) -> Fact:
    (fact,) = (fact for fact in build(of).rows if fact.kind == "hashtag")
    return fact


def test_the_age_is_that_of_the_publication(analyser: Analyser) -> None:
    later = (NOW + 30 * MINUTE).isoformat()
    assert hashtag(scene(analyser, None, own(12), scheduled_at=later)).values["read_age"] == 35 * 60


@pytest.mark.parametrize(
    ("text", "gate", "topic"),
    [
        ("New socks. #Joy", own(12, 8, topics=("gender",), topic="gender"), "gender"),
        ("New socks. #Joy", own(12, 3, topics=("gender",)), ""),
        ("New socks. #Joy", own(9, 9, topics=("gender",), topic="gender"), ""),
        ("New socks. #PrayForBoston", own(12, 8, topics=("gender",), topic="gender", tag="#prayforboston"), None),
    ],
)
def test_posts_say_what_a_tag_is_about_only_where_it_does_not(text: str, gate: TagContext, topic: str | None, analyser: Analyser) -> None:
    values = hashtag(scene(analyser, None, gate, text=text)).values
    alone = hashtag(scene(analyser, None, text=text)).values
    assert values["topic"] == (alone["topic"] if topic is None else topic)
    assert values["sensitive"] == alone["sensitive"]
    assert topic is not None or alone["topic"]


@pytest.mark.parametrize(
    ("gate", "text"),
    [
        (own(12, 6, 5, ("gender", "death", "weather")), "12 posts under #joy read 5 minutes ago, 6 of them sensitive: gender, death"),
        (own(11, 0, 40, ("weather",)), "11 posts under #joy read 40 minutes ago, none of them sensitive"),
        (own(1, 1, 0, ("war",)), "1 post under #joy read just now, 1 of them sensitive: war"),
    ],
)
def test_the_evidence_says_it_in_words(gate: TagContext, text: str, analyser: Analyser) -> None:
    facts = build(scene(analyser, None, gate))
    assert [row["text"] for row in facts.evidence[hashtag(scene(analyser, None, gate)).ref] if row["kind"] == "tag"] == [text]


@pytest.mark.parametrize(("told", "gate", "refuted"), [(None, own(12), False), (None, own(9), True), (person(3), own(12), False), (person(3), own(9), True)])
def test_a_yes_is_not_refuted_where_the_gate_has_read(told: dict[str, Any] | None, gate: TagContext, refuted: bool, analyser: Analyser) -> None:
    of = scene(analyser, told, gate, checklist={"hashtag_context": {"answer": "yes", "person": "ana"}})
    (answer,) = (fact for fact in build(of).rows if fact.kind == "answer")
    assert (answer.values["refuted"], answer.values["open"]) == (refuted, refuted)


POSTS = st.integers(1, 30).flatmap(lambda uses: st.tuples(st.just(uses), st.integers(0, uses)))


@given(told=st.none() | st.tuples(st.integers(0, 30), st.none() | st.floats(0, 1)), gate=st.none() | POSTS)
def test_two_readings_are_never_added_up(analyser: Analyser, told: tuple[int, float | None] | None, gate: tuple[int, int] | None) -> None:
    contexts = [own(*gate)] if gate else []
    found = reading_of(scene(analyser, person(*told) if told else None, *contexts), "#JOY")
    assert found.uses in {told[0] if told else 0, gate[0] if gate else 0}
    shares = [gate[1] / gate[0]] if gate and gate[0] >= 10 else []
    shares += [told[1]] if told and told[1] is not None else []
    assert all(found.share is not None and found.share >= share for share in shares)
