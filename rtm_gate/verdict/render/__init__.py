"""A verdict for people and programs. Hostile text stays text: control characters never reach a terminal."""

from rtm_gate.verdict.render.markdown import to_markdown
from rtm_gate.verdict.render.text import to_text

__all__ = ["to_markdown", "to_text"]
