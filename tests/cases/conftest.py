"""The cases as folders, made once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from .expand import write_cases


@pytest.fixture(scope="session")
def case_folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with one folder a case: `draft.json`, `feeds/*.xml`, `case.json`."""
    out = tmp_path_factory.mktemp("cases")
    write_cases(out)
    return out
