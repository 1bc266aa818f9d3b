"""What README says is true: its commands run with the exit codes it names, its policy checks, its program runs."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^\$ (?P<command>.+?)(?:\s+# exit (?P<code>\d+))?$")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the bundled data, the policy of the README, and a feed."""
    where = tmp_path_factory.mktemp("readme")
    for name in ("examples", "feeds", "policies"):
        (where / name).symlink_to(ROOT / name)
    (where / "bakery.rtm").write_text(blocks("rtm")[0], encoding="utf-8")
    feed = "<rss version='2.0'><channel><title>wire</title><item><title>Library opens on Sundays</title></item></channel></rss>"
    (where / "feed.xml").write_text(feed, encoding="utf-8")
    return where


def commands() -> list[tuple[str, int]]:
    found = [COMMAND.match(line) for block in blocks("console") for line in block.splitlines()]
    return [(match["command"], int(match["code"] or 0)) for match in found if match]


@pytest.mark.parametrize(("command", "code"), commands())
def test_a_command_does_what_it_says(folder: Path, command: str, code: int) -> None:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert shlex.split(command)[0] == "rtm-gate"


def test_the_verdict_shown_is_the_one_given(folder: Path) -> None:
    (shown,) = blocks("text")
    command, _ = commands()[0]
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    given = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False).stdout
    lines = [line.rstrip() for line in re.sub(r" · \d+ ms", "", given).strip("\n").split("\n")]
    assert lines == shown.rstrip("\n").split("\n")


def test_the_program_runs(folder: Path) -> None:
    (program,) = blocks("python")
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout == "go Nothing objects.\n", done.stdout + done.stderr


def test_the_settings_are_some() -> None:
    from rtm_gate.gate.configuration import Configuration

    (settings,) = blocks("toml")
    assert Configuration.model_validate(tomllib.loads(settings)).lease == 300


def test_the_draft_is_one() -> None:
    from rtm_gate.model.draft import read_draft

    assert read_draft(json.loads(blocks("json")[0]))[1] == []


def test_the_two_commands_come_first() -> None:
    first = [line.split("#")[0].strip() for line in README.splitlines() if line.startswith("    ")][:2]
    assert first == ["make demo", "make test"]


DOCS = ROOT / "docs"


def test_the_draft_page_shows_every_key() -> None:
    from rtm_gate.model.draft import Draft, read_draft

    (shown,) = re.findall(r"^```json\n(.*?)^```", (DOCS / "draft.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    value = json.loads(shown)
    assert read_draft(value)[1] == []
    assert missing(Draft, [value], "draft") == []


def missing(model: type[BaseModel], shown: list[dict[str, Any]], path: str) -> list[str]:
    """Keys of the model, and of the models inside it, that no shown object has."""
    found = []
    for name, field in model.model_fields.items():
        values = [one[name] for one in shown if name in one]
        found += [] if values else [f"{path}.{name}"]
        inner = [one for value in values for one in (value if isinstance(value, list) else value.values() if is_mapping(field.annotation) else [value])]
        for part in models(field.annotation):
            found += missing(part, inner, f"{path}.{name}")
    return found


def models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in models(inner)]


def is_mapping(annotation: Any) -> bool:
    return get_origin(annotation) is dict and bool(models(annotation))


@pytest.fixture
def policy_page(tmp_path: Path) -> Path:
    """All that the page shows of a policy, in one file."""
    shown = re.findall(r"^```rtm\n(.*?)^```", (DOCS / "policy.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (tmp_path / "page.rtm").write_text("\n".join(shown), encoding="utf-8")
    return tmp_path / "page.rtm"


def test_the_policy_page_is_a_policy(policy_page: Path) -> None:
    from rtm_gate import Gate
    from rtm_gate.gate.testing.run import run_test

    with Gate.open(policy_page) as gate:
        assert gate.loaded.diagnostics == ()
        assert {test.name: run_test(gate, test).failures for test in gate.policy.tests} == {test.name: () for test in gate.policy.tests}


def test_the_policy_page_shows_a_test_that_fails(policy_page: Path) -> None:
    from click.testing import CliRunner

    from rtm_gate.cli import cli

    (said,) = re.findall(r"^```text\n(.*?)^```", (DOCS / "policy.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    first, mourning, rest = policy_page.read_text(encoding="utf-8").partition('test "an advert where people mourn"')
    policy_page.write_text(first + mourning + rest.replace("severity major", "severity minor", 1), encoding="utf-8")
    done = CliRunner().invoke(cli, ["policy", "test", str(policy_page)])
    place = r"\S*page\.rtm:\d+"
    assert re.sub(place, "page.rtm:1", done.stdout).startswith(re.sub(place, "page.rtm:1", said)), done.stdout
