"""What durable-rules 2.0.28 does wrong when used as documented, and what the engine built on it does instead.

Each runs in a child process: where this room is wrong the library crashes or hangs.
"""

from __future__ import annotations

import itertools

import pytest

from rtm_gate.model.fact import Fact
from rtm_gate.model.rule import CoreRule, Join, Match, Op, Pattern
from rtm_gate.model.rule import Test as Where
from rtm_gate.rules import Engine
from rtm_gate.rules.names import distinct, fact_ids, fnv, properties, sessions

from .child import run

TYPES: dict[str, dict[str, type]] = {"draft": {"class": str, "length": int}, "event": {"topic": str, "at": int}}
WORLD = """
from rtm_gate.model.fact import Fact
from rtm_gate.model.rule import CoreRule, Join, Pattern, Test as Where
from rtm_gate.rules import Engine, EngineFault, limits
from rtm_gate.rules.ruleset import Ruleset, begin_fact, end_fact
TYPES = {"draft": {"class": str, "length": int}, "event": {"topic": str, "at": int}}
EVENT = CoreRule("b", 0, (Pattern("e", "event", (Where("at", ">", 0),)),))
"""


def test_negation_does_not_depend_on_the_order_of_facts() -> None:
    """Upstream a rule stays fired when what it excludes is told after what it needs."""
    facts = [Fact("draft", {"length": 1}), Fact("event", {"topic": "war"}), Fact("event", {"topic": "fire"})]
    for alias in ("x7", "news", "n", "absent"):
        there = CoreRule("b", 0, (Pattern("d", "draft"),), ((Pattern(alias, "event", (Where("topic", "==", "war"),)),),))
        tied = CoreRule("b", 1, (Pattern("d", "draft"), Pattern("e", "event")), ((Pattern(alias, "event", (), (Join("topic", "!=", "e", "topic"),)),),))
        plain = CoreRule("b", 2, (Pattern("d", "draft"),))
        with Engine([there, tied, plain], TYPES) as engine:
            for order in itertools.permutations(facts):
                assert engine.match(order) == (Match(2, (order.index(facts[0]),)),)


def test_a_session_without_matches_can_be_freed() -> None:
    """Upstream the first one freed takes the process with it."""
    run(WORLD + "\nfor _ in range(300):\n    Engine([EVENT], TYPES).match([])\n    Engine([], TYPES).close()")


SOUND = '{"id":"f0","sid":"SESSION","kind":"event","p0":1}'
UNREAD = "the rule engine did not take the facts (code 0)"
DROPPED = "the rule engine dropped facts"

