"""`rtm-gate policy fmt`: the one canonical layout."""

from __future__ import annotations

import difflib
import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rtm_gate.cli.options import FINDINGS, console, refuse

if TYPE_CHECKING:
    from rtm_gate.language.layout.files import Laid

STDIN = "<stdin>"
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def fmt(paths: tuple[Path, ...], check: bool, diff: bool) -> None:
    """Lay out policy files in the one canonical way; a folder stands for all .rtm files below it, - for standard input.

    Only white space changes. Exit code 0 done, 1 a file has faults (it is left alone) or, with --check or --diff, would change.
    """
    from rtm_gate.language.layout.files import lay_out_bytes, lay_out_file, policy_files, write_back

    if Path("-") in paths:
        if len(paths) > 1:
            raise click.UsageError("- stands alone: standard input is one file")
        laid = lay_out_bytes(sys.stdin.buffer.read(), STDIN)
        if laid.after is not None and not (check or diff):
            click.echo(laid.after, nl=False)
        sys.exit(_report(laid, check, diff))
    files, problems = policy_files(paths)
    if problems:
        refuse(problems, as_json=False)
    code = 0
    for file in files:
        laid = lay_out_file(file)
        if laid.after is not None and laid.changed and not (check or diff):
            if trouble := write_back(file, laid.after):
                click.echo(f"error: {file} {trouble}", err=True)
                code = FINDINGS
            else:
                click.echo(laid.name)
        code = max(code, _report(laid, check, diff))
    sys.exit(code)


def _report(laid: Laid, check: bool, diff: bool) -> int:
    """What is wrong with the file, and what would change; the exit code for it."""
    from rtm_gate.language import render

    for diagnostic in laid.diagnostics:
        click.echo(render(diagnostic, {laid.name: laid.text}) + "\n", err=True)
    if diff:
        _show_diff(laid)
    elif check and laid.changed:
        click.echo(laid.name)
    return FINDINGS if laid.diagnostics or (laid.changed and (check or diff)) else 0


def _show_diff(laid: Laid) -> None:
    out = console()
    coloured = out.is_terminal and not out.no_color
    for line in difflib.unified_diff(_lines(laid.before), _lines(laid.before if laid.after is None else laid.after), laid.name, laid.name):
        text = line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        click.echo(click.style(text, fg=_COLOURS.get(line[0])), nl=False, color=coloured)


def _lines(data: bytes) -> list[str]:
    """A line ends at a line feed only, as everywhere in the language."""
    return list(StringIO(data.decode(), newline="\n"))
