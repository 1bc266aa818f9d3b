"""The probe of the weights: by which words are read, and whether the project's own can be used."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.gate.doctor.row import Row, failed, ok
from rtm_gate.gate.doctor.subject import Subject
from rtm_gate.gate.weights import weights_for
from rtm_gate.language.syntax.words import listed


def weights(subject: Subject) -> Iterator[Row]:
    found, problems = weights_for(subject.project)
    for problem in problems:
        yield failed(problem, "mend the file, or take `weights` out of rtm-gate.toml; until then everything is held")
    if problems:
        return
    if subject.project.weights is None:
        yield ok("words are read with the shipped weights")
    else:
        changed = listed(f"`{name}`" for name in found.changed)
        yield ok(f"{subject.project.weights} changes {changed}" if changed else f"{subject.project.weights} changes no weight")
