"""`rtm-gate screen`: many drafts, one verdict a line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO, Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from rtm_gate.cli.check import exit_code
from rtm_gate.cli.options import INVALID, World, console, policy_option, refuse, world_options
from rtm_gate.cli.reading import lines_of


@click.command()
@click.argument("drafts", type=click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where the verdicts go. Default: standard output.")
@policy_option
@world_options
def screen(drafts: Path, output: Path | None, policy: Path | None, **given: Any) -> None:
    """Judge every draft of DRAFTS (JSON Lines, or - for standard input) against one reading of the news.

    A line that is no draft becomes {"line", "problems"}. The exit code is the worst one met.
    """
    world = World.of(given)
    lines = lines_of(drafts, False)
    sink = _sink(output)

    from rtm_gate.cli.world import news_of, open_gate

    with open_gate(policy, False) as gate:
        news = news_of(gate, world, False)
        worst = 0
        bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console(sys.stderr))
        with bar:
            for number, line in enumerate(bar.track(lines, description="screening"), start=1):
                if line.strip():
                    row, code = _judge(gate, news, world, number, line)
                    worst = max(worst, code, key=_gravity)
                    sink.write(row + "\n")
        if output:
            sink.close()
    sys.exit(worst)


def _sink(output: Path | None) -> IO[str]:
    try:
        return output.open("w", encoding="utf-8") if output else sys.stdout
    except OSError as error:
        refuse([f"{output}: {error.strerror or error}"], False)


def _judge(gate: Any, news: Any, world: World, number: int, line: bytes) -> tuple[str, int]:
    from rtm_gate.gate.drafts import accept, parse
    from rtm_gate.model.draft import InvalidDraftError

    try:
        draft, warnings = accept(parse(line.decode("utf-8")), gate.policy)
    except UnicodeDecodeError:
        return json.dumps({"line": number, "problems": ["is not UTF-8 text"]}), INVALID
    except InvalidDraftError as error:
        return json.dumps({"line": number, "problems": error.problems}, ensure_ascii=False), INVALID
    verdict = gate.check(draft, news, world.now, warnings)
    return verdict.to_json(indent=None), exit_code(verdict.verdict, verdict.faulted)


def _gravity(code: int) -> int:
    """From go over hold, no-go and an unreadable line to a fault of the gate."""
    return (0, 10, 20, INVALID, 30).index(code)
