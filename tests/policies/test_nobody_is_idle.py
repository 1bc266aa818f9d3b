"""No block of the standard policy is idle: each is missed by one of its tests, or by one of the project's own cases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from rtm_gate import Gate
from rtm_gate.gate.gate import Examined
from rtm_gate.gate.testing.cases import judge_case
from rtm_gate.gate.testing.expected import Holds, Seen
from rtm_gate.gate.testing.run import run_test
from rtm_gate.gate.testing.without import Needed, asked_for, whole
from rtm_gate.model.policy import PolicyTest
from tests.cases.expand import write_cases
from tests.deletion import deleted

pytestmark = pytest.mark.xdist_group("idle")
STANDARD = Path(__file__).parents[2] / "policies" / "standard.rtm"
SOAK = bool(os.environ.get("RTM_GATE_SOAK"))
SAMPLE = 6
"""Blocks that are really cut; all of them in `make soak`."""

Check = PolicyTest | Path
"""A `test` block, or the folder of a case."""


@dataclass
class Run:
    """Every check that comes out right, judged once: `needing` has the first that needs a block, `reached` all in which it fired."""

    gate: Gate
    needed: Needed
    checks: list[Check] = field(default_factory=list)
    needing: dict[str, Check] = field(default_factory=dict)
    reached: dict[str, list[Check]] = field(default_factory=dict)

    def add(self, check: Check, examined: Examined, holds: Holds) -> None:
        policy = self.gate.policy
        self.checks.append(check)
        self.needed.add(examined, holds)
        for name in {whole(policy, policy.rules[match.rule].block) for match in examined.matches}:
            self.reached.setdefault(name, []).append(check)
        for name in self.needed.blocks:
            self.needing.setdefault(name, check)


def right(gate: Gate, check: Check, seen: Seen | None = None) -> bool:
    return judge_case(gate, check, seen).right if isinstance(check, Path) else run_test(gate, check, seen).passed


def _kept(seen: list[tuple[Examined, Holds]], examined: Examined, holds: Holds) -> None:
    seen.append((examined, holds))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with Gate.open(STANDARD) as gate:
        policy = gate.policy
        run = Run(gate, Needed(policy))
        checks: list[Check] = [*policy.tests, *write_cases(tmp_path_factory.mktemp("cases"))]
        for check in checks:
            seen: list[tuple[Examined, Holds]] = []
            if right(gate, check, partial(_kept, seen)) and seen:
                run.add(check, *seen[0])
        yield run


def test_every_block_is_missed_by_a_test_or_a_case(run: Run) -> None:
    blocks = [block for block in asked_for(run.gate.policy) if block.name not in run.needed.blocks]
    idle = "\n".join(f"{block.at.file}:{block.at.line} {block.name}: {block.title}" for block in blocks)
    assert not idle, f"without one of these {len(blocks)} blocks every test and case still comes out right: name it in a test, or take it out\n{idle}"


def test_what_is_needed_shows_when_the_block_is_really_cut(run: Run, tmp_path: Path) -> None:
    """The check that needs a block fails without it; where none does, those in which it fired (in soak: all) come out as before."""
    blocks = sorted(asked_for(run.gate.policy), key=lambda block: block.name)
    wrong = []
    for block in blocks if SOAK else blocks[:: -(-len(blocks) // SAMPLE)]:
        with deleted(run.gate, block, tmp_path / block.name) as less:
            if block.name in run.needing:
                agrees = not right(less, run.needing[block.name])
            else:
                asked = run.checks if SOAK else run.reached.get(block.name, [])
                agrees = all(right(less, check) for check in asked)
        wrong += [] if agrees else [block.name]
    assert wrong == []
