"""A rejection as a finding: somebody who may sign said no to this very text."""

from __future__ import annotations

from collections.abc import Sequence

from rtm_gate.facts.scene import Row
from rtm_gate.model.signoff import SignOff
from rtm_gate.model.verdict import REJECTED, Finding


def rejection(rejected: Sequence[SignOff]) -> list[Finding]:
    """None where nobody rejected it."""
    if not rejected:
        return []
    return [
        Finding(
            rule=REJECTED,
            effect="hold",
            title=f"Rejected by {', '.join(one.person for one in rejected)}",
            because="Somebody who may sign for it said no to this text.",
            fix="Change the text, or have whoever rejected it sign it after all.",
            evidence=tuple(_row(one) for one in rejected),
        )
    ]


def _row(one: SignOff) -> Row:
    return {"kind": "signoff", "row": one.row, "person": one.person, "text": f"{one.person} as {one.role}, row {one.row} of the record"}
