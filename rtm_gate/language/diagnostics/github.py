"""Diagnostics as workflow commands, which GitHub Actions turns into annotations of a pull request.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rtm_gate.language.diagnostics.paths import seen_from
from rtm_gate.language.diagnostics.visible import visible
from rtm_gate.model.diagnostic import Diagnostic


def as_command(diagnostic: Diagnostic, paths: Mapping[str, Path], here: Path) -> str:
    """One line: `::error file=acme.rtm,line=12,endLine=12,col=14,endColumn=22,title=RTM204::message`."""
    at = diagnostic.at
    where = {"file": seen_from(here, at.file, paths), "line": at.line, "endLine": at.end_line}
    if at.end_line == at.line:
        # Columns of a span over several lines are refused.
        where |= {"col": at.column, "endColumn": at.end_column}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in {**where, "title": diagnostic.code}.items())
    message = "\n".join(visible(line) for line in (diagnostic.message, diagnostic.label, *diagnostic.help) if line)
    return f"::{diagnostic.level} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
