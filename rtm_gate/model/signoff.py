"""Sign-offs as they are recorded: who decided what about which text, in which role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Decision = Literal["approve", "reject", "withdraw"]


@dataclass(frozen=True, slots=True)
class SignOff:
    """One decision. `row` is its row of the ledger, `content` the hash of the text, `papers` that of the answers and scores that lay beside it.

    `person` is empty where the row was masked: nobody signed it any more.
    """

    row: int
    at: datetime
    draft: str
    content: str
    papers: str
    decision: Decision
    role: str
    checks: tuple[str, ...]
    person: str
