"""A failure of the gate itself, as a finding: the post is held, the fault is named, no sign-off lifts it."""

from __future__ import annotations

from dataclasses import dataclass

from rtm_gate.model.verdict import Finding

TITLES = {
    "engine": "The rule engine failed",
    "disagreement": "The engine and its reference disagree",
    "analysis": "The text could not be read",
    "facts": "The facts could not be gathered",
    "policy": "The policy does not load",
    "weights": "The weights of the words cannot be used",
    "images": "The list of known pictures cannot be used",
    "model": "The trained pipeline cannot be used",
    "news": "The news could not be read",
    "store": "The store could not be read",
    "record": "The verdict could not be recorded",
    "verdict": "The verdict could not be put together",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """`name` is one of TITLES; `detail` a sentence for the people who run the gate."""

    name: str
    detail: str

    def finding(self) -> Finding:
        return Finding(
            rule=f"fault.{self.name}",
            kind="fault",
            effect="hold",
            title=TITLES[self.name],
            because=self.detail,
            fix="Do not post. Tell whoever runs the gate, and check again when it is mended.",
        )
