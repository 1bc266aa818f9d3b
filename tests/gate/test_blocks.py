"""What each block of the language decides: policies whose own `test` blocks say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from rtm_gate import Gate
from rtm_gate.gate.testing.run import run_test

BLOCKS = sorted((Path(__file__).parent / "blocks").glob("*.rtm"))


@pytest.mark.parametrize("path", BLOCKS, ids=lambda path: path.stem)
def test_the_tests_of_the_policy_pass(path: Path) -> None:
    with Gate.open(path) as gate:
        assert gate.loaded.policy is not None, gate.loaded.errors
        assert gate.policy.tests
        problems = [f"{test.at.line} {test.name}: {problem}" for test in gate.policy.tests for problem in run_test(gate, test).failures]
    assert not problems