# the facts as written (SESSION stands for the session's name), what is said
BROKEN = {
    "an exponent": (f'{SOUND},{{"id":"f1","sid":"SESSION","kind":"event","p0":1e16}},END', DROPPED),
    "an exponent first": ('{"id":"f1","sid":"SESSION","kind":"event","p0":1e16},END', UNREAD),
    "an infinity": (f'{SOUND},{{"id":"f1","sid":"SESSION","kind":"event","p0":Infinity}},END', DROPPED),
    "too many properties": (
        f'{SOUND},{{"id":"f1","sid":"SESSION","kind":"event",' + ",".join(f'"x{number}":1' for number in range(300)) + "},END",
        DROPPED,
    ),
    "no end": (SOUND, DROPPED),
    "a fact twice": (f"{SOUND},END,{SOUND}", "the rule engine did not take the facts (code 2)"),
    "another session's": (f'{SOUND},{{"id":"f1","sid":"other","kind":"event","p0":1}}', UNREAD),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_batch_that_was_cut_short_is_noticed(name: str) -> None:
    """Upstream what follows an unreadable fact is dropped with the code of success. The next check is sound again."""
    batch, said = BROKEN[name]
    printed = run(
        WORLD
        + f"""
ruleset = Ruleset(limits.fitted([EVENT], TYPES).productions)
try:
    ruleset.matches(lambda session: {f"[{batch}]"!r}.replace("SESSION", session).replace("END", end_fact(session)))
except EngineFault as fault:
    print(fault)
sound = {f"[{SOUND},END]"!r}
print(len(ruleset.matches(lambda session: sound.replace("SESSION", session).replace("END", end_fact(session)))))
ruleset.close()
"""
    )
    fault, _, after = printed.partition("\n")
    assert fault.startswith(said)
    assert after == "1"


def test_a_session_that_does_not_open_is_never_used_again() -> None:
    """Upstream freeing it frees a wild pointer; after 64 of them the engine answers no more."""
    printed = run(
        WORLD
        + """
import rtm_gate.rules.ruleset as ruleset_module
ruleset = Ruleset(limits.fitted([EVENT], TYPES).productions)
whole, ruleset_module.begin_fact = begin_fact, lambda session: '{"id":"b","sid":"%s","kind":"nobody"}' % session
said = []
for _ in range(65):
    try:
        ruleset.matches(lambda session: "[" + end_fact(session) + "]")
    except EngineFault as fault:
        said.append(str(fault))
print(said.count("the rule engine opened no session"), said[-1], sep=", ")
"""
    )
    assert printed == "64, the rule engine failed too often and takes no more checks"


def test_inequalities_as_last_joins() -> None:
    """Upstream reads past the end of the tests when the last one fails."""
    operators: tuple[Op, ...] = ("<", ">", "!=")
    rules = [
        CoreRule("b", number, (Pattern("d", "draft"), Pattern("e", "event", (), (Join("topic", "==", "d", "class"), Join("at", op, "d", "length")))))
        for number, op in enumerate(operators)
    ]
    facts = [Fact("draft", {"class": "war", "length": 5}), *(Fact("event", {"topic": "war", "at": at}) for at in (4, 5, 6))]
    with Engine(rules, TYPES) as engine:
        assert engine.match(facts) == (Match(0, (0, 1)), Match(1, (0, 3)), Match(2, (0, 1)), Match(2, (0, 3)))


def test_a_join_on_what_is_absent_is_not_met() -> None:
    """Upstream the whole call fails in the middle of the batch."""
    rule = CoreRule("b", 0, (Pattern("d", "draft"), Pattern("e", "event", (), (Join("at", "==", "d", "length"),))))
    facts = [Fact("draft", {}), Fact("event", {"at": 1}), Fact("event", {}), Fact("draft", {"length": 1})]
    with Engine([rule], TYPES) as engine:
        assert engine.match(facts) == (Match(0, (3, 1)),)


def test_an_alternative_fires_once() -> None:
    """Upstream `or` gives one match for each branch that holds; here two rules that are equal are each told once."""
    rule = CoreRule("b", 0, (Pattern("d", "draft", (Where("length", ">", 1), Where("length", ">", 1))),))
    with Engine([rule, rule], TYPES) as engine:
        assert engine.match([Fact("draft", {"length": 2})]) == (Match(0, (0,)), Match(1, (0,)))


def test_names_that_the_engine_would_confuse_are_never_used() -> None:
    """Upstream ids, sessions and properties are known by a 32-bit hash: these two ids are one."""
    assert fnv("f6059") == fnv("f264602")
    hashes = [fnv(name) for name in fact_ids()]
    assert len(set(hashes)) == len(hashes) == 16384
    assert len({fnv(name) for name in sessions()}) == 64
    assert len({fnv(name) for name in itertools.islice(properties(), 2000)}) == 2000
    assert next(distinct("f6059", ("f60590",))) == "f60591"


def test_words_that_begin_like_numbers_are_words() -> None:
    """Upstream `'' == 5` and `'1' == 1` hold, and the comparison reads uninitialised memory."""
    rule = CoreRule("b", 0, (Pattern("d", "draft"), Pattern("e", "event", (), (Join("topic", "==", "d", "class"),))))
    words = ["", "1", "1.0", "true", "null", "nan", "1e5", "Infinity"]
    facts = [Fact("draft", {"class": word}) for word in words] + [Fact("event", {"topic": word}) for word in words]
    with Engine([rule], TYPES) as engine:
        assert engine.match(facts) == tuple(Match(0, (place, place + len(words))) for place in range(len(words)))
