"""A flat, typed statement about one check. What is absent is unknown (observed fields) or not given (supplied ones)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Fact:
    """`values` as `model/schema.py` types them: words and topics as str, flags as bool, everything else as int.

    Instants are epoch seconds, durations seconds, ratios millionths, levels ranks from 0. `ref` names what the fact
    stands for in the evidence table of the check (`mention:3`, `situation:9f2c`), never seen by the engine.
    """

    kind: str
    values: Mapping[str, Value]
    ref: str = ""
