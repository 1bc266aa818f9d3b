"""The trial of a policy in a child process."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from rtm_gate.model.rule import CoreRule, Pattern
from rtm_gate.model.rule import Test as Where
from rtm_gate.rules import reference
from rtm_gate.rules.sample import facts_for
from rtm_gate.rules.trial import try_out, verdict

from .worlds import TYPES, world

RULES = tuple(rule for seed in range(30) for rule in world(seed).rules)


def test_a_sound_policy_passes() -> None:
    assert try_out(RULES, MappingProxyType(TYPES), 30) == ""


def test_a_policy_beyond_the_limits_is_said() -> None:
    rule = CoreRule("broad", 0, tuple(Pattern(f"p{number}", "event") for number in range(4)))
    said = try_out([rule], TYPES, 30)
    assert said.startswith("The rule engine does not take this policy: `broad`: it combines every `event`")


def test_an_engine_that_crashes_or_hangs_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another library in its place does what the real one does past its limits."""
    library = tmp_path / "durable_rules_engine.py"
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    library.write_text("import os; os.abort()")
    assert try_out(RULES, TYPES, 30) == "The rule engine crashed on this policy (signal 6)."
    library.write_text("while True: pass")
    assert try_out(RULES, TYPES, 1) == "The rule engine did not finish with this policy in 1 seconds."
    library.write_text("raise ValueError('odd')")
    assert try_out(RULES, TYPES, 30) == "The trial of this policy failed: ValueError: odd"


def test_a_policy_that_takes_too_long_is_said() -> None:
    assert try_out(RULES, TYPES, 0.01) == "The rule engine did not finish with this policy in 0.01 seconds."


def test_the_trial_makes_most_rules_fire() -> None:
    """Its facts are worth little otherwise; random rules contradict themselves more often than an author's."""
    rules = [rule for rule in RULES if not rule.absent]
    fired = [rule for rule in rules if reference.match([rule], facts_for(rule, TYPES), TYPES)]
    assert len(fired) > 0.5 * len(rules)
    assert verdict(rules, TYPES) == ""


def test_facts_pass_every_kind_of_test() -> None:
    tests = (Where("severity", ">=", 3), Where("updated", "!=", 4), Where("topic", "!=", "war"), Where("official", "!=", True), Where("region", "unknown"))
    rule = CoreRule("b", 0, (Pattern("e", "event", (*tests, Where("key", "known"))),))
    assert reference.match([rule], facts_for(rule, TYPES), TYPES) != ()
