"""What people said among the findings, whatever the policy: a halt in force or over, or a rejection."""

from __future__ import annotations

from rtm_gate.model.verdict import HALT, REJECTED, Finding

_EVIDENCE = {HALT: "halt", REJECTED: "signoff"}
"""A block of a policy may be named so as well; what it rests on are other rows."""


def by_people(finding: Finding) -> bool:
    """Whether a person made it, and no policy."""
    kind = _EVIDENCE.get(finding.rule)
    return kind is not None and finding.kind == "rule" and bool(finding.evidence) and finding.evidence[0].get("kind") == kind
