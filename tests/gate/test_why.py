"""What a failing test says of the block it wanted: each row is a condition, a test under which it is not met, and the sentence that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from rtm_gate import Gate
from rtm_gate.gate.testing.run import Failure, run_test

HEAD = (
    'policy "Why" { language 1  owner "o@example.com"  audience US, CA  roles manager, legal }\n'
    "tier boss { needs 1 manager }\n"
    'check context "Somebody read where it comes from"\n'
)
SHIP = 'situation { topic tragedy  severity minor  touches region, words  title "Women share stories" }'
FAR = 'situation { topic tragedy  severity major  regions FR  title "Ferry sinks" }'

# what is not met: condition, what the test states, what it says after `asked did not fire: `
REASONS: dict[str, tuple[str, str, list[str]]] = {
    "severity": (
        "any situation where grave and severity at least major and touches words",
        SHIP,
        ['`severity at least major`, but the situation "Women share stories" has severity minor'],
    ),
    "topic": (
        "any situation where topic is one of war, terror and touches region",
        SHIP,
        ['`topic is war` or `topic is terror`, but the situation "Women share stories" has topic tragedy'],
    ),
    "region": (
        "any situation where grave and touches region",
        FAR,
        ['`touches region`, but the situation "Ferry sinks" is in FR, and the draft is shown in US, CA'],
    ),
    "no region by name": (
        "any situation where grave and touches region",
        'situation { topic tragedy  title "Ferry sinks" }',
        ['`touches region`, but the situation "Ferry sinks" is in no region by name, and the draft is shown in US, CA'],
    ),
    "the nearer of two facts": (
        "any situation where grave and severity at least major and touches region",
        f'situation {{ topic weather  title "Rain" }} {FAR}',
        ['`touches region`, but the situation "Ferry sinks" is in FR, and the draft is shown in US, CA'],
    ),
    "all that is unmet": (
        "any situation where grave and severity at least major and touches region",
        'situation { topic tragedy  severity minor  regions FR  title "Ferry sinks" }',
        [
            '`severity at least major`, but the situation "Ferry sinks" has severity minor; and `touches region`, '
            'but the situation "Ferry sinks" is in FR, and the draft is shown in US, CA'
        ],
    ),
    "nothing of the kind": ("any situation where grave", "", ["`any situation where grave`, but there is no situation"]),
    "words, tags or names": (
        "any situation where grave and touches any of words, hashtag, entity",
        FAR,
        [
            '`touches words`, but the situation "Ferry sinks" shares no word with the draft',
            'or: `touches hashtag`, but the situation "Ferry sinks" does not carry #joy',
            'or: `touches entity`, but the situation "Ferry sinks" shares no name with the draft',
        ],
    ),
    "what must not be shared": (
        "any situation where grave and not touches words",
        SHIP,
        ['`not touches words`, but the situation "Women share stories" shares a word with the draft'],
    ),
    "where it must not be": (
        "any situation where grave and not touches region",
        SHIP,
        ['`not touches region`, but the situation "Women share stories" is in US, and the draft is shown in US, CA'],
    ),
    "flag": ("draft.queued", "", ["`draft.queued`, but the draft has queued no"]),
    "negated flag": ("not account.regulated", "account { regulated yes }", ["`not account.regulated`, but the account has regulated yes"]),
    "one of several words": ("draft is one of reply, statement", "", ["`draft.kind is one of reply, statement`, but the draft has kind planned"]),
    "a word that is not given": ("draft.template is holiday", "", ["`draft.template is holiday`, but the draft has no template"]),
    "either of two fields": (
        "draft.queued or draft.sponsored",
        "",
        ["`draft.queued`, but the draft has queued no", "or: `draft.sponsored`, but the draft has sponsored no"],
    ),
    "count": (
        "at least 2 media where not previewed",
        'media { alt "a cat" }',
        ['`at least 2 media where not previewed`, but there is the media "a cat"'],
    ),
    "count of none": ("at least 2 hashtag where trending", "", ["`at least 2 hashtag where trending`, but there is none"]),
    "too many": (
        "fewer than 2 media",
        'media { alt "a cat" } media { alt "a dog" }',
        ['`fewer than 2 media`, but there are the media "a cat" and the media "a dog"'],
    ),
    "negated exists": (
        "no approval where role is legal",
        "approval { person lee  role manager } approval { person kim  role legal }",
        ["`no approval where role is legal`, but there is the approval of kim (legal)"],
    ),
    "age": ("trigger.age over 12 hours", "trigger { age 3 hours }", ["`trigger.age over 12 hours`, but the trigger has age 3 hours"]),
    "join": (
        "any approval where at before draft.submitted",
        "approval { person kim  role legal }",
        ["`at before draft.submitted`, but the approval of kim (legal) has at 2026-01-05T12:00:00Z, and the draft has submitted 2026-01-05T12:00:00Z"],
    ),
    "set membership": (
        "account.core_issues includes politics",
        "account { core_issues health, gender }",
        ["`account.core_issues includes politics`, but account.core_issues has gender, health"],
    ),
    "an empty set": ("account.core_issues includes politics", "", ["`account.core_issues includes politics`, but account.core_issues is empty"]),
    "set membership of another fact's field": (
        "account.core_issues includes trigger.topic",
        "account { core_issues health } trigger { topic politics }",
        ["`account.core_issues includes trigger.topic`, but account.core_issues has health, and the trigger has topic politics"],
    ),
    "a set of a fact of many": (
        "any approval where checks includes context",
        "approval { person kim  role legal }",
        ["`checks includes context`, but the approval of kim (legal) has none"],
    ),
    "what a set must not hold": ("not draft.channels includes x", "", ["`not draft.channels includes x`, but draft.channels has x"]),
    "region of the draft": ("draft.regions includes GB", "", ["`draft.regions includes GB`, but the draft is shown in US, CA"]),
    "known": (
        "any situation where severity is unknown",
        SHIP,
        ['`severity is unknown`, but the situation "Women share stories" has severity minor'],
    ),
    "unknown": (
        "any situation where severity is known",
        'situation { topic tragedy  title "Ferry sinks" }',
        ['`severity is known`, but the situation "Ferry sinks" has no known severity'],
    ),
    "a single fact nobody gave": ("lead.ratio at least 2x", "", ["`lead.ratio at least 2x`, but nothing is known of the lead"]),
    "like": ('any hashtag where text like "#Pray*"', "", ['`text like "#Pray*"`, but the hashtag #joy has text "#joy"']),
    "like of the text": ('draft.text like "*sale*"', "", ['`draft.text like "*sale*"`, but the draft has text "Hello #joy"']),
    "mention": (
        "draft mentions politics",
        "mention { topic war }",
        ["`topic is politics`, but the mention has topic war"],
    ),
    "share": (
        "any hashtag where sensitive_share over 20% and trending",
        'hashtag { tag "#joy"  uses_read 9  sensitive_share 10%  trending yes }',
        ["`sensitive_share over 20%`, but the hashtag #joy has sensitive_share 10%"],
    ),
}


@pytest.mark.parametrize("name", REASONS)
def test_why_a_block_did_not_fire(tmp_path: Path, name: str) -> None:
    when, stated, said = REASONS[name]
    failure = failed(tmp_path, f"when {when}  then hold  because 'b'", stated, "hold from asked")
    assert (failure.wanted, failure.came) == ("hold from asked", "go")
    assert list(failure.why) == [f"asked did not fire: {said[0]}", *said[1:]]


# clauses of the block, what the test states, what it expects, what it says
OTHERWISE: dict[str, tuple[str, str, str, str]] = {
    "an exception held": (
        "when draft is planned  except when account.regulated or draft.queued  then hold  because 'b'",
        "account { regulated yes }",
        "hold from asked",
        "asked did not fire: its `except when` holds: `account.regulated`",
    ),
    "an exception about a fact of many": (
        "when draft is planned  except when any approval where role is legal  then hold  because 'b'",
        "approval { person kim  role legal }",
        "hold from asked",
        "asked did not fire: its `except when` holds: `any approval where role is legal`",
    ),
    "lifted": (
        "when draft is planned  then hold for boss  because 'b'",
        "approval { person kim  role manager }",
        "hold from asked",
        "asked fired, but it is lifted: boss has signed",
    ),
    "time is over": (
        "when draft is planned  then hold until 2026-01-01T00:00Z  because 'b'",
        "",
        "hold from asked",
        "asked fired, but it is lifted: what ends it is there",
    ),
    "advice": ("when draft is planned  then warn", "", "hold from asked", "asked fired, but it says warn"),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_what_else_came_of_a_block(tmp_path: Path, name: str) -> None:
    clauses, stated, expect, said = OTHERWISE[name]
    assert failed(tmp_path, clauses, stated, expect).why[0] == said


def test_a_shadow_and_a_stricter_finding_are_told_apart(tmp_path: Path) -> None:
    other = 'shadow rule dark "D" { when draft is planned  then no-go  because "b"  fix "f" }\n'
    other += 'rule no "No" { when draft is planned  then no-go  because "b"  fix "f" }\n'
    failure = failed(tmp_path, "when draft is planned  then hold  because 'b'", "", "hold from asked, dark", other)
    assert failure.came == "no-go from no"
    asked, dark, no = failure.why
    assert asked == "asked fired and says hold, but the stricter no-go decides"
    assert dark == "dark fired, but it is a shadow and never decides"
    assert no.endswith("p.rtm:6) says no-go: No")


def test_a_wanted_block_that_decides_something_else_says_on_what_it_rests(tmp_path: Path) -> None:
    clauses = "when any situation where severity at least major  then no-go  because 'b'  fix 'f'"
    failure = failed(tmp_path, clauses, 'situation { topic tragedy  title "Ferry sinks" }', "no-go from asked")
    assert failure.came == "hold from asked"
    (line,) = failure.why
    assert line.endswith("p.rtm:4) says hold: Asked – Ferry sinks, since not known: situation.severity")


def test_every_wanted_block_is_asked_for(tmp_path: Path) -> None:
    other = 'rule no "No" { when draft.queued  then hold  because "b" }\n'
    failure = failed(tmp_path, "when draft is planned  then hold  because 'b'", "", "hold from asked, no", other)
    assert failure.why == ("no did not fire: `draft.queued`, but the draft has queued no",)


def test_another_tier_than_expected(tmp_path: Path) -> None:
    other = "tier crew { needs 2 people }\n"
    failure = failed(tmp_path, "when draft is planned  then hold for boss  because 'b'", "", "hold from asked for crew", other)
    assert (failure.wanted, failure.came) == ("hold from asked for crew", "hold from asked for boss")


def test_a_draft_that_is_none_says_why(tmp_path: Path) -> None:
    failure = failed(tmp_path, "when draft is planned  then hold  because 'b'", "", "hold from asked", draft='text ""')
    assert failure.came == "no verdict: the draft is invalid"
    assert failure.why == ("text: is empty, and there are no media",)


def failed(tmp_path: Path, clauses: str, stated: str, expect: str, other: str = "", draft: str = 'text "Hello #joy"') -> Failure:
    """The only failure of a test of the rule `asked`."""
    rule = f'rule asked "Asked" {{ {clauses} }}\n'.replace("'", '"')
    (tmp_path / "p.rtm").write_text(f'{HEAD}{rule}{other}test "why" {{ draft {{ {draft} }}  {stated}  expect {expect} }}\n')
    with Gate.open(tmp_path / "p.rtm") as gate:
        assert gate.loaded.errors == ()
        (failure,) = run_test(gate, gate.policy.tests[0]).failures
    return failure
