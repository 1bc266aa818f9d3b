"""The ways to a go: small changes of a draft, each tried by judging it anew, none merely advised."""

from rtm_gate.gate.ways.search import MOST_TRIED, Way, ways_to_go

__all__ = ["MOST_TRIED", "Way", "ways_to_go"]
