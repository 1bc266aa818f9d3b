"""What the verbs share: the project's ledger, or a refusal; and how a long way through it is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from rtm_gate.cli.feeds.desk import NO_PROJECT
from rtm_gate.cli.options import FAULT, console, refuse

if TYPE_CHECKING:
    from rtm_gate.desk.ledger import Ledger
    from rtm_gate.gate import Project

NO_STORE = "nothing is recorded here: this project has no store yet; `rtm-gate feeds pull` makes one"


def this_project(as_json: bool, folder: Path | None = None) -> Project:
    """The project in `folder` (default: here); a folder that is none is refused."""
    from rtm_gate.gate.project import open_project
    from rtm_gate.gate.toml import ProjectError

    try:
        project = open_project(folder)
    except ProjectError as error:
        refuse(error.problems, as_json)
    if project.root is None:
        refuse([_there(folder, NO_PROJECT)], as_json)
    return project


@contextmanager
def project_ledger(as_json: bool, folder: Path | None = None) -> Iterator[Ledger]:
    """The ledger of the project in `folder` (default: here). Where there is no store the call is refused."""
    from rtm_gate.gate.record import open_ledger

    project = this_project(as_json, folder)
    with faults():
        ledger = open_ledger(project)
        if ledger is None:
            refuse([_there(folder, NO_STORE)], as_json)
        with ledger:
            yield ledger


def _there(folder: Path | None, said: str) -> str:
    """With the folder that is meant, where it is not the one here."""
    return said if folder in (None, Path()) else f"{folder}: {said}"


@contextmanager
def faults() -> Iterator[None]:
    """A store, a key or a head that fails ends in a sentence and the exit code of a fault."""
    from rtm_gate.desk.ledger import HeadError
    from rtm_gate.store import StoreError

    try:
        yield
    except (StoreError, HeadError) as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(FAULT)


def progress(hidden: bool = False) -> Progress:
    """On a terminal only, and gone when it is done. What is printed meanwhile goes its own way."""
    out = console(sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=out, transient=True, disable=hidden or not out.is_terminal, redirect_stdout=False, redirect_stderr=False)
