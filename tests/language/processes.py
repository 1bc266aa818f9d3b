"""Policies judged in processes of their own: a hang is ended by ending its process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from random import Random

import pytest

from tests.language.answered import answered, answered_text
from tests.language.enormous import ENORMOUS
from tests.language.spoilt import ROOT, spoilt

JUDGED = 2_500
"""Bytes up to which an enormous policy judges a draft as well."""


def all_well(found: Sequence[Future[list[str]]], folder: Path) -> None:
    try:
        wrong = [one for future in found for one in future.result()]
    except BrokenProcessPool:
        left = sorted(path for path in folder.glob("*/fuzz.rtm"))
        pytest.fail(f"a process hung or crashed (its trace is on standard error) on one of: {', '.join(map(str, left))}")
    assert wrong == []


def own(folder: Path) -> Path:
    """A folder for this process, with something to include."""
    mine = folder / str(os.getpid())
    if not mine.exists():
        mine.mkdir()
        shutil.copytree(ROOT / "policies" / "packs", mine / "packs")
    return mine


def judge_spoilt(folder: Path, seeds: Sequence[int]) -> list[str]:
    wrong: list[str] = []
    for seed in seeds:
        text = spoilt(Random(seed))
        try:
            answered(text.encode(errors="surrogatepass"), own(folder))
            answered_text(text)
        except Exception as error:
            wrong.append(f"spoilt(Random({seed})): {type(error).__name__}: {error}")
    return wrong


def judge_bytes(folder: Path, seeds: Sequence[int]) -> list[str]:
    wrong: list[str] = []
    for seed in seeds:
        random = Random(seed)
        data = random.randbytes(random.randrange(400)) if seed % 2 else bytes(random.choices(b' \n\r\t{}()",#.%abcruletopicwhen0129\\\xc3\xa9\x00', k=400))
        try:
            answered(data, own(folder))
        except Exception as error:
            wrong.append(f"{data!r}: {type(error).__name__}: {error}")
    return wrong


def judge_enormous(folder: Path, name: str, many: int) -> list[str]:
    data = ENORMOUS[name](many).encode()
    try:
        answered(data, own(folder), judge=len(data) < JUDGED)
    except Exception as error:
        return [f"{name}: {type(error).__name__}: {str(error)[:400]}"]
    return []
