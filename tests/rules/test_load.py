"""The bound on what a check costs: never below what is bound, and not far above it on a day of much news."""

from __future__ import annotations

from rtm_gate.model.fact import Fact
from rtm_gate.model.rule import CoreRule, Join, Pattern
from rtm_gate.rules import Engine, reference
from rtm_gate.rules.load import Tally

from .worlds import TYPES, world


def test_never_below_what_is_bound() -> None:
    for seed in range(400):
        drawn = world(seed)
        tally = Tally(drawn.facts)
        for rule in drawn.rules:
            for number in range(len(rule.positives) + 1):
                patterns = rule.positives[:number]
                assert len(reference.binds(patterns, drawn.facts)) <= tally.tuples(patterns), f"worlds.world({seed})"


def test_a_day_of_much_news_is_judged() -> None:
    """700 events, one of them in fifty places, and ten places of the post: 20 rules tie them by name and place."""
    patterns = (
        Pattern("post", "post"),
        Pattern("event", "event"),
        Pattern("there", "link", (), (Join("event", "==", "event", "key"),)),
        Pattern("here", "tag", (), (Join("topic", "==", "there", "region"),)),
    )
    rules = [CoreRule(f"block_{number}", 0, patterns) for number in range(20)]
    facts = [Fact("post", {}), *(Fact("event", {"key": f"event {number}"}) for number in range(700))]
    facts += [Fact("link", {"event": f"event {number}", "region": f"place {number}"}) for number in range(700)]
    facts += [Fact("link", {"event": "event 0", "region": f"place {number}"}) for number in range(1, 51)]
    facts += [Fact("tag", {"topic": f"place {number}"}) for number in range(10)]
    with Engine(rules, TYPES) as engine:
        assert len(engine.match(facts)) == 20 * 19
