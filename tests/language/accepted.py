"""Policies whose expected outcome stands in the file itself, as comments after a line `# ---`.

Layouts have it in a file of their own. `RTM_ACCEPT=1 pytest tests/language` writes what comes out into the files; the diff is then read like any other.
"""

from __future__ import annotations

import os
from pathlib import Path

HERE = Path(__file__).parent
MARK = "# ---"


def policies(folder: str) -> list[Path]:
    return sorted((HERE / folder).glob("*.rtm"))


def compare(path: Path, outcome: str) -> None:
    """The outcome, line by line, against the comments at the end of the file."""
    source = path.read_text(encoding="utf-8").partition(MARK)[0].rstrip()
    found = "\n".join(f"# {line}".rstrip() for line in outcome.splitlines())
    whole = f"{source}\n\n{MARK}\n{found}\n".replace("\n\n\n", "\n\n")
    if os.environ.get("RTM_ACCEPT"):
        path.write_text(whole, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == whole


def compare_beside(path: Path, outcome: str) -> None:
    """The outcome against a whole file of its own."""
    if os.environ.get("RTM_ACCEPT"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(outcome, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == outcome
