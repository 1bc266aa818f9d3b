"""The weights by which a project reads words: a file of those that differ from the shipped ones."""

from __future__ import annotations

from pathlib import Path

from rtm_gate.analysis import STANDARD, Weights, WeightsError, weights_of
from rtm_gate.analysis.calibration import Calibration
from rtm_gate.gate.project import Project
from rtm_gate.gate.toml import ProjectError, read_tables


def weights_for(project: Project) -> tuple[Weights, list[str]]:
    """The project's weights; where its file cannot be used, the shipped ones, and why."""
    if project.weights is None:
        return STANDARD, []
    try:
        return read_weights(project.weights), []
    except ProjectError as error:
        return STANDARD, error.problems


def read_weights(file: Path) -> Weights:
    """Raises ProjectError that lists every problem."""
    try:
        return weights_of(read_tables(file))
    except WeightsError as error:
        raise ProjectError([f"{file}: {problem}" for problem in error.problems]) from None


def file_of(calibration: Calibration) -> str:
    """A file for `weights` in rtm-gate.toml: what differs from the shipped weights, and from what it was made. Same labels, same bytes."""
    lines = [
        f"# Weights fitted by `rtm-gate calibrate` to {len(calibration.labels)} labelled texts ({calibration.digest}).",
        "# All others are as rtm-gate ships them.",
        *(f"{name} = {value}" for name, value in calibration.weights.changed.items()),
    ]
    return "\n".join(lines) + "\n"
