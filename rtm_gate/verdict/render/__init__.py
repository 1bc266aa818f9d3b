"""A verdict for people and programs. Hostile text stays text: control characters never reach a terminal or a page."""

from rtm_gate.verdict.render.html import to_html
from rtm_gate.verdict.render.markdown import to_markdown
from rtm_gate.verdict.render.source import Excerpt, excerpt
from rtm_gate.verdict.render.text import to_text

__all__ = ["Excerpt", "excerpt", "to_html", "to_markdown", "to_text"]
