"""Which blocks a test would miss, held against policies from which the block is really cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from rtm_gate import Gate
from rtm_gate.gate.testing.coverage import Counter
from rtm_gate.gate.testing.run import run_test
from rtm_gate.gate.testing.without import Needed, asked_for
from tests.deletion import deleted

BLOCKS = [Path(__file__).parent / "blocks" / f"{name}.rtm" for name in ("checklist", "guarantee", "matrix", "overrides", "platform", "template")]

POLICY = """policy "Two reasons" { language 1  audience US  roles manager  otherwise hold }
tier manager { needs 1 manager }
rule queued "Queued" { when draft.queued  then no-go  because "b" }
rule sponsored "Sponsored" { when draft.sponsored  then no-go  because "b" }
rule tagged "Tagged" { when any hashtag where trending  then warn  because "b" }
rule dangling "Dangling" { when any hashtag where own  then warn  because "b" }
rule signed "Signed" { when draft is reply  then hold for manager  because "b" }
shadow rule unheard "Unheard" { when draft.queued  then no-go  because "b" }
rule asleep "Asleep" { when draft is statement  then hold  because "b" }
rule wrong "Wrong" { when draft is in_session  then hold  because "b" }
checklist asked "Asked" {
  applies when draft is reactive
  ask facts "Are they facts?" must be yes
  with 0 open go
  with 1 or more open hold for manager
  because "b"
}
"""
TESTS = {
    "either would do": "draft { queued yes  sponsored yes }  expect no-go",
    "nothing decides": 'draft { text "Hello." }  expect hold from otherwise',
    "advice that is asked for": 'draft { kind reply  text "#joy" }  hashtag { tag "#joy"  trending yes  own yes }'
    "  approval { person lee  role manager }  expect go and advice from tagged",
    "lifted, so `otherwise` is silent": 'draft { kind reply  text "Hello." }  approval { person lee  role manager }  expect go',
    "a question": 'draft { kind reactive  text "Hello." }  answer { question facts  value no }  expect no-go',
    "it fails": 'draft { kind in_session  text "Hello." }  expect go',
}


@pytest.fixture(scope="module")
def needed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Counter, dict[str, set[str]]]:
    """All that the tests come to, and what each needs by itself."""
    file = tmp_path_factory.mktemp("needed") / "p.rtm"
    file.write_text(POLICY + "\n".join(f'test "{name}" {{ {said} }}' for name, said in TESTS.items()) + "\n")
    with Gate.open(file) as gate:
        assert [str(error) for error in gate.loaded.errors] == []
        counter, by_test = Counter(gate.policy), {}
        for test in gate.policy.tests:
            alone = Needed(gate.policy)
            run_test(gate, test, alone.add)
            run_test(gate, test, counter.add)
            by_test[test.name] = alone.blocks
    return counter, by_test


def test_each_test_needs_what_it_would_fail_without(needed: tuple[Counter, dict[str, set[str]]]) -> None:
    assert needed[1] == {
        "either would do": set(),
        "nothing decides": set(),
        "advice that is asked for": {"signed", "tagged"},
        "lifted, so `otherwise` is silent": {"signed"},
        "a question": {"asked"},
        "it fails": set(),
    }


def test_what_nobody_would_miss_is_told_with_its_place(needed: tuple[Counter, dict[str, set[str]]]) -> None:
    """Those that never fired among them; no shadow, and nothing that the policy block itself says."""
    told = needed[0].coverage().as_json()["unmissed"]
    assert [row["block"] for row in told["blocks"]] == ["queued", "sponsored", "dangling", "asleep", "wrong"]
    assert (told["total"], told["count"]) == (8, 5)
    assert told["blocks"][0]["at"].endswith("p.rtm:3")
    assert told["blocks"][0]["words"] == ["Queued"]


@pytest.mark.parametrize("file", BLOCKS, ids=lambda file: file.stem)
def test_a_test_needs_a_block_where_it_fails_once_the_block_is_cut(file: Path, tmp_path: Path) -> None:
    """For every test and every block of these policies: templates that relieve, tallies, risks and exceptions among them."""
    with Gate.open(file) as gate:
        needs: dict[str, set[str]] = {}
        for test in gate.policy.tests:
            alone = Needed(gate.policy)
            assert run_test(gate, test, alone.add).failures == ()
            needs[test.name] = alone.blocks
        for block in asked_for(gate.policy):
            with deleted(gate, block, tmp_path / block.name) as less:
                failing = {test.name for test in gate.policy.tests if run_test(less, test).failures}
            assert failing == {name for name, blocks in needs.items() if block.name in blocks}, block.name
