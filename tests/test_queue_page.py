"""What docs/queue.md says is true: its commands are run."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest

from rtm_gate.desk.queue.queue import How
from rtm_gate.desk.queue.sweep import GIVEN_UP
from tests.pages import DOCS
from tests.walking import Command, Walk, assert_as_shown, plan, walk

PAGE_FILE = DOCS / "queue.md"
TEXT = PAGE_FILE.read_text(encoding="utf-8")
COMMANDS = plan(PAGE_FILE)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    return walk(PAGE_FILE, tmp_path_factory.mktemp("queue"))


@pytest.mark.parametrize(("number", "command"), list(enumerate(COMMANDS)), ids=[command.line.splitlines()[0] for command in COMMANDS])
def test_a_command_does_what_it_says(walked: Walk, number: int, command: Command) -> None:
    assert_as_shown(command, walked.done[number])


def test_its_words_and_numbers_are_those_of_the_code() -> None:
    assert [line.split("`")[1] for line in TEXT.splitlines() if line.startswith("| `")] == list(get_args(How))
    assert timedelta(minutes=5) == GIVEN_UP
    assert "free again after five minutes" in TEXT
