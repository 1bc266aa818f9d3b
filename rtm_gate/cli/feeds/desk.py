"""What the verbs of `feeds` share: the project's gate and store, and how the state of a feed is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from rtm_gate.cli.options import FAULT, refuse
from rtm_gate.model.feeds import Feed, FeedState
from rtm_gate.model.moment import spell, stamp

if TYPE_CHECKING:
    from rtm_gate.gate import Gate

NO_PROJECT = "this folder is no project: it has no rtm-gate.toml; `rtm-gate init` makes one"
NO_FEEDS = "no feeds are named: list them under `feeds` in rtm-gate.toml (`rtm-gate feeds list --catalog` shows some hundred)"

format_option = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@contextmanager
def project_gate(as_json: bool) -> Iterator[Gate]:
    """The gate of the project here. A folder that is none is refused; a store that fails ends in a sentence and the exit code of a fault."""
    from rtm_gate.cli.world import open_gate
    from rtm_gate.store import StoreError

    with open_gate(None, as_json) as gate:
        if gate.project.root is None:
            refuse([NO_PROJECT], as_json)
        try:
            yield gate
        except StoreError as error:
            click.echo(f"error: {error}", err=True)
            sys.exit(FAULT)


def chosen(gate: Gate, names: tuple[str, ...], as_json: bool) -> list[Feed]:
    """The project's feeds called so, or all of them. Refuses the call where there are none."""
    from rtm_gate.gate.news import named

    if not gate.project.feeds:
        refuse([NO_FEEDS], as_json)
    try:
        return named(gate.project.feeds, names)
    except ValueError as error:
        refuse([str(error)], as_json)


def written_down(gate: Gate, now: datetime | None = None) -> bool:
    """Whether it is recorded what became of the situations, where the project keeps a record. What fails is said."""
    if not gate.project.records():
        return True
    from rtm_gate.desk.ledger import HeadError
    from rtm_gate.store import StoreError

    try:
        gate.situations.catch_up(now)
    except (StoreError, HeadError) as error:
        click.echo(f"error: what became of the situations is not recorded, or not signed: {error}; the next run catches up", err=True)
        return False
    return True


def line(state: FeedState) -> Text:
    """One feed after an attempt: a mark, its name, what came, what is wrong."""
    from rtm_gate.verdict.render.safe import safe

    well = not state.problem
    mark = Text("✔ " if well and not state.notice else "! " if well else "✖ ", style="green" if well and not state.notice else "yellow" if well else "red")
    came = f"{state.entries} entries, {state.new} new" if state.read == state.tried else ""
    said = "; ".join(filter(None, (came, state.problem, state.notice, f"it has moved to {state.moved}" if state.moved else "")))
    return mark + Text(f"{safe(state.feed)}  ") + Text(safe(said), style="dim" if well else "")


def as_json(state: FeedState) -> dict[str, Any]:
    """Without the server's validators, which say nothing to anybody else."""
    row = {key: stamp(value) if isinstance(value, datetime) else value for key, value in asdict(state).items()}
    return {key: value for key, value in row.items() if key not in ("etag", "modified", "digest")}


def ago(moment: datetime | None, now: datetime) -> str:
    return "never" if moment is None else f"{spell(max(0, int((now - moment).total_seconds())))} ago"
