"""Draft, analysis, news, people, calendar and health, at one instant, become flat facts with their evidence."""

from rtm_gate.facts.build import build
from rtm_gate.facts.scene import Facts, Scene

__all__ = ["Facts", "Scene", "build"]
