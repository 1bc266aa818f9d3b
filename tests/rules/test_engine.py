"""The engine's own life: threads, memory, faults, closing."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.rule import CoreRule, Join, Match, Pattern
from rtm_gate.model.rule import Test as Where
from rtm_gate.rules import Engine, EngineFault, reference
from rtm_gate.rules.shape import LARGEST

from .child import run
from .worlds import TYPES, world

CHECKS = 100_000 if os.environ.get("RTM_GATE_SOAK") else 5_000


def test_eight_threads_on_one_engine() -> None:
    rules = tuple(rule for seed in range(12) for rule in world(seed).rules)
    worlds = [world(seed).facts for seed in range(40)]
    expected = [reference.match(rules, facts, TYPES) for facts in worlds]
    begin = threading.Barrier(8)
    with Engine(rules, TYPES) as engine, ThreadPoolExecutor(8) as threads:

        def judge(start: int) -> list[bool]:
            begin.wait()
            turns = [(start + turn) % len(worlds) for turn in range(3 * len(worlds))]
            return [engine.match(worlds[turn]) == expected[turn] for turn in turns]

        assert all(all(equal) for equal in threads.map(judge, range(8)))


def test_memory_is_flat() -> None:
    """Resident memory after a tenth of the checks and after all of them, and over engines built and closed; 8 MB is allowed."""
    printed = run(
        f"""
        import os
        from pathlib import Path
        from rtm_gate.rules import Engine
        from rules.worlds import TYPES, world
        def resident():
            return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        rules = tuple(rule for seed in range(12) for rule in world(seed).rules)
        worlds = [world(seed).facts for seed in range(40)]
        with Engine(rules, TYPES) as engine:
            for check in range({CHECKS}):
                engine.match(worlds[check % 40])
                if check == {CHECKS} // 10:
                    before = resident()
        judged = resident()
        for _ in range({CHECKS} // 50):
            Engine(rules, TYPES).close()
        print((judged - before) // 1024, (resident() - judged) // 1024)
        """,
        seconds=900,
    )
    print(f"{CHECKS} checks and {CHECKS // 50} engines: grown by {printed} kB")
    assert all(int(grown) < 8192 for grown in printed.split())


def event(**values: Value) -> Fact:
    return Fact("event", values)


# facts that are outside the contract, what is said
FAULTS = {
    "kind": ([Fact("planet", {})], "fact 0: there is no kind `planet`"),
    "field": ([event(), event(colour="red")], "fact 1: `event` has no field `colour`"),
    "word for a number": ([event(severity="3")], "fact 0: `event.severity` is str, not int"),
    "flag for a number": ([event(severity=True)], "fact 0: `event.severity` is bool, not int"),
    "number for a flag": ([event(official=1)], "fact 0: `event.official` is int, not bool"),
    "fraction": ([event(severity=3.0)], "fact 0: `event.severity` is float, not int"),  # type: ignore[arg-type]
    "none": ([event(topic=None)], "fact 0: `event.topic` is NoneType, not str"),  # type: ignore[arg-type]
    "too large": ([event(severity=LARGEST + 1)], "fact 0: `event.severity` is beyond ±9,007,199,254,740,992"),
    "too many": ([event()] * 16385, "16,385 facts; 16,384 is the most of one check"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_facts_outside_the_contract_are_a_fault(name: str) -> None:
    facts, said = FAULTS[name]
    rules = [CoreRule("b", 0, (Pattern("e", "event", (Where("severity", ">", 1),)),))]
    with Engine(rules, TYPES) as engine:
        with pytest.raises(EngineFault) as fault:
            engine.match(facts)
        assert str(fault.value) == said
        assert engine.match([event(severity=2)]) == (Match(0, (0,)),)
    if name != "too many":
        with pytest.raises(EngineFault):
            reference.match(rules, facts, TYPES)


def test_too_many_combinations_are_a_fault() -> None:
    """70 facts of three kinds each would be 343,000 tuples; tied ones are judged."""
    free = CoreRule("free", 0, (Pattern("e", "event"), Pattern("t", "tag"), Pattern("l", "link")))
    tied = CoreRule(
        "tied",
        0,
        (Pattern("e", "event"), Pattern("t", "tag", (), (Join("key", "==", "e", "key"),)), Pattern("l", "link", (), (Join("event", "==", "t", "key"),))),
    )
    facts = [fact for number in range(70) for fact in (event(key=str(number)), Fact("tag", {"key": str(number)}), Fact("link", {"event": str(number)}))]
    with Engine([free], TYPES) as engine:
        with pytest.raises(EngineFault, match="`free` combines `event`, `tag`, `link`: over 200,000 combinations"):
            engine.match(facts)
        assert len(engine.match(facts[:30])) == 1000
    with Engine([tied], TYPES) as engine:
        assert len(engine.match(facts)) == 70


def test_a_closed_engine_answers_nothing() -> None:
    engine = Engine([], TYPES)
    assert engine.match([event()]) == ()
    engine.close()
    engine.close()
    with pytest.raises(EngineFault, match="closed"):
        engine.match([])


def test_an_engine_nobody_holds_is_freed() -> None:
    run(
        """
        import gc
        from rtm_gate.rules import Engine
        from rules.worlds import TYPES, world
        for seed in range(50):
            Engine(world(seed).rules, TYPES).match(world(seed).facts)
        gc.collect()
        left_open = Engine(world(1).rules, TYPES)
        """
    )
