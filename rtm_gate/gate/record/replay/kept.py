"""Outcomes in a file, a line each, so that a replay that was stopped goes on where it stood."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rtm_gate.gate.record.replay.judge import Setup
from rtm_gate.gate.record.replay.outcome import FAILED, MASKED, Outcome
from rtm_gate.model.record import Entry


class KeptError(RuntimeError):
    """A file that is none of a replay, or of another one, or cannot be written. The message is one sentence."""


class Kept:
    """To be closed. The file can be read by its owner alone: it holds words of drafts."""

    def __init__(self, file: Path, setup: Setup) -> None:
        self._name = file
        self._by = {"policy": setup.new_digest, "against": setup.old_digest, "version": setup.version}
        try:
            self._file = os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        except OSError as fault:
            raise KeptError(f"{file} cannot be written: {fault.strerror or fault}") from fault
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            self._file.close()
            raise KeptError(f"{file} is being written by another replay") from fault

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def resumed(self, rows: Iterable[Entry], add: Callable[[Outcome], None]) -> Iterator[Entry]:
        """Gives `add` what the file has of these rows, drops the rest of it, and returns the rows that are still to be judged. KeptError."""
        rows = iter(rows)
        end = 0
        for number, line in enumerate(self._file, start=1):
            outcome = self._outcome(line)
            if outcome is None and self._half(line):
                break
            if outcome is None:
                raise KeptError(f"{self._name} is no file of a replay by this policy: line {number} is of something else; name another file")
            row = next(rows, None)
            if row is None:
                break
            if not line.endswith(b"\n") or not _fits(outcome, row):
                rows = chain([row], rows)
                break
            add(outcome)
            end += len(line)
        self._file.truncate(end)
        self._file.seek(end)
        return rows

    def write(self, outcome: Outcome) -> None:
        """At the end. KeptError."""
        try:
            self._file.write(json.dumps(self._by | outcome.as_json()).encode() + b"\n")
            self._file.flush()
        except OSError as fault:
            raise KeptError(f"{self._name} cannot be written: {fault.strerror or fault}") from fault

    def _outcome(self, line: bytes) -> Outcome | None:
        """None for a line of something else."""
        try:
            value: dict[str, Any] = json.loads(line)
            if {key: value.pop(key) for key in self._by} != self._by:
                return None
            return Outcome.of_json(value)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def _half(self, line: bytes) -> bool:
        """Whether it is a line of this replay that was not written to its end."""
        beginning = json.dumps(self._by).encode()[:-1]
        return not line.endswith(b"\n") and (line.startswith(beginning) or beginning.startswith(line))


def _fits(outcome: Outcome, row: Entry) -> bool:
    """Whether it is of this row as it is now. A row that was masked since tells nothing, and a fault is tried again."""
    return (outcome.row, outcome.hash, outcome.why == MASKED) == (row.id, row.hash, row.masked) and outcome.why != FAILED
