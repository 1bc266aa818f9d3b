"""What docs/ledger.md says is true: its commands are run, and its sentences are those of the code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from rtm_gate.desk.ledger.export import HEADER
from rtm_gate.model.record import Kind
from rtm_gate.store.record.shelf import PAGE
from tests.desk.tampering import WAYS
from tests.pages import DOCS
from tests.walking import Command, Walk, assert_as_shown, plan, walk

PAGE_FILE = DOCS / "ledger.md"
WORDS = " ".join(PAGE_FILE.read_text(encoding="utf-8").split())
COMMANDS = plan(PAGE_FILE)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    return walk(PAGE_FILE, tmp_path_factory.mktemp("ledger"))


@pytest.mark.parametrize(("number", "command"), list(enumerate(COMMANDS)), ids=[command.line.splitlines()[0] for command in COMMANDS])
def test_a_command_does_what_it_says(walked: Walk, number: int, command: Command) -> None:
    assert_as_shown(command, walked.done[number])


def test_nothing_of_the_record_is_for_the_repository(walked: Walk) -> None:
    ignored = (walked.folder / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {file.name for file in walked.folder.glob("ledger.*")} == {"ledger.key", "ledger.head"} <= set(ignored)


def test_every_flaw_has_a_line() -> None:
    shown = [re.sub(r"\d+", "0", line.rstrip(" …")) for line in re.findall(r"^\| `((?:row|what|the) .+?)` \|", PAGE_FILE.read_text("utf-8"), re.MULTILINE)]
    for _, said in WAYS.values():
        assert any(re.sub(r"\d+", "0", said) in line or line in re.sub(r"\d+", "0", said) for line in shown), said


@pytest.mark.parametrize(
    "phrase",
    [
        f"in steps of {PAGE:,} rows",
        ", ".join(f"`{kind}`" for kind in get_args(Kind)[:-1]) + f" or `{get_args(Kind)[-1]}`",
        ", ".join(f"`{name}`" for name in HEADER),
    ],
)
def test_its_numbers_and_names_are_those_of_the_code(phrase: str) -> None:
    assert phrase in WORDS


def test_the_project_says_what_to_do_with_its_files() -> None:
    said = (Path(__file__).parent.parent / "scaffold" / "README.md").read_text(encoding="utf-8")
    assert "`ledger.key`" in said
    assert "`ledger.head`" in said
