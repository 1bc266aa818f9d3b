"""`rtm-gate policy check`: is a policy right."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from rtm_gate.cli.options import FINDINGS


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(path: Path, strict: bool, form: str) -> None:
    """Read, type-check and compile a policy; a folder stands for its standard.rtm.

    Exit code 0 clean, 1 something is wrong.
    """
    from rtm_gate.gate.policy import load_policy, types_of
    from rtm_gate.language import render
    from rtm_gate.rules import trial

    loaded = load_policy(path, datetime.now(UTC).date())
    if form == "json":
        click.echo(json.dumps([as_json(d) for d in loaded.diagnostics], ensure_ascii=False, indent=1))
    else:
        for diagnostic in loaded.diagnostics:
            click.echo(render(diagnostic, loaded.sources) + "\n")
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


def as_json(diagnostic: Any) -> dict[str, Any]:
    at = diagnostic.at
    return {
        "code": diagnostic.code,
        "level": diagnostic.level,
        "message": diagnostic.message,
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "label": diagnostic.label,
        "help": list(diagnostic.help),
    }
