"""Recorded verdicts judged again by another policy: rows in, outcomes out, in the order of the rows."""

from rtm_gate.gate.record.replay.judge import Judge, ReplayError, Setup
from rtm_gate.gate.record.replay.kept import Kept, KeptError
from rtm_gate.gate.record.replay.outcome import Outcome
from rtm_gate.gate.record.replay.spread import replayed
from rtm_gate.gate.record.replay.summary import Summary

__all__ = ["Judge", "Kept", "KeptError", "Outcome", "ReplayError", "Setup", "Summary", "replayed"]
