"""Past each limit of the engine: either the rules are spread so that it does not matter, or the author is told.

Judging runs in a child process, since the engine hangs or crashes where this room is wrong.
"""

from __future__ import annotations

import pytest

from rtm_gate.model.rule import CoreRule, Join, Pattern
from rtm_gate.model.rule import Test as Where
from rtm_gate.rules import Engine, PolicyRejected
from rtm_gate.rules.limits import problems
from rtm_gate.rules.shape import LARGEST, Types

from .child import run

# what the engine cannot do unaided: rules `when(number)` for so many numbers, and facts on which they are judged
WIDE = {
    "2,000 rules true of one fact (65 drop the batch)": (
        "2000",
        "rule(Pattern('d', 'draft', (Where('length', '>', -n),)))",
        "[Fact('draft', {'length': 1})]",
    ),
    "600 different tests after one (512 hang)": (
        "600",
        "rule(Pattern('d', 'draft', (Where('length', '==', n),)))",
        "[Fact('draft', {'length': 599})]",
    ),
    "600 different words after one": (
        "600",
        "rule(Pattern('d', 'draft', (Where('class', '==', str(n)), Where('length', '>', n),)))",
        "[Fact('draft', {'class': '599', 'length': 600})]",
    ),
    "300 patterns ending in one test (256 crash)": (
        "300",
        "rule(Pattern('d', 'draft'), Pattern('e', 'event', (Where('at', '==', n),)))",
        "[Fact('draft', {}), Fact('event', {'at': 299})]",
    ),
    "400 joins of one kind": (
        "400",
        "rule(Pattern('d', 'draft', (Where('length', '>', n),)), Pattern('e', 'event', (), (Join('at', '<', 'd', 'length'),)))",
        "[Fact('draft', {'length': 500}), Fact('event', {'at': 1}), Fact('event', {'at': 500})]",
    ),
    "180 tests for absence (128 crash)": (
        "180",
        "rule(Pattern('m', 'many', (Where(f'f{n}', 'unknown'),)))",
        "[Fact('many', {'f7': 1}), Fact('many', {})]",
    ),
    "3,900 rules": (
        "3900",
        "rule(Pattern('d', 'draft', (Where('length', '>=', n),)))",
        "[Fact('draft', {'length': 3000})]",
    ),
    "1,000 facts": (
        "3",
        "rule(Pattern('e', 'event', (Where('at', '>=', n),)))",
        "[Fact('event', {'at': n}) for n in range(1000)]",
    ),
}


@pytest.mark.parametrize("name", WIDE)
def test_wide_policies_are_spread(name: str) -> None:
    number, rule, facts = WIDE[name]
    assert (
        run(f"""
        from rtm_gate.model.fact import Fact
        from rtm_gate.model.rule import CoreRule, Join, Pattern, Test as Where
        from rtm_gate.rules import Engine, reference
        types = {{'draft': {{'class': str, 'length': int}}, 'event': {{'at': int}}, 'many': {{f'f{{n}}': int for n in range(180)}}}}
        rule = lambda *positives: CoreRule('block', 0, positives)
        rules = [{rule} for n in range({number})]
        facts = {facts}
        with Engine(rules, types) as engine:
            assert engine.match(facts) == engine.match(facts) == reference.match(rules, facts, types) != ()
        print('agreed')
        """)
        == "agreed"
    )


TYPES: dict[str, dict[str, type]] = {
    "draft": {"class": str, "length": int, "offer": bool},
    "situation": {"key": str, "topic": str, "updated": int, "official": bool},
    "hashtag": {"key": str, "topic": str},
    "media": {"key": str},
    "mention": {"key": str, "topic": str, "literal": bool},
    "count": {"of": str, "n": int},
    "many": {f"f{number}": int for number in range(201)},
}


def patterns(*kinds: str) -> tuple[Pattern, ...]:
    return tuple(Pattern(f"p{number}", kind) for number, kind in enumerate(kinds))


def joined(op: str, kind: str, field: str, other: str) -> Pattern:
    return Pattern("j", kind, (), (Join(field, op, "p1", other),))  # type: ignore[arg-type]


def counts(number: int) -> tuple[Pattern, ...]:
    return tuple(Pattern(f"c{place}", "count", (Where("of", "==", f"query_{place}"), Where("n", ">=", 2))) for place in range(number))


