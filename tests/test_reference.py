"""What is made from the code and committed is what the code makes today, and what a reference page says is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from rtm_gate.language import load_text, render
from rtm_gate.model.schema import SCHEMA

ROOT = Path(__file__).parent.parent
MADE = ["facts.md", "packs.md", *sorted(f"schemas/{file.name}" for file in (ROOT / "docs" / "schemas").iterdir()), "topics.md"]


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


# ---- facts and fields ------------------------------------------------------------------------------------------------

FACTS = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
EXAMPLES = {
    kind: re.findall(r"^\| `(\w+)` .* \| `([^|]+)` \|$", table, re.MULTILINE)
    for kind, table in re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", FACTS, re.MULTILINE | re.DOTALL)
    if kind in SCHEMA
}
POLICY = 'policy "Page" {{ language 1  audience US  roles manager  otherwise go }}\nrule page {{ when {} then hold because "b" fix "f" }}\n'


def test_every_field_has_an_example() -> None:
    assert {kind: [name for name, _ in rows] for kind, rows in EXAMPLES.items()} == {
        kind.name: list(kind.fields) for kind in SCHEMA.values() if not kind.internal
    }


@pytest.mark.parametrize(("kind", "example"), [(kind, example) for kind, rows in EXAMPLES.items() for _, example in rows])
def test_an_example_is_a_condition(kind: str, example: str) -> None:
    loaded = load_text(POLICY.format(example if SCHEMA[kind].single else f"any {kind} where {example}"), "page.rtm")
    assert loaded.policy is not None, "\n".join(render(diagnostic, loaded.sources) for diagnostic in loaded.diagnostics)


def test_what_comes_from_elsewhere_is_a_field() -> None:
    assert {kind.name: sorted(set(kind.but) - set(kind.fields)) for kind in SCHEMA.values() if set(kind.but) - set(kind.fields)} == {}
