"""A verdict for people and programs. Hostile text stays text: control characters never reach a terminal or a page.

The page (`html`, `source`) is imported where one is drawn: its templates and colours would cost every other answer time.
"""

from rtm_gate.verdict.render.markdown import to_markdown
from rtm_gate.verdict.render.text import to_text

__all__ = ["to_markdown", "to_text"]
