"""What README says is true: it is followed step by step in a new folder, and what it shows is what comes out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.pages import README, ROOT, Sample, samples, steps, write

LINE = re.compile(r"^\$ (?P<command>.+?)(?:\s+# exit (?P<code>\d+))?$")
ENVIRONMENT = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}


@dataclass(frozen=True, slots=True)
class Command:
    """A line of a `console` block, or a whole program. `shown` is the `text` block behind it: what it prints."""

    line: str
    code: int = 0
    shown: str | None = None
    program: bool = False


def plan() -> Iterator[Command]:
    everything = list(steps(README))
    for step, after in zip(everything, [*everything[1:], None], strict=True):
        if not isinstance(step, Sample) or step.language not in ("console", "python"):
            continue
        shown = after.text if isinstance(after, Sample) and after.language == "text" else None
        if step.language == "python":
            yield Command(step.text, shown=shown, program=True)
            continue
        found = [match for line in step.text.splitlines() if (match := LINE.match(line))]
        for number, match in enumerate(found, 1):
            yield Command(match["command"], int(match["code"] or 0), shown if number == len(found) else None)


COMMANDS = list(plan())


@dataclass(frozen=True, slots=True)
class Walk:
    """Every command in order, with what came of it; the folder it ended in."""

    done: tuple[subprocess.CompletedProcess[str], ...]
    folder: Path


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """A reader who follows the page, in a folder that has the bundled data."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("examples", "feeds"):
        (folder / name).symlink_to(ROOT / name)
    waiting = iter(COMMANDS)
    done: list[subprocess.CompletedProcess[str]] = []
    for step in steps(README):
        if not isinstance(step, Sample) or step.file:
            write(step, folder)
            continue
        count = {"python": 1, "console": len([line for line in step.text.splitlines() if LINE.match(line)])}.get(step.language, 0)
        for command in [next(waiting) for _ in range(count)]:
            if command.line.startswith("cd "):
                folder /= command.line.removeprefix("cd ")
            done.append(run(command, folder))
    return Walk(tuple(done), folder)


def run(command: Command, folder: Path) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-c", command.line] if command.program else ["bash", "-c", "true" if command.line.startswith("cd ") else command.line]
    return subprocess.run(arguments, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(("number", "command"), list(enumerate(COMMANDS)), ids=[command.line.splitlines()[0] for command in COMMANDS])
def test_a_command_does_what_it_says(walk: Walk, number: int, command: Command) -> None:
    done = walk.done[number]
    assert done.returncode == command.code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert command.program or re.match(r"rtm-gate |cd \w+$", command.line)
    if command.shown is not None:
        assert_shown(command.shown, done.stdout)


def assert_shown(shown: str, given: str) -> None:
    """Line by line, but for how long it took; a line `…` stands for any others."""
    lines = [line.rstrip() for line in re.sub(r" · \d+ ms", "", given).strip("\n").split("\n")]
    pattern = "\n".join(".*" if line == "…" else re.escape(line) for line in shown.rstrip("\n").split("\n"))
    assert re.fullmatch(pattern, "\n".join(lines), re.DOTALL), "\n".join(lines)


def test_the_pages_made_are_pages(walk: Walk) -> None:
    made = [*walk.folder.glob("*.html"), *walk.folder.parent.glob("*.html")]
    assert {page.name for page in made} == {"verdict.html", "silence.html"}
    assert all(page.read_text(encoding="utf-8").rstrip().endswith("</html>") for page in made)


def test_the_walk_left_a_policy_that_is_laid_out(walk: Walk) -> None:
    done = run(Command("rtm-gate policy fmt policies --check"), walk.folder)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_settings_are_some() -> None:
    from rtm_gate.gate.configuration import Configuration

    (settings,) = samples(README, "toml")
    assert Configuration.model_validate(tomllib.loads(settings.text)).lease == 300


def test_the_draft_is_one() -> None:
    from rtm_gate.model.draft import read_draft

    (draft,) = samples(README, "json")
    assert read_draft(json.loads(draft.text))[1] == []


def test_the_two_commands_come_first() -> None:
    first = [line.split("#")[0].strip() for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("    ")][:2]
    assert first == ["make demo", "make test"]
