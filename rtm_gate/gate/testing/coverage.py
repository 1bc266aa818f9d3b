"""What the tests and cases reached of a policy: its blocks, each alternative of their conditions, and their exceptions; and which blocks
none of them would miss.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rtm_gate.gate.gate import Examined
from rtm_gate.gate.testing.expected import Holds
from rtm_gate.gate.testing.why import exception
from rtm_gate.gate.testing.without import Needed, asked_for
from rtm_gate.language.asked import ways
from rtm_gate.model.policy import Block, Policy
from rtm_gate.model.rule import CoreRule, Effect, Pattern
from rtm_gate.rules import reference

_AREA = ("situation_region", "draft_region")


@dataclass(frozen=True, slots=True)
class Clause:
    """One alternative of a block, or one of its exceptions, in words; `times` counts the checks that reached it."""

    block: Block
    words: tuple[str, ...]
    times: int

    def as_json(self) -> dict[str, Any]:
        return {"block": self.block.name, "at": f"{self.block.at.file}:{self.block.at.line}", "words": list(self.words)}


@dataclass(frozen=True, slots=True)
class Share:
    """Clauses of one sort, those that were reached and those that were not."""

    clauses: tuple[Clause, ...]

    @property
    def missed(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.times)

    @property
    def reached(self) -> int:
        return sum(bool(clause.times) for clause in self.clauses)

    @property
    def percent(self) -> float:
        """To one place; a policy without any is covered."""
        return round(100 * self.reached / len(self.clauses), 1) if self.clauses else 100.0

    def as_json(self) -> dict[str, Any]:
        missed = [clause.as_json() for clause in self.missed]
        return {"total": len(self.clauses), "reached": self.reached, "percent": self.percent, "missed": missed}


@dataclass(frozen=True, slots=True)
class Coverage:
    """`assumed` counts the alternatives that rest on something unknown, (reached, all): no test is asked for them. `needed` has the blocks
    that judge: one is reached where a test or case that passes would fail without it.
    """

    blocks: Share
    alternatives: Share
    exceptions: Share
    assumed: tuple[int, int]
    checks: int
    needed: Share

    @property
    def unmissed(self) -> tuple[Clause, ...]:
        """The blocks that no test or case would miss, those among them that never fired."""
        return self.needed.missed

    def as_json(self) -> dict[str, Any]:
        shares = {"blocks": self.blocks, "alternatives": self.alternatives, "exceptions": self.exceptions}
        reached, total = self.assumed
        unmissed = {"total": len(self.needed.clauses), "count": len(self.unmissed), "blocks": [clause.as_json() for clause in self.unmissed]}
        told = {name: share.as_json() for name, share in shares.items()}
        return {"checks": self.checks, **told, "assumed": {"total": total, "reached": reached}, "unmissed": unmissed}


@dataclass(slots=True)
class Counter:
    """Adds up what each check reached, and what it needs."""

    policy: Policy
    checks: int = 0
    rules: dict[int, int] = field(default_factory=dict)
    excuses: dict[int, int] = field(default_factory=dict)
    needed: Needed = field(init=False)

    def __post_init__(self) -> None:
        self.needed = Needed(self.policy)

    def add(self, examined: Examined, holds: Holds) -> None:
        self.checks += 1
        self.needed.add(examined, holds)
        for number in {match.rule for match in examined.matches}:
            self.rules[number] = self.rules.get(number, 0) + 1
        facts = examined.facts.rows if examined.facts else ()
        for number, excuse in enumerate(self.policy.excuses):
            # What was never excused has to be asked again of each check; what was needs no more.
            if number not in self.excuses and reference.fires(excuse.met, facts):
                self.excuses[number] = 1

    def coverage(self) -> Coverage:
        policy = self.policy
        rows = list(enumerate(policy.rules))
        sure = _grouped((_meaning(rule), rule, self.rules.get(number, 0)) for number, rule in rows if not rule.assumed)
        excused = _grouped(((e.met.block, exception(e, policy)), e.met, self.excuses.get(n, 0)) for n, e in enumerate(policy.excuses))
        by_block: dict[str, int] = {rule.block: 0 for rule in policy.rules}
        for number, rule in rows:
            by_block[rule.block] += self.rules.get(number, 0)
        assumed = [number for number, rule in rows if rule.assumed]
        return Coverage(
            Share(tuple(Clause(policy.blocks[name], (policy.blocks[name].title,), times) for name, times in by_block.items())),
            Share(tuple(Clause(policy.blocks[rule.block], ways(policy, rule), times) for rule, times in sure.values())),
            Share(tuple(Clause(policy.blocks[rule.block], (words,), times) for (_, words), (rule, times) in excused.items())),
            (sum(number in self.rules for number in assumed), len(assumed)),
            self.checks,
            Share(tuple(Clause(block, (block.title,), int(block.name in self.needed.blocks)) for block in asked_for(policy))),
        )


def _grouped(rows: Iterable[tuple[Any, CoreRule, int]]) -> Mapping[Any, tuple[CoreRule, int]]:
    found: dict[Any, tuple[CoreRule, int]] = {}
    for key, rule, times in rows:
        first, before = found.get(key, (rule, 0))
        found[key] = (first, before + times)
    return found


def _meaning(rule: CoreRule) -> tuple[str, Effect, frozenset[Any], frozenset[Any]]:
    """Core rules of one alternative have it in common: how regions touch, and whether one fact serves twice, makes no difference."""

    def asked(patterns: Iterable[Pattern]) -> frozenset[Any]:
        found: set[Any] = set()
        for pattern in patterns:
            if pattern.kind in _AREA and (pattern.kind == "situation_region" or any(join.other == "code" for join in pattern.joins)):
                found.add("touches region")
                continue
            found |= {(pattern.kind, test) for test in pattern.tests}
            found |= {(pattern.kind, join.field, join.op, join.other) for join in pattern.joins}
            found.add(pattern.kind)
        return frozenset(found)

    return rule.block, rule.effect, asked(rule.positives), frozenset(asked(group) for group in rule.absent)
