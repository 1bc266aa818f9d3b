"""What docs/replay.md says is true: its commands are run and show what it shows, its numbers are those of the code."""

from __future__ import annotations

import pytest

from rtm_gate.gate.record.replay.summary import SAMPLES
from tests.pages import DOCS
from tests.walking import Walk, assert_as_shown, plan, walk

PAGE = DOCS / "replay.md"
WORDS = " ".join(PAGE.read_text(encoding="utf-8").split())
COMMANDS = plan(PAGE)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    return walk(PAGE, tmp_path_factory.mktemp("replay"))


@pytest.mark.parametrize("number", range(len(COMMANDS)), ids=[command.line for command in COMMANDS])
def test_a_command_does_what_it_says(walked: Walk, number: int) -> None:
    assert_as_shown(COMMANDS[number], walked.done[number])


def test_the_second_run_goes_on_behind_the_first(walked: Walk) -> None:
    first, second = (done for command, done in zip(COMMANDS, walked.done, strict=True) if "-o outcomes.jsonl" in command.line)
    assert (first.stderr, second.stderr) == ("", "outcomes.jsonl: 5 verdicts judged before; going on behind\n")
    assert second.stdout == first.stdout
    assert len((walked.folder / "outcomes.jsonl").read_text(encoding="utf-8").splitlines()) == 5


def test_its_numbers_are_those_of_the_code() -> None:
    assert f"at most {SAMPLES} drafts are shown" in WORDS
