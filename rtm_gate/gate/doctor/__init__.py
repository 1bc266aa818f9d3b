"""Is this installation able to judge: a table of probes, each a small function from the subject to rows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from rtm_gate.gate.doctor import feeds, halts, images, installation, people, policy, sources, store, weights
from rtm_gate.gate.doctor.row import Row, failed, warning
from rtm_gate.gate.doctor.subject import Subject

__all__ = ["PROBES", "Probe", "Row", "examine"]

log = logging.getLogger("rtm_gate")


@dataclass(frozen=True, slots=True)
class Probe:
    """`look` gives a row or more, or none where there is nothing to say. `of_project`: it needs a configuration that can be read."""

    name: str
    look: Callable[[Subject], Iterable[Row]]
    of_project: bool = False


PROBES = (
    Probe("python", installation.python),
    Probe("packages", installation.packages),
    Probe("engine", installation.engine),
    Probe("text model", installation.text_model),
    Probe("configuration", policy.configuration),
    Probe("policy", policy.policy, of_project=True),
    Probe("copy", policy.copy, of_project=True),
    Probe("weights", weights.weights, of_project=True),
    Probe("images", images.images, of_project=True),
    Probe("tests", policy.tests, of_project=True),
    Probe("feeds", feeds.feeds, of_project=True),
    Probe("sources", sources.sources, of_project=True),
    Probe("people", people.people, of_project=True),
    Probe("clock", installation.clock),
    Probe("store", store.store, of_project=True),
    Probe("halts", halts.halts, of_project=True),
)
"""In the order in which what fails explains what fails below it."""


def examine(folder: Path, now: datetime) -> Iterator[Row]:
    """A row or more for each probe, as they come. Never raises: a probe that breaks is itself a failed row."""
    subject = Subject(folder, now)
    for probe in PROBES:
        try:
            unreadable = probe.of_project and bool(subject.problems)
            for row in [warning("not looked at: the configuration cannot be read")] if unreadable else probe.look(subject):
                yield replace(row, probe=probe.name)
        except Exception as error:
            log.exception("the probe %s broke", probe.name)
            yield replace(failed(f"could not be looked at: {type(error).__name__}: {error}", "mend what failed above; else report it"), probe=probe.name)
