"""All that a run of a policy's tests and cases came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rtm_gate.gate.testing.cases import CaseResult, summary
from rtm_gate.gate.testing.coverage import Coverage
from rtm_gate.gate.testing.run import TestResult
from rtm_gate.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Report:
    """`coverage` is None where nobody asked for it."""

    policy: Policy
    tests: tuple[TestResult, ...]
    cases: tuple[CaseResult, ...]
    coverage: Coverage | None = None

    @property
    def passed(self) -> bool:
        return all(test.passed for test in self.tests) and not any(case.failed for case in self.cases)

    def as_json(self) -> dict[str, Any]:
        """The shape of rulings, definition 12: the summary comes last."""
        rows: dict[str, Any] = {"tests": [test.as_json() for test in self.tests], "cases": [case.as_json() for case in self.cases]}
        if self.coverage is not None:
            rows["coverage"] = self.coverage.as_json()
        totals = summary(list(self.cases))
        return {**rows, "summary": {**totals, "tests": len(self.tests), "passed": sum(test.passed for test in self.tests)}}
