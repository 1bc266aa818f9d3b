"""A verdict that was wrong, made into a test of the policy: written as a block, tried, and kept as a case.

recorded verdict ──draft, world──▶ parts of a block ──block──▶ text that a policy takes ──tried──▶ the candidate that judges alike
"""

from rtm_gate.gate.record.marked.marked import Marked, marked

__all__ = ["Marked", "marked"]
