"""From what fired to a verdict: exits judged, the strictest finding decides, and the reasons are told."""

from rtm_gate.verdict.assemble import verdict_of
from rtm_gate.verdict.fault import Fault
from rtm_gate.verdict.halted import stopped
from rtm_gate.verdict.people_said import by_people
from rtm_gate.verdict.rejected import rejection

__all__ = ["Fault", "by_people", "rejection", "stopped", "verdict_of"]
