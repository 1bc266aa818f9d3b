"""A policy's first run, in a child process: a hang in C cannot be interrupted, a crash there takes the process with it."""

from __future__ import annotations

import faulthandler
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from rtm_gate.model.rule import CoreRule
from rtm_gate.rules import Engine, EngineFault, reference
from rtm_gate.rules.sample import facts_for
from rtm_gate.rules.shape import Types

_TOGETHER = 8
"""Rules whose facts are judged in one check: few, since every rule meets the facts of the others too."""

_MOST_CHECKS = 60


def try_out(rules: Sequence[CoreRule], types: Types, seconds: float) -> str:
    """Builds the engine in a child process and judges facts made to fit the rules; '' or one sentence of what went wrong.

    Takes a few hundred milliseconds at least; `seconds` bounds it.
    """
    policy = pickle.dumps((tuple(rules), {kind: dict(fields) for kind, fields in types.items()}, seconds))
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    try:
        child = subprocess.run(
            [sys.executable, "-m", "rtm_gate.rules.trial"],
            input=policy,
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"The rule engine did not finish with this policy in {seconds:g} seconds."
    if child.returncode < 0:
        return f"The rule engine crashed on this policy (signal {-child.returncode})."
    if child.returncode > 0:
        last = child.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return f"The trial of this policy failed: {''.join(last) or f'exit {child.returncode}'}"
    return child.stdout.decode()


def verdict(rules: Sequence[CoreRule], types: Types) -> str:
    """The trial itself, in this process: '' or a sentence."""
    step = max(_TOGETHER, -(-len(rules) // _MOST_CHECKS))
    try:
        with Engine(rules, types) as engine:
            for start in range(0, len(rules), step):
                facts = [fact for rule in rules[start : start + _TOGETHER] for fact in facts_for(rule, types)]
                if engine.match(facts) != reference.match(rules, facts, types):
                    return "The rule engine and the reference evaluator disagree on this policy."
    except EngineFault as fault:
        return f"The rule engine does not take this policy: {fault}."
    except ImportError as missing:
        return f"The trial did not begin: {missing}."
    return ""


def _main() -> None:
    rules, types, seconds = pickle.load(sys.stdin.buffer)
    # The parent ends this process when it is late; this does when the parent is gone.
    faulthandler.dump_traceback_later(seconds + 1, exit=True)
    sys.stdout.write(verdict(rules, types))


if __name__ == "__main__":
    _main()
