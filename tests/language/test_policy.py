"""What the other rooms read from a checked policy."""

from __future__ import annotations

from datetime import UTC, datetime

from rtm_gate.language import load_text
from rtm_gate.model.policy import Brand, Expectation, Policy, Seat, Story
from rtm_gate.model.rule import Effect, ForTier, Time, UntilTime
from rtm_gate.model.topics import GRAVE, TOPICS
from rtm_gate.model.vocabulary import OwnName
from rtm_gate.vocabulary.inflect import forms_of

TEXT = """
policy "Acme social" {
  language 1
  owner "team@acme.example"
  timezone "America/New_York"
  audience US, US-NY
  roles social_lead, manager, legal
  otherwise hold for manager
  stale news after quiet hold
  answers hold for 90 seconds
  shelf life reactive 6 hours
}
setting quiet 45 minutes "How long"
setting share 20% "How much"
setting floor major "How grave"
setting brands 50 "How many"
check fact_check "Somebody checked the facts"
tier manager "A manager" { needs 1 manager }
tier strict { needs 2 of manager, legal and 1 person and check fact_check  answer within 4 hours  valid for 1 day }
topic tragedy { terms "mass shooting", "hostage"  meant when near "police"  but not "photo shoot"  hashtags "#PrayFor*" }
topic home_violence "Violence at home" { terms "abusive partner"  certainty 35%  must match "One.", "Two."
  must not match "Three." }
brand "Acme" called "Acme Foods", " @acme " {
  product "Acme  Bar" called "the Bar"
  competitor "Bolt"
  product "Acme Crunch"
}
brand "Zorp" {}
rule grave "Grave" { when any situation where severity at least floor  then hold until quiet after situation.updated  because "It is" "grave." }
shadow rule many "Many" { when draft.similar_posts at least brands  then warn }
trigger weather "Weather" { covers storm, season  topics weather  risk low  approval strict  because "It turns." }
test "all of it" {
  at 2026-01-05T12:00+01:00
  draft { platform x  kind reactive  text "one", "two"  queued yes  regions US-NY  scheduled_at 2026-01-05T15:00Z  shelf_life_hours 6 }
  account { brand "Acme"  regulated no  core_issues politics, war }
  approval { person lee  role manager  checks fact_check }
  hashtag { tag "#a"  uses_read 12 }
  news { 2 hours ago "Storm" from "Wire"  10 minutes ago "Calm" }
  expect hold from grave, weather for strict
}
"""


def _policy() -> Policy:
    loaded = load_text(TEXT, "acme.rtm")
    assert loaded.policy is not None, loaded.diagnostics
    return loaded.policy


def test_the_head() -> None:
    policy = _policy()
    assert (policy.name, policy.owner, policy.timezone) == ("Acme social", "team@acme.example", "America/New_York")
    assert policy.audience == ("US", "US-NY")
    assert policy.otherwise == Effect("hold", (ForTier("manager"),))
    assert (policy.stale_after, policy.stale_effect, policy.lease) == (45 * 60, Effect("hold"), 90)
    assert policy.shelf_life == {"reactive": 6 * 3600}
    assert policy.settings == {"brands": 50, "floor": "major", "quiet": 2700, "share": 0.2}
    assert policy.checks == {"fact_check": "Somebody checked the facts"}


def test_brands_and_the_examples_of_topics() -> None:
    policy = _policy()
    acme, bare = policy.brands
    assert acme.own == OwnName("Acme", ("Acme Foods", "@acme"))
    assert acme.products == (OwnName("Acme Bar", ("the Bar",)), OwnName("Acme Crunch"))
    assert acme.competitors == (OwnName("Bolt"),)
    assert bare == Brand(OwnName("Zorp"))
    examples = [(example.topic, example.text, example.matches, example.at.line) for example in policy.examples]
    assert examples == [("home_violence", "One.", True, 21), ("home_violence", "Two.", True, 21), ("home_violence", "Three.", False, 22)]
    assert {term.base for topic in policy.topics for term in topic.terms if topic.name == "home_violence"} == {0.35}
    assert {term.base for topic in policy.topics for term in topic.terms if topic.name == "tragedy"} == {0.6}


def test_tiers_and_triggers() -> None:
    policy = _policy()
    strict = policy.tiers["strict"]
    assert strict.seats == (Seat(2, ("manager", "legal")), Seat(1))
    assert (strict.checks, strict.answer_within, strict.valid_for) == (("fact_check",), 4 * 3600, 24 * 3600)
    weather = policy.triggers["weather"]
    assert (weather.covers, weather.topics, weather.risk) == (("storm", "season"), ("weather",), "low")


def test_blocks_point_at_what_was_written() -> None:
    policy = _policy()
    grave = policy.blocks["grave"]
    assert (grave.because, grave.owner, grave.at.line, grave.shadow) == ("It is grave.", "team@acme.example", 29, False)
    assert policy.blocks["many"].shadow
    assert policy.blocks["stale_news"].at.line == 9


def test_rules_carry_the_settings() -> None:
    rule = next(rule for rule in _policy().rules if rule.block == "grave" and not rule.assumed)
    assert rule.positives[-1].tests[0].value == 2
    assert rule.effect == Effect("hold", (UntilTime(Time("situation", "updated", 2700)),))


def test_topics_extend_the_standard_ones() -> None:
    tragedy, home = _policy().topics
    assert (tragedy.name, tragedy.title, tragedy.iab, tragedy.source) == ("tragedy", "Tragedy", TOPICS["tragedy"].iab, "acme.rtm")
    assert tragedy.terms[0].forms == forms_of("mass shooting")
    assert (tragedy.terms[0].literal, tragedy.terms[0].harmless, tragedy.hashtags) == (("police",), ("photo shoot",), ("#PrayFor*",))
    assert (home.name, home.title, home.contrast) == ("home_violence", "Violence at home", False)


def test_tests_are_plain_values() -> None:
    (test,) = _policy().tests
    assert test.now == datetime(2026, 1, 5, 11, tzinfo=UTC)
    assert test.draft == {
        "platform": "x", "kind": "reactive", "text": ["one", "two"], "queued": True, "regions": ["US-NY"],
        "scheduled_at": datetime(2026, 1, 5, 15, tzinfo=UTC), "shelf_life_hours": 6,
    }  # fmt: skip
    assert tuple((fact.kind, fact.part) for fact in test.facts) == (
        ("account", {"brand": "Acme", "regulated": False, "core_issues": ["politics", "war"]}),
        ("approval", {"person": "lee", "role": "manager", "checks": ["fact_check"]}),
        ("hashtag", {"tag": "#a", "uses_read": 12}),
    )
    assert test.news == (Story(7200, "Storm", "Wire"), Story(600, "Calm", ""))
    assert test.expect == (Expectation("hold", ("grave", "weather"), "strict", test.expect[0].at),)


def test_the_grave_tops_are_topics() -> None:
    assert set(TOPICS) >= GRAVE
    assert all(name.partition(".")[0] in TOPICS for name in TOPICS)
