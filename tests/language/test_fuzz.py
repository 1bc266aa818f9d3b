"""Whatever stands in a policy file, there is an answer: in time, in at most 200 lines, never an exception.

`make soak` draws many more, and the enormous ones at their full size. `python -m tests.language.answered FOLDER SEED NUMBER` judges the
spoilt policies SEED, SEED + 1, … and leaves those that fail in the folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.language.answered import answered_text, is_shown, load
from tests.language.enormous import ENORMOUS, HEAD, rule
from tests.language.processes import all_well, judge_bytes, judge_enormous, judge_spoilt

SOAK = bool(os.environ.get("RTM_GATE_SOAK"))
SPOILT = 20_000 if SOAK else 24
BYTES = 5_000 if SOAK else 60
MANY = 10_000 if SOAK else 60
AT_ONCE = 8
"""Policies one process is given at a time."""


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        yield pool


def test_spoilt_policies_are_answered(processes: ProcessPoolExecutor, tmp_path: Path) -> None:
    all_well([processes.submit(judge_spoilt, tmp_path, range(start, start + AT_ONCE)) for start in range(0, SPOILT, AT_ONCE)], tmp_path)


def test_bytes_are_answered(processes: ProcessPoolExecutor, tmp_path: Path) -> None:
    all_well([processes.submit(judge_bytes, tmp_path, range(start, start + AT_ONCE)) for start in range(0, BYTES, AT_ONCE)], tmp_path)


def test_enormous_policies_are_answered(processes: ProcessPoolExecutor, tmp_path: Path) -> None:
    all_well([processes.submit(judge_enormous, tmp_path, name, MANY) for name in ENORMOUS], tmp_path)


# ---- what lies beside the file --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ['policy "a\ud800" { language 1 }', '"\udfff', "\udfff"])
def test_half_of_a_character_is_no_text(text: str) -> None:
    answered_text(text)


def around(folder: Path, include: str) -> list[str]:
    """The codes of a policy in a folder with odd things in it."""
    (folder / "a.rtm").write_text(f'{HEAD}{rule("draft is planned")}include "{include}"\n', encoding="utf-8")
    (folder / "b.rtm").write_text('include "a.rtm"\n', encoding="utf-8")
    (folder / "folder.rtm").mkdir()
    (folder / "loop.rtm").symlink_to("loop.rtm")
    (folder / "endless.rtm").symlink_to("/dev/zero")
    (folder / "self.rtm").symlink_to("a.rtm")
    (folder / "up").symlink_to("..")
    os.mkfifo(folder / "pipe.rtm")
    loaded = load(folder / "a.rtm")
    is_shown(loaded, folder)
    return sorted({diagnostic.code for diagnostic in loaded.errors})


@pytest.mark.parametrize(
    ("include", "code"),
    [
        ("a.rtm", "RTM120"), ("b.rtm", "RTM120"), ("self.rtm", "RTM120"), ("folder.rtm", "RTM100"), ("loop.rtm", "RTM100"), ("endless.rtm", "RTM100"),
        ("pipe.rtm", "RTM100"), ("nowhere.rtm", "RTM100"), ("/dev/zero", "RTM122"), ("folder.rtm/x.rtm", "RTM100"), ("a.rtm/x.rtm", "RTM100"),
        ("x" * 5000 + ".rtm", "RTM100"), ("up/" * 100 + "x.rtm", "RTM100"), ("../" * 100 + "x.rtm", "RTM100"), ("", "RTM122"), (".rtm", "RTM100"),
    ],
)  # fmt: skip
def test_odd_files_are_answered(include: str, code: str, tmp_path: Path) -> None:
    assert around(tmp_path, include) == [code]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_answered(tmp_path: Path) -> None:
    (tmp_path / "secret.rtm").touch(0)
    assert around(tmp_path, "secret.rtm") == ["RTM100"]
