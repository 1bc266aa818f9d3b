"""What an author wrote to be tested: `test` blocks, a draft, a world and an expectation, judged like any other check; and topics' examples."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from rtm_gate.gate.gate import Examined, Gate
from rtm_gate.gate.record.halts import NOTHING_ON_RECORD
from rtm_gate.gate.testing.expected import Seen, unmet
from rtm_gate.gate.testing.stage import stage_of
from rtm_gate.gate.testing.topics import unlike
from rtm_gate.gate.testing.why import why_not
from rtm_gate.model.draft import InvalidDraftError
from rtm_gate.model.policy import Expectation, Policy, PolicyTest, TopicExample
from rtm_gate.model.verdict import Finding, Verdict


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that was not met. `why` has lines, each a sentence."""

    wanted: str
    came: str
    why: tuple[str, ...]

    def __str__(self) -> str:
        return f"expected {self.wanted}, came {self.came}"


@dataclass(frozen=True, slots=True)
class TestResult:
    """`verdict` is None for a draft that is none, and for an example of a topic; `failures` is empty when the test passed.
    `seconds` is what it took.
    """

    test: PolicyTest | TopicExample
    verdict: Verdict | None
    failures: tuple[Failure, ...]
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        return not self.failures

    @property
    def broken(self) -> bool:
        """It could not be judged at all."""
        return self.verdict is None and not self.passed and isinstance(self.test, PolicyTest)

    @property
    def place(self) -> str:
        return f"{self.test.at.file}:{self.test.at.line}"

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.test.name,
            "at": self.place,
            "passed": self.passed,
            **({"skipped": self.test.skipped} if self.test.skipped else {}),
            "verdict": self.verdict.verdict if self.verdict else None,
            "findings": [finding.rule for finding in self.verdict.deciding] if self.verdict else [],
            "problems": [str(failure) for failure in self.failures],
            "why": [line for failure in self.failures for line in failure.why],
        }


def every_test(policy: Policy) -> tuple[PolicyTest | TopicExample, ...]:
    """The `test` blocks, then the examples of the topics."""
    return (*policy.tests, *policy.examples)


def run_test(gate: Gate, test: PolicyTest | TopicExample, seen: Seen | None = None) -> TestResult:
    """Judges one test; `seen` is shown the whole check of a `test` block, and what it asks of a verdict."""
    start = time.perf_counter()
    if isinstance(test, TopicExample):
        wrong = unlike(gate, test)
        return TestResult(test, None, (Failure(*wrong),) if wrong else (), time.perf_counter() - start)
    if test.skipped:
        return TestResult(test, None, ())
    try:
        stage = stage_of(gate, test)
    except InvalidDraftError as error:
        return TestResult(test, None, (Failure(_wanted(test.expect[0]), "no verdict: the draft is invalid", tuple(error.problems)),))
    examined = gate.examine(stage.draft, stage.news, stage.now, stage.warnings, stage.given, NOTHING_ON_RECORD)
    failures = tuple(failure for expect in test.expect if (failure := _failure(gate, expect, examined)) is not None)
    if seen is not None:
        seen(examined, lambda verdict: all(unmet(expect, verdict) is None for expect in test.expect))
    return TestResult(test, examined.verdict, failures, time.perf_counter() - start)


def _failure(gate: Gate, expect: Expectation, examined: Examined) -> Failure | None:
    verdict = examined.verdict
    lacks = unmet(expect, verdict)
    if lacks is None:
        return None
    why = [line for block in lacks.missing for line in why_not(gate.policy, examined, block, expect.verdict)]
    if lacks.wrong or lacks.other_tier:
        why += [_decided(finding) for finding in verdict.deciding if finding.rule not in lacks.missing]
    return Failure(_wanted(expect), _came(verdict, with_tier=lacks.other_tier), tuple(why))


def _wanted(expect: Expectation) -> str:
    decided = expect.verdict + (f" from {', '.join(expect.blocks)}" if expect.blocks else "") + (f" for {expect.tier}" if expect.tier else "")
    return decided + (f" and advice from {', '.join(expect.advice)}" if expect.advice else "")


def _came(verdict: Verdict, *, with_tier: bool) -> str:
    names = ", ".join(f.rule for f in verdict.deciding)
    tiers = ", ".join(sorted({f.lifts.tier or "no tier" for f in verdict.deciding})) if with_tier else ""
    return verdict.verdict + (f" from {names}" if names else "") + (f" for {tiers}" if tiers else "")


def _decided(finding: Finding) -> str:
    """A finding that decided, with its place and what it rests on."""
    place = f" ({finding.at.file}:{finding.at.line})" if finding.at else ""
    shown = next((str(row.get("title") or row.get("text")) for row in finding.evidence if row.get("title") or row.get("text")), "")
    assumed = f", since not known: {', '.join(finding.assumed)}" if finding.assumed else ""
    return f"{finding.rule}{place} says {finding.effect}: {finding.title}" + (f" – {shown}" if shown else "") + assumed
