"""The habits of the house: who imports whom, what is declared, and what the locks may say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads(PYPROJECT)
LOCKS = ("build", "base", "dev")

# ---- imports go down the house ------------------------------------------------------------------------------------------


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_imports_go_down_the_house() -> None:
    run = lint(ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


ROOMS = ("cli", "gate", "verdict", "facts", "news", "analysis", "language", "rules", "store", "vocabulary", "model", "resources")


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A package with the same rooms, all empty, under the same contract."""
    contract = PYPROJECT[PYPROJECT.index("[tool.importlinter]") : PYPROJECT.index('\n[[tool.importlinter.contracts]]\nname = "Stages')]
    (tmp_path / "pyproject.toml").write_text(contract, encoding="utf-8")
    for room in ("", *ROOMS):
        folder = tmp_path / "rtm_gate" / room
        folder.mkdir()
        (folder / "__init__.py").write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("room", "imports", "allowed"),
    [
        ("cli", "gate", True),
        ("news", "vocabulary", True),
        ("model", "resources", True),
        ("facts", "gate", False),
        ("verdict", "cli", False),
        ("model", "vocabulary", False),
        ("rules", "language", False),
        ("analysis", "news", False),
        ("resources", "model", False),
    ],
)
def test_an_upward_or_sideways_import_is_caught(small_house: Path, room: str, imports: str, allowed: bool) -> None:
    (small_house / "rtm_gate" / room / "__init__.py").write_text(f"import rtm_gate.{imports}\n")
    run = lint(small_house)
    assert (run.returncode == 0) is allowed, run.stdout
    if not allowed:
        assert f"rtm_gate.{room} -> rtm_gate.{imports}" in run.stdout


def test_a_room_without_a_place_is_caught(small_house: Path) -> None:
    (small_house / "rtm_gate" / "attic.py").write_text("")
    run = lint(small_house)
    assert run.returncode == 1
    assert "attic" in run.stdout


# ---- a newcomer's commands ----------------------------------------------------------------------------------------------


def test_the_readme_opens_with_the_two_commands() -> None:
    opening = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:30]
    first = [line for line in opening if re.match(r"make \w+", line.strip("`$ "))]
    assert [line.strip("`$ ").split()[:2] for line in first[:2]] == [["make", "demo"], ["make", "test"]]


def test_continuous_integration_runs_the_second_of_them() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"\bmake\b.*", re.sub(r"#.*", "", script)) == ["make test </dev/null"]


# ---- what is imported is declared, and the other way round --------------------------------------------------------------


def third_party(folder: str) -> Iterator[tuple[str, str]]:
    """(distribution, file) for each import of a package that is neither Python's own nor ours."""
    owners = packages_distributions()
    ours = sys.stdlib_module_names | {"rtm_gate", "tests", "benchmarks", "tools"}
    for file in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for name in {module.partition(".")[0] for module in imported_by(node)} - ours:
                yield normal(owners.get(name, [name])[0]), f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def imported_by(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), level=0):
            return [module]
        case ast.Call(ast.Attribute(attr="import_module") | ast.Name("import_module"), [ast.Constant(str(module)), *_]):
            return [module]
        case _:
            return []


def normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[^\w.-]", row, maxsplit=1)[0]) for row in requirements}


DECLARED = names(PROJECT["project"]["dependencies"])
EXTRAS = {name for rows in PROJECT["project"].get("optional-dependencies", {}).values() for name in names(rows)}
DEVELOPMENT = {name for rows in PROJECT["dependency-groups"].values() for name in names(rows)}


def test_every_import_is_declared() -> None:
    undeclared = {where: name for name, where in third_party("rtm_gate") if name not in DECLARED | EXTRAS}
    assert undeclared == {}


def test_every_declared_dependency_is_imported() -> None:
    imported = {name for name, _ in third_party("rtm_gate")}
    assert sorted((DECLARED | EXTRAS) - imported) == []


@pytest.mark.parametrize("folder", ["tests", "benchmarks", "tools"])
def test_what_developers_import_is_declared(folder: str) -> None:
    undeclared = {where: name for name, where in third_party(folder) if name not in DECLARED | EXTRAS | DEVELOPMENT}
    assert undeclared == {}


def test_requires_python_names_the_versions_that_are_tested() -> None:
    tested = re.findall(r"Python :: (3\.\d+)$", "\n".join(PROJECT["project"]["classifiers"]), re.MULTILINE)
    after = f"3.{max(int(version[2:]) for version in tested) + 1}"
    assert PROJECT["project"]["requires-python"] == f">={tested[0]},<{after}"


# ---- the locks ----------------------------------------------------------------------------------------------------------


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> set[tuple[str, str]]:
    return {(normal(package), version) for package, version in re.findall(r"^([\w.-]+)==([\w.]+)", lock(name), re.MULTILINE)}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(name: str) -> None:
    for entry in lock(name).replace("\\\n", "").splitlines():
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; [\w\s.'\"<>=!()]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", entry), entry[:120]


def test_the_locks_agree_and_cover_what_is_declared() -> None:
    assert pins("base") <= pins("dev")
    assert {name for name, _ in pins("base")} >= DECLARED
    assert {name for name, _ in pins("dev") | pins("build")} >= DECLARED | DEVELOPMENT


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "pyproject.toml", "Makefile", *(f"requirements/{name}.txt" for name in LOCKS)])
def test_no_address_of_a_registry(name: str) -> None:
    """A machine brings its own: an address here would override it, and leak where the locks were made."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.search(r"://[^\s)]*(pypi|pythonhosted|/simple\b|/wheels?\b)|file:/|--(extra-)?index-url|--find-links|^\s*(-i|-f)\s", text, re.MULTILINE)
    assert found is None, found
