"""Any condition, over any facts: where it is not met there is something to say, in words an author knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import HealthCheck, assume, given, settings

from rtm_gate.facts import Facts, Scene
from rtm_gate.facts.people import People
from rtm_gate.facts.queries import counts, with_likes
from rtm_gate.gate.gate import NO_NEWS, Examined
from rtm_gate.gate.testing.coverage import Counter
from rtm_gate.gate.testing.why import why_not
from rtm_gate.language import load_text
from rtm_gate.model.analysis import Analysis
from rtm_gate.model.draft import Draft
from rtm_gate.model.fact import Fact
from rtm_gate.model.policy import Policy
from rtm_gate.rules import reference
from rtm_gate.verdict import verdict_of
from tests.language.worlds import conditions, worlds

HEAD = 'policy "Any" { language 1  audience US  roles manager, legal }\n'
DRAFT = Draft.model_validate({"text": "Hello #a", "platform": "x", "kind": "planned"})
OURS = re.compile(r"_top\b|count_\d|like_\d|None|\bTest\(|\bPattern\(|_region\b|``")
"""What only the gate's own rules know."""


def examined(policy: Policy, rows: Sequence[Fact]) -> Examined:
    """A check that came to these facts, and in which nothing fired."""
    complete = list(with_likes(rows, {}, policy.likes))
    complete += counts(complete, policy.counts)
    scene = Scene(DRAFT, Analysis(), NO_NEWS, policy, datetime(2026, 1, 5, 12, tzinfo=UTC))
    return Examined(verdict_of(scene, None, ()), scene, Facts(tuple(complete), {}, {}, People((), (), ())), ())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large])
@given(conditions(), conditions(), worlds())
def test_there_is_a_reason_in_plain_words(condition: str, excuse: str, rows: tuple[Fact, ...]) -> None:
    policy = load_text(f'{HEAD}rule r "R" {{ when {condition}  except when {excuse}  then hold  because "b" }}', "w.rtm").policy
    assume(policy is not None)
    assert policy is not None
    check = examined(policy, rows)
    assert check.facts is not None
    fires = any(reference.fires(rule, check.facts.rows) for rule in policy.rules if rule.block == "r")
    lines = why_not(policy, check, "r", "hold")
    if not fires and any(rule.block == "r" for rule in policy.rules):
        assert re.match(r"r did not fire: (`[^`]+`( or `[^`]+`)*, but .|its `except when` holds: `[^`]+`)", lines[0]), lines
    assert [line for line in lines if OURS.search(line)] == []
    counter = Counter(policy)
    counter.add(check, lambda verdict: True)
    covered = counter.coverage()
    told = [words for share in (covered.alternatives, covered.exceptions) for clause in share.clauses for words in clause.words]
    assert [words for words in told if re.search(r"_top\b|count_\d|like_\d|None", words)] == []
