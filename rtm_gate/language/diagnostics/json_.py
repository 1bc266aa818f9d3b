"""Diagnostics as JSON objects, for programs of our own making."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rtm_gate.language.diagnostics.paths import seen_from
from rtm_gate.model.diagnostic import Diagnostic


def as_json(diagnostic: Diagnostic, paths: Mapping[str, Path], here: Path) -> dict[str, Any]:
    """`file` is the name shown to people, `path` the file seen from `here`; lines and columns count from 1, the end is exclusive."""
    at = diagnostic.at
    return {
        "code": diagnostic.code,
        "level": diagnostic.level,
        "message": diagnostic.message,
        "file": at.file,
        "path": seen_from(here, at.file, paths),
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "label": diagnostic.label,
        "help": list(diagnostic.help),
    }