TOO_MUCH = {
    "13 facts together": ([CoreRule("b", 0, patterns(*["draft"] * 13))], "looks at 13 facts together"),
    "25 comparisons of one fact": (
        [CoreRule("b", 0, (Pattern("d", "draft"), Pattern("e", "draft", (), tuple(Join("length", ">", "d", "length") for _ in range(25)))))],
        "compares one `draft` with other facts in 25 ways",
    ),
    "four kinds combined freely": ([CoreRule("b", 0, patterns("situation", "hashtag", "media", "mention"))], "it combines every `situation`, `hashtag`"),
    "an order is no tie": (
        [CoreRule("b", 0, (*patterns("draft", "situation", "hashtag", "media"), joined("<=", "situation", "updated", "updated")))],
        "it combines every",
    ),
    "a flag is no tie": (
        [CoreRule("b", 0, (*patterns("draft", "situation", "hashtag", "media"), joined("==", "mention", "literal", "official")))],
        "it combines every",
    ),
    "an absent group counts": (
        [CoreRule("b", 0, patterns("situation", "hashtag"), ((joined("!=", "mention", "topic", "topic"), Pattern("k", "media"), Pattern("l", "media")),))],
        "it combines every",
    ),
    "201 fields of one kind": (
        [CoreRule("b", number, (Pattern("m", "many", (Where(f"f{number}", ">", 0),)),)) for number in range(201)],
        "asks about 201 fields of `many`",
    ),
    "4,001 cases": (
        [CoreRule("b", number, (Pattern("d", "draft", (Where("length", ">", number),)),)) for number in range(4000)],
        "the policy becomes 4,001 cases",
    ),
    "6,001 conditions": (
        [CoreRule("b", number, (Pattern("d", "draft", (Where("length", ">", number),)), *patterns("situation", "hashtag", "media"))) for number in range(1500)],
        "the policy becomes 6,001 conditions on facts",
    ),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_is_said_of_the_block(name: str) -> None:
    rules, message = TOO_MUCH[name]
    rules = [CoreRule("small", 0, (Pattern("d", "draft", (Where("class", "==", "x"),)),)), *rules]
    found = problems(rules, TYPES)
    assert [problem.block for problem in found] == ["b"]
    assert message in found[0].message
    with pytest.raises(PolicyRejected, match="`b`: "):
        Engine(rules, TYPES)


ENOUGH = {
    "three kinds combined freely": [CoreRule("b", 0, patterns("draft", "situation", "hashtag", "media"))],
    "four kinds, two tied": [
        CoreRule(
            "b",
            0,
            (
                *patterns("draft", "situation", "media"),
                joined("==", "hashtag", "topic", "topic"),
                Pattern("m", "mention", (), (Join("topic", "==", "j", "topic"),)),
            ),
        )
    ],
    "six counts": [CoreRule("b", 0, (*patterns("draft"), *counts(6)))],
    "absent kinds are not combined with the rest": [
        CoreRule("b", 0, patterns("situation", "hashtag", "media"), ((Pattern("m", "mention"),), (Pattern("m", "count"),)))
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", ENOUGH)
def test_enough_is_not_too_much(name: str) -> None:
    assert problems(ENOUGH[name], TYPES) == []


def test_a_policy_that_no_spreading_makes_fit() -> None:
    kinds: Types = {f"kind_{number}": {"n": int} for number in range(481)}
    rules = [CoreRule("b", 0, (Pattern("a", kind),)) for kind in kinds]
    assert problems(rules[:480], kinds) == []
    assert [problem.message for problem in problems(rules, kinds)] == ["with the other blocks it asks about more than can be judged at once: split the policy"]


# rule, what is wrong with it
BUGS = {
    "kind": (Pattern("a", "planet"), "there is no kind `planet`"),
    "field": (Pattern("a", "draft", (Where("colour", "known"),)), "`draft` has no field `colour`"),
    "type": (Pattern("a", "draft", (Where("length", "==", "5"),)), "what `draft.length` is compared with is str, not int"),
    "a flag is no number": (Pattern("a", "draft", (Where("length", "==", True),)), "what `draft.length` is compared with is bool, not int"),
    "a number is no flag": (Pattern("a", "draft", (Where("offer", "==", 1),)), "what `draft.offer` is compared with is int, not bool"),
    "no value": (Pattern("a", "draft", (Where("length", "=="),)), "what `draft.length` is compared with has no value"),
    "too large": (Pattern("a", "draft", (Where("length", "<", LARGEST + 1),)), "is beyond ±9,007,199,254,740,992"),
    "order of words": (Pattern("a", "draft", (Where("class", "<", "b"),)), "`draft.class` is str and has no order for `<`"),
    "order of flags": (Pattern("a", "draft", (Where("offer", ">=", False),)), "`draft.offer` is bool and has no order for `>=`"),
    "an alias that is not there": (Pattern("a", "draft", (), (Join("length", "==", "z", "length"),)), "is compared with `z`, which is not bound before it"),
    "its own alias": (Pattern("a", "draft", (), (Join("length", "==", "a", "length"),)), "is compared with `a`, which is not bound before it"),
    "joined types": (Pattern("a", "draft", (), (Join("length", "==", "d", "class"),)), "`draft.length` is int and `draft.class` is str"),
    "joined order": (Pattern("a", "draft", (), (Join("class", "<", "d", "class"),)), "`draft.class` is str and has no order for `<`"),
    "a field joined with": (Pattern("a", "draft", (), (Join("class", "==", "d", "colour"),)), "`draft` has no field `colour`"),
    "an alias twice": (Pattern("d", "draft"), "the alias `d` is given twice"),
}


@pytest.mark.parametrize("absent", [False, True])
@pytest.mark.parametrize("name", BUGS)
def test_bugs_of_a_compiler_are_said(name: str, absent: bool) -> None:
    pattern, message = BUGS[name]
    first = Pattern("d", "draft")
    rule = CoreRule("b", 0, (first,), ((pattern,),)) if absent else CoreRule("b", 0, (first, pattern))
    found = problems([rule], TYPES)
    assert any(message in problem.message for problem in found)
    with pytest.raises(PolicyRejected):
        Engine([rule], TYPES)


def test_an_empty_absent_group_is_a_bug() -> None:
    assert [problem.message for problem in problems([CoreRule("b", 0, patterns("draft"), ((),))], TYPES)] == ["an absent group has no pattern"]
