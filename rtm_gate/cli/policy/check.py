"""`rtm-gate policy check`: is a policy right."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from rtm_gate import __version__
from rtm_gate.cli.options import FINDINGS


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True)
def check(path: Path, strict: bool, form: str) -> None:
    """Read, type-check and compile a policy; a folder stands for its standard.rtm.

    `--format sarif` is for code scanning, `--format github` annotates a pull request.
    Exit code 0 clean, 1 something is wrong.
    """
    from rtm_gate.gate.policy import load_policy, types_of
    from rtm_gate.language.diagnostics.formats import FORMATS, Found
    from rtm_gate.rules import trial

    loaded = load_policy(path, datetime.now(UTC).date())
    shown = FORMATS[form](Found(loaded.diagnostics, loaded.sources, loaded.paths, Path.cwd(), __version__))
    if shown:
        click.echo(shown)
    bad = bool(loaded.errors) or (strict and bool(loaded.diagnostics))
    if loaded.policy is not None:
        # A hang in the engine cannot be interrupted in process, so a new policy first runs in a child of its own.
        trouble = trial.try_out((*loaded.policy.rules, *loaded.policy.watches), types_of(loaded.policy), seconds=20)
        if trouble:
            click.echo(f"error: the engine cannot run this policy: {trouble}", err=True)
            bad = True
        elif form == "text":
            done = loaded.policy
            click.echo(f"{done.name}: {len(done.blocks)} blocks, {len(done.rules)} core rules, {len(done.tests)} tests, {len(loaded.diagnostics)} warnings")
    sys.exit(FINDINGS if bad else 0)
