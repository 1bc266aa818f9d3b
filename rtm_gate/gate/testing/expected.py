"""Whether a verdict is what a test or a recorded case expects of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rtm_gate.gate.gate import Examined
from rtm_gate.model.policy import Expectation
from rtm_gate.model.verdict import Finding, Verdict

Holds = Callable[[Verdict], bool]
"""All that a test or case expects, asked of any verdict."""
Seen = Callable[[Examined, Holds], None]
"""Who looks on while tests and cases are judged."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """What an expectation lacks: the verdict is another (`wrong`), blocks that did not decide, a hold for another tier."""

    wrong: bool
    missing: tuple[str, ...]
    other_tier: bool


def unmet(expect: Expectation, verdict: Verdict) -> Unmet | None:
    """What one line of a test lacks; None where it is met."""
    deciding = {name for finding in verdict.deciding for name in names_of(finding)}
    heard = {finding.rule for finding in verdict.findings if finding.status == "shadow"}
    advised = {finding.rule for finding in verdict.findings if finding.kind == "advice" and finding.status == "active"}
    wrong = verdict.verdict != expect.verdict
    missing = tuple(block for block in expect.blocks if block not in deciding and (wrong or block not in heard))
    missing += tuple(block for block in expect.advice if block not in advised)
    tiers = {finding.lifts.tier for finding in verdict.deciding}
    other_tier = not wrong and expect.tier is not None and expect.tier not in tiers
    return Unmet(wrong, missing, other_tier) if wrong or missing or other_tier else None


def names(verdict: Verdict, findings: Sequence[str]) -> bool:
    """Whether at least one of `findings` is among those that decided."""
    return any(name in findings for finding in verdict.deciding for name in names_of(finding))


def names_of(finding: Finding) -> tuple[str, ...]:
    """What a finding is called: its block, and the questions of a checklist that it rests on, as `checklist.question`: open ones, and
    those that nobody answered.
    """
    open_ = [str(row["question"]) for row in finding.evidence if row.get("kind") == "answer"]
    unanswered = [words.removeprefix("answer ") for words in finding.lifts.missing if words.startswith("answer ")]
    return finding.rule, *(f"{finding.rule}.{name}" for name in (*open_, *unanswered))
