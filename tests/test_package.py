"""The wheel: built, looked into, installed in a clean environment and used from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from rtm_gate import resources

ROOT = Path(__file__).resolve().parent.parent
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@dataclass(frozen=True)
class Installed:
    """An environment that has the wheel, and an empty folder to work in."""

    environment: Path
    folder: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.environment / "bin" / program), *arguments]
        clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
        return subprocess.run(command, cwd=self.folder, env=clean, capture_output=True, text=True, check=False)

    def data(self, *parts: str) -> Path:
        run = self.run("python", "-c", f"from rtm_gate import resources; print(resources.path(*{parts!r}))")
        assert run.returncode == 0, run.stderr
        return Path(run.stdout.strip())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    environment = tmp_path_factory.mktemp("installed") / "env"
    venv.create(environment, with_pip=False)
    pip("--python", str(environment / "bin" / "python"), "install", "--no-deps", "--no-index", str(wheel))
    # The third-party packages are lent by the environment that runs the tests, so nothing is downloaded. A path that a .pth file
    # names is not searched for further .pth files: the checkout that is installed there in editable mode stays out of sight.
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (environment / "lib" / version / "site-packages" / "lent.pth").write_text("\n".join(sorted(lent)) + "\n")
    return Installed(environment, tmp_path_factory.mktemp("elsewhere"))


def pip(*arguments: str) -> None:
    run = subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def files(folder: Path) -> set[str]:
    """Paths below `folder`, without what Python and the tools leave behind."""
    found = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    return {file.as_posix() for file in found if not any(part.startswith((".", "__pycache__")) for part in file.parts)}


# ---- in a checkout ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", resources.FOLDERS)
def test_in_a_checkout_data_lies_at_the_root(folder: str) -> None:
    assert resources.path(folder) == ROOT / folder
    assert files(resources.path(folder))


def test_only_bundled_folders_are_served() -> None:
    with pytest.raises(ValueError, match="`tests` is not a folder of bundled data"):
        resources.path("tests")


# ---- the wheel ----------------------------------------------------------------------------------------------------------


def test_the_wheel_holds_the_package_and_its_data(wheel: Path) -> None:
    expected = {f"rtm_gate/{file}" for file in files(ROOT / "rtm_gate")}
    for folder in resources.FOLDERS:
        expected |= {f"rtm_gate/data/{folder}/{file}" for file in files(ROOT / folder)}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == expected


@pytest.mark.parametrize("name", ["LICENSE", "NOTICE"])
def test_the_wheel_holds_its_licences(wheel: Path, name: str) -> None:
    assert f"rtm_gate-{VERSION}.dist-info/licenses/{name}" in zipfile.ZipFile(wheel).namelist()


# ---- installed ----------------------------------------------------------------------------------------------------------


def test_installed_it_is_the_wheel_that_answers(installed: Installed) -> None:
    policy = installed.data("policies", "standard.rtm")
    assert policy.is_relative_to(installed.environment)
    assert policy.is_file()


def test_installed_it_names_its_version(installed: Installed) -> None:
    run = installed.run("rtm-gate", "--version")
    assert run.returncode == 0, run.stderr
    assert VERSION in run.stdout


def test_installed_the_standard_policy_is_clean(installed: Installed) -> None:
    run = installed.run("rtm-gate", "policy", "check", str(installed.data("policies", "standard.rtm")))
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(("example", "code"), [("go", 0), ("hold", 10), ("no-go", 20)])
def test_installed_it_judges_the_bundled_drafts(installed: Installed, example: str, code: int) -> None:
    draft, feeds = installed.data("examples", f"{example}.json"), installed.data("feeds", "demo")
    run = installed.run("rtm-gate", "check", str(draft), "--feed", str(feeds), "--now", "2026-11-17T15:00:00Z", "--format", "json")
    assert run.returncode == code, run.stdout + run.stderr
    assert json.loads(run.stdout)["verdict"] == example


def test_installed_it_draws_a_page(installed: Installed) -> None:
    run = installed.run("rtm-gate", "check", str(installed.data("examples", "go.json")), "--no-feeds", "--now", "2026-11-17T15:00:00Z", "--format", "html")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "<style>:root {" in run.stdout


def test_installed_it_makes_a_project(installed: Installed) -> None:
    made = installed.run("rtm-gate", "init", "acme")
    assert made.returncode == 0, made.stdout + made.stderr
    assert (installed.folder / "acme" / ".github" / "workflows" / "policy.yml").is_file()
    tested = installed.run("rtm-gate", "policy", "test", "acme/policies", "--cases", "acme/cases")
    assert tested.returncode == 0, tested.stdout + tested.stderr
