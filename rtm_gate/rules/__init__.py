"""Core rules over the facts of one check: judged by durable-rules, confirmed and explained by a plain evaluator.

`Engine` drives the C module of durable-rules in the subset that was proven safe; `reference` gives the same answers from
the rules as they stand, sharing none of the encoding. `limits.problems` says beforehand what a policy asks too much of,
`trial.try_out` runs a policy once in a child process, since a hang in C cannot be interrupted from within.
"""

from rtm_gate.rules.engine import Engine
from rtm_gate.rules.fault import EngineFault, PolicyRejected
from rtm_gate.rules.shape import Problem

__all__ = ["Engine", "EngineFault", "PolicyRejected", "Problem"]
