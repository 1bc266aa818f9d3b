"""What README says is true: it is followed step by step in a new folder, and what it shows is what comes out."""

from __future__ import annotations

import json
import tomllib

import pytest

from tests.pages import README, ROOT, samples
from tests.walking import Command, Walk, assert_as_shown, plan, run, walk

COMMANDS = plan(README)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """In a folder that has the bundled data."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("examples", "feeds"):
        (folder / name).symlink_to(ROOT / name)
    return walk(README, folder)


@pytest.mark.parametrize(("number", "command"), list(enumerate(COMMANDS)), ids=[command.line.splitlines()[0] for command in COMMANDS])
def test_a_command_does_what_it_says(walked: Walk, number: int, command: Command) -> None:
    assert_as_shown(command, walked.done[number])


def test_the_pages_made_are_pages(walked: Walk) -> None:
    made = [*walked.folder.glob("*.html"), *walked.folder.parent.glob("*.html")]
    assert {page.name for page in made} == {"verdict.html", "silence.html"}
    assert all(page.read_text(encoding="utf-8").rstrip().endswith("</html>") for page in made)


def test_the_walk_left_a_policy_that_is_laid_out(walked: Walk) -> None:
    done = run(Command("rtm-gate policy fmt policies --check"), walked.folder)
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
