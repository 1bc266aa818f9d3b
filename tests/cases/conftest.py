"""The cases as folders, made once a run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from rtm_gate import Gate
from rtm_gate.gate.gate import Examined
from rtm_gate.gate.testing.cases import CaseResult, judge_case
from rtm_gate.gate.testing.cases import case_folders as folders_below
from rtm_gate.gate.testing.expected import Holds

from .expand import write_cases


@dataclass(frozen=True, slots=True)
class Judged:
    """A case as the standard policy judges it, and the days that its draft names."""

    result: CaseResult
    days: frozenset[str]


@pytest.fixture(scope="session")
def case_folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with one folder a case: `draft.json`, `feeds/*.xml`, `case.json`."""
    out = tmp_path_factory.mktemp("cases")
    write_cases(out)
    return out


def _kept(seen: list[Examined], examined: Examined, holds: Holds) -> None:
    seen.append(examined)


@pytest.fixture(scope="session")
def judged(case_folders: Path) -> dict[str, Judged]:
    """Every case judged once, by id. Its modules share an xdist group, so that one process does it."""
    found: dict[str, Judged] = {}
    with Gate.open() as gate:
        for folder in folders_below(case_folders):
            seen: list[Examined] = []
            result = judge_case(gate, folder, partial(_kept, seen))
            facts = [fact for one in seen if one.facts for fact in one.facts.rows]
            found[result.id] = Judged(result, frozenset(str(fact.values["name"]) for fact in facts if fact.kind == "day" and fact.values["touched"]))
    return found
