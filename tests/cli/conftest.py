"""A command line to call, and feeds to call it with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from rtm_gate.cli import cli

NOW = "2026-03-10T18:00:00Z"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `rtm-gate …` in an empty folder; never lets an exception through unseen."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path, stdin: str | None = None) -> Ran:
        result = CliRunner().invoke(cli, [str(a) for a in arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.stdout + result.stderr
        return Ran(result.exit_code, result.stdout, result.stderr)

    return call


def rss(name: str, *titles: str, published: str = "Tue, 10 Mar 2026 16:00:00 GMT") -> str:
    items = "".join(f"<item><title>{t}</title><guid>{name}-{n}</guid><pubDate>{published}</pubDate></item>" for n, t in enumerate(titles))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    file = tmp_path / "quiet.xml"
    file.write_text(rss("quiet", "Council approves bike lanes", "Library opens on Sundays"))
    return file


@pytest.fixture
def shooting(tmp_path: Path) -> list[str]:
    """Two outlets on one event, as options."""
    options = []
    for name, title in (("wire", "Gunman kills six at a mall in Denver, police say"), ("daily", "Six dead in Denver mall shooting")):
        file = tmp_path / f"{name}.xml"
        file.write_text(rss(name, title))
        options += ["--feed", str(file)]
    return options
