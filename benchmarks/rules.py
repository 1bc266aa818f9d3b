"""How long the engine and the reference evaluator take: `python benchmarks/rules.py`. Prints, asserts nothing.

Policies are synthetic: a third of the rules test the draft alone, a third tie a situation to it, the rest have three
patterns or an absent one. Facts are those of a busy hour. Times are medians, in milliseconds.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from rtm_gate.model.fact import Fact, Value
from rtm_gate.model.rule import CoreRule, Join, Pattern, Test
from rtm_gate.model.schema import SCHEMA, stored_types
from rtm_gate.rules import Engine, reference

TYPES = {kind: stored_types(kind) for kind in SCHEMA}
TOPICS = ("tragedy", "disaster", "war", "politics", "death", "health", "justice", "religion", "outage", "sport")
SIZES = ((10, 20), (100, 60), (1000, 60), (1000, 200))


def rule(number: int, draw: random.Random) -> CoreRule:
    topic, klass = draw.choice(TOPICS), draw.choice(("promotional", "editorial", "service"))
    draft = Pattern("draft", "draft", (Test("class", "==", klass), Test("length", ">", draw.randrange(300))))
    situation = Pattern("situation", "situation", (Test("topic_top", "==", topic), Test("severity", ">=", draw.randrange(4))))
    where = Pattern("where", "situation_region", (), (Join("situation", "==", "situation", "key"),))
    here = Pattern("here", "draft_region", (Test("own", "==", True),), (Join("code", "==", "where", "code"),))
    late = Pattern("late", "approval", (Test("role", "==", "manager"),), (Join("at", ">=", "situation", "updated"),))
    shape = number % 6
    if shape < 2:
        return CoreRule(f"rule_{number}", 0, (draft, Pattern("mention", "mention", (Test("topic_top", "==", topic),))) if shape else (draft,))
    if shape < 4:
        return CoreRule(f"rule_{number}", 0, (draft, situation))
    return CoreRule(f"rule_{number}", 0, (draft, situation, where, here) if shape == 4 else (draft, situation), ((late,),) if shape == 5 else ())


def facts(number: int, draw: random.Random) -> list[Fact]:
    found = [Fact("draft", {"class": "promotional", "length": 240, "kind": "reactive", "platform": "x", "sells": True, "publish": 1_700_000_000})]
    found += [Fact("draft_region", {"key": f"region:{code}", "code": code, "own": code != "US"}) for code in ("US", "US-NY", "US-NJ")]
    while len(found) < number:
        place = len(found)
        values: dict[str, Value] = {"key": f"situation:{place}", "topic_top": draw.choice(TOPICS), "severity": draw.randrange(5), "updated": place}
        found.append(Fact("situation", values))
        found.append(Fact("situation_region", {"key": f"at:{place}", "situation": f"situation:{place}", "code": draw.choice(("US-NY", "US-CA", "GB"))}))
        found.append(Fact("mention", {"key": f"mention:{place}", "topic_top": draw.choice(TOPICS), "literal": True}))
        found.append(Fact("approval", {"key": f"approval:{place}", "role": draw.choice(("manager", "legal")), "at": draw.randrange(number)}))
    return found[:number]


def median(run: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def row(number: int, size: int) -> str:
    draw = random.Random(number)
    rules = [rule(index, draw) for index in range(number)]
    world = facts(size, draw)
    build = median(lambda: Engine(rules, TYPES).close(), 5)
    with Engine(rules, TYPES) as engine:
        fired = len(engine.match(world))
        judged = median(lambda: engine.match(world), 50)
    confirmed = median(lambda: reference.match(rules, world, TYPES), 50)
    return f"{number:>6} {size:>6} {fired:>6} {build:>9.2f} {judged:>9.2f} {confirmed:>10.2f}"


def main() -> None:
    print(f"{'rules':>6} {'facts':>6} {'fired':>6} {'build':>9} {'engine':>9} {'reference':>10}   ms")
    for number, size in SIZES:
        print(row(number, size))


if __name__ == "__main__":
    main()
