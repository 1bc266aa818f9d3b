"""`rtm-gate doctor`: is this installation able to judge."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rtm_gate.cli.options import FINDINGS, console

MARKS = {"ok": ("✔", "green"), "warning": ("!", "yellow"), "failed": ("✖", "red")}


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def doctor(form: str) -> None:
    """Say whether the gate can judge in this folder: installation, configuration, policy and its tests, feeds, people, clock, store.

    Exit code 0 it can, warnings or not, 1 something failed.
    """
    rows = _rows()
    able = not any(row["state"] == "failed" for row in rows)
    if form == "json":
        click.echo(json.dumps({"able": able, "rows": rows}, ensure_ascii=False, indent=1))
    else:
        _print(rows, able)
    sys.exit(0 if able else FINDINGS)


def _rows() -> list[dict[str, Any]]:
    try:
        from rtm_gate.gate.doctor import examine
    except ImportError as error:
        # The doctor itself stands on the packages it would ask about.
        problem = {"probe": "packages", "state": "failed", "sentence": f"{error}"}
        return [problem | {"remedy": "install rtm-gate anew, with its dependencies, in an environment of its own"}]
    return [{key: asdict(row)[key] for key in ("probe", "state", "sentence", "remedy")} for row in examine(Path(), datetime.now(UTC))]


def _print(rows: list[dict[str, Any]], able: bool) -> None:
    from rtm_gate.verdict.render.safe import safe

    table = Table.grid(padding=(0, 2))
    before = ""
    for row, following in zip(rows, [*rows[1:], {}], strict=True):
        mark, colour = MARKS[row["state"]]
        table.add_row(Text(mark, style=colour), Text("" if row["probe"] == before else row["probe"]), Text(safe(row["sentence"])))
        if row["remedy"] and row["remedy"] != following.get("remedy"):
            table.add_row("", "", Padding(Text("→ " + safe(row["remedy"]), style="dim"), (0, 0, 0, 2)))
        before = row["probe"]
    count = {state: sum(row["state"] == state for row in rows) for state in MARKS}
    warned = f"{count['warning']} warning{'' if count['warning'] == 1 else 's'}"
    out = console()
    out.print(table)
    out.print(Text(f"\nAble to judge; {warned}." if able else f"\nNot able to judge as it should: {count['failed']} failed, {warned}."))
