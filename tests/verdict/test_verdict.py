"""What a policy of a few lines makes of a draft: effects, exits, useful life, unknowns, sign-offs, leases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rtm_gate import language
from rtm_gate.facts import Scene, build
from rtm_gate.model.analysis import Analysis
from rtm_gate.model.draft import read_draft
from rtm_gate.model.news import News, Situation, SourceHealth
from rtm_gate.model.schema import SCHEMA, stored_types
from rtm_gate.model.verdict import Verdict
from rtm_gate.rules import reference
from rtm_gate.verdict import Fault, verdict_of

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HEAD = """
policy "Test" { language 1 owner "o@example.com" timezone "UTC" audience US roles manager, legal otherwise go
  stale news after 30 minutes hold answers hold for 10 minutes shelf life reactive 12 hours shelf life planned 14 days }
tier two "Two" { needs 2 people }
tier manager "A manager" { needs 1 manager }
tier both "Both" { needs 1 manager and 1 legal }
"""
TYPES = {kind: dict(stored_types(kind)) for kind in SCHEMA}


def judge(blocks: str, *, situations: tuple[Situation, ...] = (), faults: tuple[Fault, ...] = (), head: str = HEAD, **draft: Any) -> Verdict:
    loaded = language.load_text(head + blocks, "test.rtm")
    assert loaded.policy is not None, [d.message for d in loaded.diagnostics]
    read, warnings = read_draft({"id": "d", "text": "Hello.", "platform": "x", "kind": "planned", "author": {"id": "sam"}, **draft})
    source = SourceHealth("wire", "wire.xml", NOW, 3, 3)
    scene = Scene(read, Analysis(length=6), News(True, situations, (source,), "s"), loaded.policy, NOW)
    facts = build(scene)
    matches = reference.match(loaded.policy.rules, facts.rows, TYPES)
    return verdict_of(scene, facts, matches, faults=faults, warnings=warnings)


def situation(**changes: Any) -> Situation:
    values: dict[str, Any] = {
        "id": "s1", "title": "A fire", "topic": "tragedy.fire", "severity": "major", "certainty": "observed", "state": "active", "official": False,
        "sources": 2, "regions": ("US-NY",), "worldwide": False, "dead": 4, "started": NOW - timedelta(hours=3), "updated": NOW - timedelta(hours=1),
        "ends": None, "tags": (), "terms": (), "names": (), "stories": (),
    }  # fmt: skip
    return Situation(**(values | changes))


def signed(*people: tuple[str, str], hours_ago: float = 0.5) -> list[dict[str, str]]:
    at = (NOW - timedelta(hours=hours_ago)).isoformat()
    return [{"person": person, "role": role, "at": at} for person, role in people]


ALWAYS = 'rule r "R" { when draft.platform is x then %s because "b" fix "f" }'


def test_nothing_objects() -> None:
    verdict = judge(ALWAYS % "warn")
    assert (verdict.verdict, verdict.headline) == ("go", "Nothing objects.")
    assert [(f.rule, f.kind) for f in verdict.findings] == [("r", "advice")]


@pytest.mark.parametrize(
    ("approvals", "word", "missing"),
    [
        ([], "hold", ("1 manager", "1 legal")),
        (signed(("ana", "manager")), "hold", ("1 legal",)),
        (signed(("ana", "manager"), ("sam", "legal")), "hold", ("1 legal",)),
        (signed(("ana", "manager"), ("lee", "legal")), "go", ()),
    ],
)
def test_a_tier_is_lifted_by_the_right_people(approvals: list[dict[str, str]], word: str, missing: tuple[str, ...]) -> None:
    verdict = judge(ALWAYS % "hold for both", approvals=approvals)
    assert verdict.verdict == word
    assert verdict.findings[0].status == ("active" if missing else "lifted")
    assert verdict.findings[0].lifts.missing == missing


def test_nobody_lifts_a_no_go() -> None:
    everyone = signed(("ana", "manager"), ("lee", "legal"), ("eve", "executive"))
    assert judge(ALWAYS % "no-go", approvals=everyone, author={"id": "boss", "role": "ceo"}).verdict == "no-go"


def test_several_exits_must_all_be_met() -> None:
    rule = 'rule r "R" { when any media where origin is own then hold for two, hold until previewed because "b" fix "f" }'
    seen = [{"previewed_by": ["ana", "ben"]}]
    people = signed(("ana", "manager"), ("ben", "legal"))
    assert judge(rule, media=seen).findings[0].lifts.missing == ("2 people",)
    assert judge(rule, media=[{}], approvals=people).findings[0].lifts.missing == ("previewed",)
    assert judge(rule, media=seen, approvals=people).verdict == "go"


SILENCE = """blackout b "Silence" { when any situation where topic is tragedy and touches region
  lasts until 24 hours after situation.updated, at most 48 hours after situation.started  stops promotional, editorial because "b" fix "f" }"""


def test_a_blackout_holds_planned_posts_until_it_ends() -> None:
    verdict = judge(SILENCE, situations=(situation(),), regions=["US-NY"])
    assert verdict.verdict == "hold"
    assert verdict.retry_after == verdict.findings[0].lifts.until == "2026-03-11T11:00:00Z"


def test_it_never_lasts_longer_than_its_limit() -> None:
    old = situation(started=NOW - timedelta(hours=40), updated=NOW - timedelta(hours=1))
    assert judge(SILENCE, situations=(old,), regions=["US-NY"]).retry_after == "2026-03-10T20:00:00Z"


def test_a_post_scheduled_at_its_end_is_free_and_one_second_earlier_is_not() -> None:
    def at(moment: str) -> str:
        return judge(SILENCE, situations=(situation(),), regions=["US"], scheduled_at=moment).verdict

    assert (at("2026-03-11T10:59:59Z"), at("2026-03-11T11:00:00Z")) == ("hold", "go")


def test_waiting_longer_than_it_is_useful_is_a_no_go() -> None:
    verdict = judge(SILENCE, situations=(situation(),), kind="reactive", regions=["US"])
    assert verdict.verdict == "no-go"
    assert "lost its use" in verdict.findings[0].because


def test_states_do_not_touch_each_other_but_the_country_does() -> None:
    assert judge(SILENCE, situations=(situation(),), regions=["US-NJ"]).verdict == "go"
    assert judge(SILENCE, situations=(situation(regions=("US",)),), regions=["US-NJ"]).verdict == "hold"


def test_an_unknown_area_is_assumed_and_never_a_no_go() -> None:
    rule = 'rule r "R" { when any situation where topic is tragedy and touches region then no-go because "b" fix "f" }'
    verdict = judge(rule, situations=(situation(regions=()),))
    assert (verdict.verdict, bool(verdict.findings[0].assumed)) == ("hold", True)


def test_an_unknown_severity_is_assumed_and_never_a_no_go() -> None:
    rule = 'rule r "R" { when any situation where severity at least major then no-go because "b" fix "f" }'
    assert judge(rule, situations=(situation(severity="moderate"),)).verdict == "go"
    assert judge(rule, situations=(situation(severity=None),)).verdict == "hold"
    assert judge(rule, situations=(situation(severity="major"),)).verdict == "no-go"


def test_an_old_sign_off_says_nothing_about_new_news() -> None:
    rule = 'rule r "R" { when any situation where topic is tragedy then hold for manager because "b" fix "f" }'
    before = judge(rule, situations=(situation(),), approvals=signed(("ana", "manager"), hours_ago=4))
    after = judge(rule, situations=(situation(),), approvals=signed(("ana", "manager"), hours_ago=1))
    assert (before.verdict, after.verdict) == ("hold", "go")
    assert [(i.person, i.because) for i in before.approvals.ignored] == [("ana", "signed before the news that stops this")]


def test_the_wording_is_an_exit() -> None:
    rule = 'rule r "R" { when draft is sponsored then require "#ad" or "#sponsored" in the first line because "b" fix "f" }'
    paid = {"partner": "Glow"}
    assert judge(rule, text="New serum.\n#ad", sponsored=paid).verdict == "hold"
    assert judge(rule, text="#ad New serum.", sponsored=paid).verdict == "go"
    assert judge(rule, text="New serum.").verdict == "go"


def test_a_tag_is_not_said_by_a_longer_word() -> None:
    rule = 'rule r "R" { when draft is sponsored then require "#ad" in the first line because "b" fix "f" }'
    paid = {"partner": "Glow"}
    assert judge(rule, text="I love this serum #advent", sponsored=paid).verdict == "hold"
    assert judge(rule, text=["", "New serum.\n#ad"], sponsored=paid).verdict == "hold"
    assert judge(rule, text="(#AD) New serum.", sponsored=paid).verdict == "go"


def test_only_a_good_answer_ends_a_hold() -> None:
    rule = ALWAYS % "hold until ceo_defensible"
    assert judge(rule).findings[0].lifts.missing == ("check ceo_defensible",)
    assert judge(rule, checklist={"ceo_defensible": {"answer": "no"}}).verdict == "hold"
    assert judge(rule, checklist={"ceo_defensible": {"answer": "yes"}}).verdict == "go"


def test_one_person_is_one_person_however_written() -> None:
    twice = signed(("Ana", "manager"), (" ana", "legal"))
    assert judge(ALWAYS % "hold for two", approvals=twice).findings[0].lifts.missing == ("1 person",)
    own = signed(("SAM", "manager"), ("sam ", "legal"))
    assert judge(ALWAYS % "hold for two", approvals=own).findings[0].lifts.missing == ("2 people",)


def test_shadow_is_reported_and_never_decides() -> None:
    verdict = judge("shadow " + ALWAYS % "no-go")
    assert (verdict.verdict, verdict.findings[0].status) == ("go", "shadow")


def test_otherwise_hold_holds_what_no_rule_spoke_of() -> None:
    strict = HEAD.replace("otherwise go", "otherwise hold")
    assert judge(ALWAYS % "warn", head=strict).verdict == "hold"
    signs = HEAD.replace("otherwise go", "otherwise hold for manager")
    assert judge("", head=signs).findings[0].lifts.missing == ("1 manager",)
    assert judge("", head=signs, approvals=signed(("ana", "manager"))).verdict == "go"
    lifted = judge(ALWAYS % "hold for manager", head=strict, approvals=signed(("ana", "manager")))
    assert lifted.verdict == "go"


def test_a_fault_holds_whatever_the_rules_say() -> None:
    verdict = judge(ALWAYS % "warn", faults=(Fault("engine", "it broke"),))
    assert (verdict.verdict, verdict.faulted) == ("hold", True)
    assert judge(ALWAYS % "no-go", faults=(Fault("engine", "it broke"),)).verdict == "no-go"


def test_a_go_is_a_lease() -> None:
    assert judge(ALWAYS % "warn").valid_until == "2026-03-10T12:10:00Z"
    assert judge(ALWAYS % "warn", kind="in_session").valid_until == "2026-03-10T12:01:00Z"
    assert judge(ALWAYS % "no-go").valid_until is None


def test_a_go_ends_when_an_age_reaches_a_limit() -> None:
    late = 'rule r "R" { when draft.kind is reactive and trigger.age over 2 hours then hold because "b" fix "f" }'
    noticed = {"detected_at": (NOW - timedelta(minutes=115)).isoformat()}
    assert judge(late, kind="reactive", trigger=noticed).valid_until == "2026-03-10T12:05:00Z"
    assert judge(late, kind="planned").valid_until == "2026-03-10T12:10:00Z"


def test_the_same_question_has_the_same_answer() -> None:
    first, second = (judge(SILENCE, situations=(situation(),), regions=["US"]) for _ in range(2))
    assert first.to_json() == second.to_json()


def test_unknown_keys_are_said_and_do_nothing() -> None:
    verdict = judge(ALWAYS % "no-go", override=True)
    assert verdict.verdict == "no-go"
    assert verdict.warnings == ("override: the gate does not know this key; it is ignored",)


def test_the_headline_fits() -> None:
    rule = 'rule r "%s" { when any situation where topic is tragedy then no-go because "b" fix "f" }' % ("long " * 40)
    assert len(judge(rule, situations=(situation(title="t" * 400),)).headline) <= 140
