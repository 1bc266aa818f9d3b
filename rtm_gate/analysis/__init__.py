"""What a text says: mentions with their evidence, tags, places, names, claims and purpose."""

from rtm_gate.analysis.reader import Analyser

__all__ = ["Analyser"]
