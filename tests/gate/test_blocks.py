"""What each block of the language decides, and the policies it was designed with: their own `test` blocks say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from rtm_gate import Gate
from rtm_gate.gate.testing.run import every_test, run_test

TESTS = Path(__file__).parents[1]
BLOCKS = sorted([*(TESTS / "gate" / "blocks").glob("*.rtm"), TESTS / "language" / "good" / "acme.rtm", TESTS / "language" / "good" / "example.rtm"])


@pytest.mark.parametrize("path", BLOCKS, ids=lambda path: path.stem)
def test_the_tests_of_the_policy_pass(path: Path) -> None:
    with Gate.open(path) as gate:
        assert gate.loaded.policy is not None, gate.loaded.errors
        assert gate.policy.tests
        problems = [f"{test.at.line} {test.name}: {problem}" for test in every_test(gate.policy) for problem in run_test(gate, test).failures]
    assert not problems
