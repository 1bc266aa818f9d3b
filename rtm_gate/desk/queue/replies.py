"""What is answered about a draft that waits: its last verdict where that still holds, and a hold at once where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rtm_gate.model.queue import Epoch, Standing, Waiting
from rtm_gate.model.verdict import Verdict

Word = Literal["go", "hold", "no-go"]
AGAIN = "rtm-gate queue sweep judges it again"


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer about one draft. `because` says why it is not what the last verdict says; empty where it is."""

    waiting: Waiting
    word: Word
    headline: str
    because: str = ""
    faulted: bool = False


def reply_of(waiting: Waiting, epoch: Epoch, signs: int, now: datetime) -> Reply:
    """`signs` is the last row of the record with a sign-off for it, 0: none."""
    word, headline, faulted = told(waiting.standing)
    if waiting.state == "withdrawn" and word != "no-go":
        return Reply(waiting, "hold", headline, "it was withdrawn")
    because = _outdated(waiting.standing, epoch, signs, now) if word == "go" and waiting.standing is not None else ""
    return Reply(waiting, "hold" if because else word, headline, because and f"{because}; {AGAIN}", faulted)


def told(standing: Standing | None) -> tuple[Word, str, bool]:
    """The word, the headline, and whether something failed."""
    if standing is None:
        return "hold", f"it has not been judged yet; {AGAIN}", False
    if not standing.verdict:
        return "hold", f"it could not be judged, or not be written down; {AGAIN}", True
    verdict = Verdict.model_validate_json(standing.verdict)
    return verdict.verdict, verdict.headline, verdict.faulted


def _outdated(standing: Standing, epoch: Epoch, signs: int, now: datetime) -> str:
    """What is another than what a go rests on; empty where nothing is. Numbers are compared, nothing is read.

    Smaller ones do not pass either: a store that was put back to a former state knows less than the answer did.
    """
    if standing.epoch.policy != epoch.policy:
        return "the policy has changed since"
    if standing.epoch.halts != epoch.halts:
        return "somebody has halted or resumed since"
    if standing.epoch.news != epoch.news:
        return "the news has changed since"
    if standing.signs != signs:
        return "somebody has signed since"
    if standing.valid_until is None or standing.valid_until <= now:
        return "its time is over"
    return ""
