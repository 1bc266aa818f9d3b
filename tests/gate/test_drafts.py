"""What the gate says about a draft before it judges it."""

from __future__ import annotations

from rtm_gate.gate.drafts import accept
from rtm_gate.language import load_text

PLAIN = {"text": "Hello.", "platform": "x", "kind": "planned"}
OWN = """policy "Own" { language 1  audience US  roles manager }
platform tumblr "Tumblr" { tone casual }
template birthday "Birthday" { copy "Happy birthday, {name}!" }
checklist questions "Ours" { applies when draft is reactive  ask read_aloud "Read aloud?" should be yes  with 0 open go  with 1 or more open warn }
"""


def warnings_of(draft: dict[str, object]) -> list[str]:
    loaded = load_text(OWN, "own.rtm")
    assert loaded.policy is not None, loaded.diagnostics
    return [line.partition(":")[0] for line in accept(PLAIN | draft, loaded.policy)[1]]


def test_names_nobody_knows_are_warnings() -> None:
    answers = {"facts_verfied": {"answer": "yes"}, "two_people": {"answer": "yes"}}
    assert warnings_of({"platform": "myspace", "checklist": answers, "template": {"id": "birthdy"}}) == ["platform", "template.id", "checklist.facts_verfied"]


def test_names_of_the_policy_are_known() -> None:
    assert warnings_of({"platform": "tumblr", "checklist": {"read_aloud": {"answer": "yes"}}, "template": {"id": "birthday"}}) == []
