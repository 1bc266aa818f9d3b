"""The real command line on policies that nobody would write: documented exit codes, no traceback, never more than a screen or four.

`make soak` tries every enormous policy and many spoilt ones.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from rtm_gate.cli.options import FAULT
from tests.language.enormous import ENORMOUS, HEAD, rule
from tests.language.spoilt import ROOT, spoilt

SOAK = bool(os.environ.get("RTM_GATE_SOAK"))
MOST_LINES = 200
NASTY: dict[str, bytes] = {
    "control characters": (HEAD + rule("draft is planned").replace('"R"', '"\x1b[2J\u202eR\u2028\x00"') + "\x07\x9b\n").encode(),
    "a thousand wrong names": (HEAD + "".join(rule(f"draft.platfrom{number} is x", f"r{number}") for number in range(1000))).encode(),
    "no text": bytes(range(256)) * 40,
    **{name: ENORMOUS[name](3000 if SOAK else 300).encode() for name in (ENORMOUS if SOAK else ())},
    **{f"spoilt {seed}": spoilt(Random(seed)).encode(errors="surrogatepass") for seed in range(30 if SOAK else 0)},
}
"""By name: what is in the file."""
VERBS: dict[str, tuple[list[str], set[int]]] = {
    "check": (["policy", "check", "p.rtm"], {0, 1}),
    "github": (["policy", "check", "p.rtm", "--strict", "--format", "github"], {0, 1}),
    "fmt": (["policy", "fmt", "p.rtm", "--check"], {0, 1}),
    "explain": (["policy", "explain", "p.rtm", "r"], {0, 1, 2}),
    "test": (["policy", "test", "p.rtm"], {0, 1}),
    "judge": (["check", "--text", "Buns.", "--policy", "p.rtm", "--no-feeds"], {0, 10, 20, 30}),
}
"""By name: a call, and the exit codes it may have."""


def complaint(verb: str, folder: Path) -> str:
    """What is wrong with how a call ended, or nothing."""
    call, codes = VERBS[verb]
    program = [sys.executable, "-c", "from rtm_gate.cli import main; main()", *call]
    run = subprocess.run(program, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, timeout=120, check=False)
    out = (run.stdout + run.stderr).decode()
    if run.returncode not in codes:
        return f"{verb}: exit code {run.returncode}: {out[-400:]}"
    if "Traceback" in out or "inside the gate" in out:
        return f"{verb}: {out[-400:]}"
    hidden = sorted({char for char in out if ord(char) < 32 and char not in "\n\t"} | set(out) & set("\x9b\u202e\u2028"))
    if hidden:
        return f"{verb}: shows {hidden}"
    lines = out.count("\n")
    # An annotation has a line of its own; a verdict says a reason as long as its author made it.
    as_long_as_it_is = verb == "github" or (verb == "judge" and run.returncode != FAULT)
    return f"{verb}: {lines} lines" if lines > MOST_LINES and not as_long_as_it_is else ""


@pytest.mark.parametrize("name", NASTY)
def test_nasty_policies_are_answered(name: str, tmp_path: Path) -> None:
    (tmp_path / "p.rtm").write_bytes(NASTY[name])
    with ThreadPoolExecutor(2) as pool:
        assert [said for said in pool.map(lambda verb: complaint(verb, tmp_path), VERBS) if said] == []
