"""`rtm-gate calibrate`: weights fitted to texts that people have labelled."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rtm_gate.cli.options import FAULT, FINDINGS, console, policy_option, refuse
from rtm_gate.cli.reading import lines_of

if TYPE_CHECKING:
    from rtm_gate.analysis.calibration import Calibration


@click.command()
@click.argument("labelled", type=click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where the weights go. Default: they are only shown.")
@policy_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def calibrate(labelled: Path, output: Path | None, policy: Path | None, form: str) -> None:
    """Fit the weights of words to LABELLED: JSON Lines of {"text": "...", "literal": true or false}, a "topic" and an "id" if you like.

    Figures are of texts held out from the fit. Weights that read those no better than the shipped ones are not written.

    Exit code 0, 1 with -o when nothing was written, 2 a line is wrong or there are too few.
    """
    from rtm_gate.cli.calibrated import rows, show

    as_json = form == "json"
    found = _fitted(labelled, policy, as_json)
    written = output if found.better and found.weights.changed else None
    if written is not None:
        _write(written, found, as_json)
    if as_json:
        click.echo(json.dumps(rows(found, written), ensure_ascii=False, indent=1))
    else:
        show(console(), found, output, written)
    sys.exit(FINDINGS if output is not None and written is None else 0)


def _fitted(labelled: Path, policy: Path | None, as_json: bool) -> Calibration:
    lines = lines_of(labelled, as_json)

    from rich.progress import track

    from rtm_gate.analysis import Analyser
    from rtm_gate.analysis.calibration import TooFewError
    from rtm_gate.analysis.calibration import calibrate as fitted
    from rtm_gate.cli.world import open_gate
    from rtm_gate.gate.labelled import LabelsError, read_labels
    from rtm_gate.gate.words import vocabulary_of

    with open_gate(policy, as_json) as gate:
        if gate.loaded.policy is None:
            sys.exit(FAULT)
        vocabulary = vocabulary_of(gate.policy)
    progress = console(sys.stderr)
    try:
        labels = read_labels(lines, vocabulary)
        return fitted(
            Analyser(vocabulary),
            labels,
            lambda rows, name: track(list(rows), description=name, console=progress, disable=not progress.is_terminal, transient=True),
        )
    except LabelsError as error:
        refuse([f"{labelled}: {problem}" for problem in error.problems], as_json)
    except TooFewError as error:
        refuse([f"{labelled}: {error}"], as_json)


def _write(output: Path, found: Calibration, as_json: bool) -> None:
    from rtm_gate.gate.weights import file_of

    try:
        output.write_text(file_of(found), encoding="utf-8")
    except OSError as error:
        refuse([f"{output}: {error.strerror or error}"], as_json)
