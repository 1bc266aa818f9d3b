"""What is made from the code and committed is what the code makes today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MADE = sorted(file.relative_to(ROOT / "docs").as_posix() for file in (ROOT / "docs" / "schemas").iterdir())


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    run = subprocess.run([sys.executable, "-m", "tools.reference", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return folder


def test_nothing_is_missing_or_left_over(fresh: Path) -> None:
    assert sorted(file.relative_to(fresh).as_posix() for file in fresh.rglob("*") if file.is_file()) == MADE


@pytest.mark.parametrize("name", MADE)
def test_a_page_is_what_the_code_makes(fresh: Path, name: str) -> None:
    same = (ROOT / "docs" / name).read_text(encoding="utf-8") == (fresh / name).read_text(encoding="utf-8")
    assert same, f"docs/{name} is not what the code makes; run `make reference` and read the difference"
