"""What a test block states is what the policy sees: each row is a condition, and a test under which it must hold, or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from rtm_gate import Gate
from rtm_gate.gate.testing.run import run_test

HEAD = 'policy "Stage" { language 1  owner "o@example.com"  audience US, CA  roles manager, legal  stale news after 30 minutes hold }\n'
TRAGEDY = "situation { topic tragedy  severity major  touches region }"

# condition, what the test states beside a planned draft, the verdict
STATED: list[tuple[str, str, str]] = [
    ("any situation where grave and confirmed and severity at least major and touches region", TRAGEDY, "hold"),
    ("any situation where official and certainty is observed", TRAGEDY, "hold"),
    ("any situation where age at least 1 hour and age at most 1 hour", TRAGEDY, "hold"),
    ("any situation where touches any of words, hashtag, entity", TRAGEDY, "go"),
    ("any situation where touches region", "situation { topic tragedy  severity major }", "go"),
    ("any situation where touches region", "situation { topic tragedy  regions FR }", "go"),
    ("any situation where touches region", "situation { topic tragedy  regions US-NY }", "hold"),
    ("any situation where touches region", "situation { topic tragedy  area_known no }", "hold"),
    ("any situation where touches words", "situation { topic tragedy  touches words }", "hold"),
    ("any situation where touches hashtag", "situation { topic tragedy  touches hashtag }", "hold"),
    ("any situation where touches entity", "situation { topic tragedy  touches entity }", "hold"),
    ("any situation where severity is unknown", "situation { topic tragedy }", "hold"),
    ("any situation where confirmed", "situation { topic tragedy  confirmed no }", "go"),
    ("any situation where unsure and not official", "situation { topic tragedy  unsure yes }", "hold"),
    ("any situation where state is false_alarm", "situation { topic tragedy  state false_alarm }", "hold"),
    ("any situation where sources at least 2 and not official", "situation { topic tragedy  official no }", "hold"),
    ("any situation where age over 1 day", "situation { topic tragedy  age 30 hours }", "hold"),
    ("any situation where dead at least 3", "situation { topic tragedy  dead 3 }", "hold"),
    ("any situation where alert and about is own_brand", "situation { topic brand_crisis  alert yes  about own_brand }", "hold"),
    ("at least 2 situation where grave", f"{TRAGEDY} situation {{ topic war }}", "hold"),
    ("any situation where topic is disaster and touches region", 'news { 1 hour ago "Hundreds flee wildfire in California" } ', "hold"),
    ("news.stale", "news { stale yes }", "hold"),
    ("news.stale", "source { name wire  healthy no }", "hold"),
    ("news.stale", "source { name wire  age 2 hours }", "hold"),
    ("news.stale", "", "go"),
    ("any source where name is wire and age over 10 minutes", "source { name wire  age 11 minutes }", "hold"),
    ("any day where tone is solemn and touched", "day { name founders_day  tone solemn  touched yes }", "hold"),
    ("any day where name is founders_day and (touched or custom)", "day { name founders_day  tone solemn }", "go"),
    ("any trend where term is rain and ratio over 3x", "trend { term rain  ratio 4x }", "hold"),
    ("any outcome where metric is saves and ratio over 2x", "outcome { metric saves  ratio 3x }", "hold"),
    ("team.size under 3", "team { size 2 }", "hold"),
    ("team.on_call", "team { size 2 }", "go"),
    ("lead.ratio over 2x", "lead { ratio 3x }", "hold"),
    ("lead.ratio over 2x", "cascade { lead x  lead_engagement_ratio 3 }", "hold"),
    ("lead.ratio over 2x and lead.age over 1 hour", "cascade { lead x  lead_engagement_ratio 3 } lead { age 2 hours }", "hold"),
    ("portfolio.planned_share under 60%", "portfolio { planned_share 50% }", "hold"),
    ("trigger.age over 12 hours", "trigger { age 13 hours }", "hold"),
    ("trigger.mention_ratio at least 3x", "trigger { mentions_per_hour 90  baseline_per_hour 30 }", "hold"),
    ("trigger.topic is politics", "trigger { topic politics.election }", "hold"),
    ("account.core_issues includes trigger.topic", "account { core_issues politics } trigger { topic politics }", "hold"),
    ("scores.relevance at least 7x", "scores { relevance 8 }", "hold"),
    ("scores.scorers at least 2", "score { person a  relevance 8  interest 8 } score { person b  relevance 7  interest 8 }", "hold"),
    ("any mention where literal and topic is politics", "mention { topic politics }", "hold"),
    ("any media where people_shown and not previewed", "media { people_shown yes }", "hold"),
    ("any media where previews at least 2", 'media { previewed_by "a", "b" }', "hold"),
    ("any hashtag where trending and not own", 'hashtag { tag "#joy"  trending yes }', "hold"),
    ("any hashtag where read_age over 50 minutes", 'hashtag { tag "#joy"  uses_read 12  read_age 1 hour }', "hold"),
    ("any hashtag where uses_read at least 10", 'hashtag { tag "#joy"  uses_read 12 }', "hold"),
    ("any claim where kind is medical and about is competitor", "claim { kind medical  about competitor }", "hold"),
    ("any answer where open", "answer { question facts_verified  value unsure }", "hold"),
    ("any approval where role is legal and checks includes facts", "approval { person kim  role legal  checks facts }", "hold"),
    ("draft.directly_impacted", 'directly_impacted { who "us"  evidence "a call" }', "hold"),
    ("audience.segments includes fans", "audience { segments fans }", "hold"),
]


@pytest.mark.parametrize(("when", "stated", "verdict"), STATED)
def test_what_is_stated_is_seen(tmp_path: Path, when: str, stated: str, verdict: str) -> None:
    assert came(tmp_path, when, f'draft {{ text "Hello #joy" }}  {stated}') == verdict


@pytest.mark.parametrize(
    ("when", "draft"),
    [
        ("draft.sells and draft.sponsored", "sells yes  sponsored yes"),
        ("draft is promotional", "class promotional"),
        ("draft.author is sam and draft.author_role is manager", "author sam  author_role manager"),
        ("draft.template is holiday", "template holiday"),
        ("trigger.category is viral_moment and trigger.declared", "trigger viral_moment"),
        ("draft.channels includes tiktok", "channels tiktok, x"),
        ("draft.regions includes GB", "regions GB"),
        ("draft.length at least 300", "length 300"),
    ],
)
def test_a_draft_says_what_the_gate_would_find(tmp_path: Path, when: str, draft: str) -> None:
    assert came(tmp_path, when, f"draft {{ {draft} }}") == "hold"
    assert came(tmp_path, when, 'draft { text "Hello." }') == "go"


def test_the_standing_of_a_situation_is_in_its_evidence(tmp_path: Path) -> None:
    stated = 'draft { text "Hello." }  situation { topic tragedy  severity major  touches region  title "Ferry sinks off Maine" }'
    (tmp_path / "p.rtm").write_text(policy("any situation where grave and touches region", stated, "go"))
    with Gate.open(tmp_path / "p.rtm") as gate:
        verdict = run_test(gate, gate.policy.tests[0]).verdict
    assert verdict is not None
    row = verdict.findings[0].evidence[0]
    assert (row["title"], row["severity"], row["state"], row["regions"]) == ("Ferry sinks off Maine", "major", "active", ["US"])


def policy(when: str, stated: str, expect: str) -> str:
    return f'{HEAD}rule asked "Asked" {{ when {when}  then hold  because "b" }}\ntest "stated" {{ {stated}  expect {expect} }}\n'


def came(tmp_path: Path, when: str, stated: str) -> str:
    (tmp_path / "p.rtm").write_text(policy(when, stated, "go"))
    with Gate.open(tmp_path / "p.rtm") as gate:
        assert gate.loaded.errors == ()
        result = run_test(gate, gate.policy.tests[0])
    assert result.verdict is not None, result.failures
    assert not result.verdict.faulted
    assert {finding.rule for finding in result.verdict.deciding} <= {"asked"}
    return result.verdict.verdict
