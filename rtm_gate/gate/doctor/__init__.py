"""Is this installation able to judge: a table of probes, each a small function from the subject to rows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rtm_gate.gate.doctor import installation, policy, world
from rtm_gate.gate.doctor.row import Row, failed
from rtm_gate.gate.doctor.subject import Subject

__all__ = ["PROBES", "Row", "examine"]

log = logging.getLogger("rtm_gate")
Probe = Callable[[Subject], Iterable[Row]]

PROBES: tuple[tuple[str, Probe], ...] = (
    ("python", installation.python),
    ("packages", installation.packages),
    ("engine", installation.engine),
    ("text model", installation.text_model),
    ("configuration", policy.configuration),
    ("policy", policy.policy),
    ("copy", policy.copy),
    ("tests", policy.tests),
    ("feeds", world.feeds),
    ("people", world.people),
    ("clock", installation.clock),
    ("store", world.store),
)
"""In the order in which what fails explains what fails below it."""


def examine(folder: Path, now: datetime) -> Iterator[Row]:
    """A row or more for each probe, as they come. Never raises: a probe that breaks is itself a failed row."""
    subject = Subject(folder, now)
    for name, probe in PROBES:
        try:
            for row in probe(subject):
                yield replace(row, probe=name)
        except Exception as error:
            log.exception("the probe %s broke", name)
            yield replace(failed(f"could not be looked at: {type(error).__name__}: {error}", "mend what failed above; else report it"), probe=name)
