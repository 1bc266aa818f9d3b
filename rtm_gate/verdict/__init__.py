"""From what fired to a verdict: exits judged, the strictest finding decides, and the reasons are told."""

from rtm_gate.verdict.assemble import verdict_of
from rtm_gate.verdict.fault import Fault

__all__ = ["Fault", "verdict_of"]
