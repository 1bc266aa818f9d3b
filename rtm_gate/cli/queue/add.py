"""`rtm-gate queue add`: drafts taken in and judged."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from rtm_gate.cli.feeds.desk import format_option
from rtm_gate.cli.options import MOMENT, console, refuse
from rtm_gate.cli.queue.desk import project_queue, word_of
from rtm_gate.cli.reading import text_of

if TYPE_CHECKING:
    from rtm_gate.model.draft import Draft
    from rtm_gate.model.policy import Policy

AT_ONCE = 200
"""Drafts judged before any is shown, and kept in one step."""


@click.command()
@click.argument("drafts", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--now", type=MOMENT, help="The moment to judge at. Default: the clock.")
@format_option
def add(drafts: Path, now: datetime | None, form: str) -> None:
    """Take in drafts and judge them: DRAFTS is a JSON file, JSON Lines (.jsonl), or - for standard input.

    A draft with the id of another takes its place. Sign-offs inside a draft do not count here. Nothing is taken in unless all of it is valid.
    """
    told = form == "json"
    text = text_of(drafts, told)
    with project_queue(told) as (gate, queue):
        read, warnings = _read(text, str(drafts), gate.policy, told)
        for warning in warnings:
            click.echo(f"warning: {warning}", err=True)
        moment = now or datetime.now(UTC)
        rows = []
        for first in range(0, len(read), AT_ONCE):
            for one in queue.add(read[first : first + AT_ONCE], moment):
                rows.append(asdict(one))
                if not told:
                    from rtm_gate.verdict.render.safe import safe

                    note = f" ({one.note})" if one.note else ""
                    console().print(word_of(one.word) + Text(f" {safe(one.id)}  ") + Text(f"{one.how}{note}  ", style="dim") + Text(safe(one.headline)))
        if told:
            click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    sys.exit(0)


def _read(text: str, name: str, policy: Policy, told: bool) -> tuple[list[Draft], list[str]]:
    """The drafts and the warnings about them. Refuses the call with every problem of every line."""
    from rtm_gate.gate.drafts import accept, parse
    from rtm_gate.model.draft import InvalidDraftError

    found: list[Draft] = []
    warnings: list[str] = []
    problems: list[str] = []
    for where, piece in _pieces(text, name):
        try:
            draft, said = accept(parse(piece), policy)
            found.append(draft)
            warnings += [f"{where}: {warning}" for warning in said]
        except InvalidDraftError as error:
            problems += [f"{where}: {problem}" for problem in error.problems]
    if problems or not found:
        refuse(problems or [f"{name}: holds no draft"], told)
    return found, warnings


def _pieces(text: str, name: str) -> list[tuple[str, str]]:
    """One JSON object, or one a line; standard input may be either."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    several = name.endswith(".jsonl") or (name == "-" and len(lines) > 1 and all(line.strip().endswith("}") and line.startswith("{") for _, line in lines))
    return [(f"{name}:{number}", line) for number, line in lines] if several else [(name, text)]
