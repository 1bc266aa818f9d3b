"""Code run in a process of its own: a crash or a hang in C is then a failed test, not the end of the run."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

TESTS = Path(__file__).parent.parent


def run(code: str, seconds: float = 60, path: Path | None = None) -> str:
    """What `code` prints; fails when it crashes, raises or does not end in time. `path` is searched for modules first."""
    places = [str(place) for place in (path, TESTS.parent, TESTS) if place is not None]
    start = f"import sys; sys.path[:0] = {places!r}\n"
    done = subprocess.run([sys.executable, "-c", start + textwrap.dedent(code)], capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, f"exit {done.returncode}: {done.stderr[-2000:]}"
    return done.stdout.strip()
