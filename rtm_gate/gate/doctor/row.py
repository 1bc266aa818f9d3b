"""What a probe finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "failed"]


@dataclass(frozen=True, slots=True)
class Row:
    """One finding: a sentence, and what to do about it (empty where nothing is). `failed`: the gate cannot judge as it should.

    `probe` is the name of the probe, filled in by the table.
    """

    state: State
    sentence: str
    remedy: str = ""
    probe: str = ""


def ok(sentence: str) -> Row:
    return Row("ok", sentence)


def warning(sentence: str, remedy: str = "") -> Row:
    return Row("warning", sentence, remedy)


def failed(sentence: str, remedy: str) -> Row:
    return Row("failed", sentence, remedy)
