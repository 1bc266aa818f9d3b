"""A reader who follows a page in a new folder: every command in order, with what came of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.pages import Sample, steps, write

_LINE = re.compile(r"^\$ (?P<command>.+?)(?:\s+# exit (?P<code>\d+))?$")
ENVIRONMENT = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}


@dataclass(frozen=True, slots=True)
class Command:
    """A line of a `console` block, or a whole program. `shown` is the `text` block behind it: what it prints."""

    line: str
    code: int = 0
    shown: str | None = None
    program: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """What came of each command; the folder it ended in."""

    done: tuple[subprocess.CompletedProcess[str], ...]
    folder: Path


def plan(page: Path) -> list[Command]:
    """Every command of a page."""
    return [command for commands in _by_step(page) for command in commands]


def walk(page: Path, folder: Path) -> Walk:
    """Saves, changes and runs what the page asks for."""
    done: list[subprocess.CompletedProcess[str]] = []
    for step, commands in zip(steps(page), _by_step(page), strict=True):
        if not isinstance(step, Sample) or step.file:
            write(step, folder)
        for command in commands:
            if command.line.startswith("cd "):
                folder = (folder / command.line.removeprefix("cd ")).resolve()
            done.append(run(command, folder))
    return Walk(tuple(done), folder)


def run(command: Command, folder: Path) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-c", command.line] if command.program else ["bash", "-c", "true" if command.line.startswith("cd ") else command.line]
    return subprocess.run(arguments, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False)


def assert_as_shown(command: Command, done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == command.code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert command.program or re.match(r"rtm-gate |cd (\w+|\.\.)$", command.line)
    if command.shown is not None:
        _assert_shown(command.shown, done.stdout)


def _assert_shown(shown: str, given: str) -> None:
    """Line by line, but for how long it took; a line `…` stands for any others."""
    lines = [line.rstrip() for line in re.sub(r" · \d+ ms", "", given).strip("\n").split("\n")]
    pattern = "\n".join(".*" if line == "…" else re.escape(line) for line in shown.rstrip("\n").split("\n"))
    assert re.fullmatch(pattern, "\n".join(lines), re.DOTALL), "\n".join(lines)


def _by_step(page: Path) -> Iterator[list[Command]]:
    """The commands of each step, none for most."""
    everything = list(steps(page))
    for step, after in zip(everything, [*everything[1:], None], strict=True):
        shown = after.text if isinstance(after, Sample) and after.language == "text" else None
        if isinstance(step, Sample) and step.language == "python":
            yield [Command(step.text, shown=shown, program=True)]
        elif isinstance(step, Sample) and step.language == "console":
            found = [match for line in step.text.splitlines() if (match := _LINE.match(line))]
            yield [Command(match["command"], int(match["code"] or 0), shown if match is found[-1] else None) for match in found]
        else:
            yield []
