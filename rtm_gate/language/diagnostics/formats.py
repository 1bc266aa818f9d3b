"""The formats of `policy check --format`, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rtm_gate.language.diagnostics.github import as_command
from rtm_gate.language.diagnostics.json_ import as_json
from rtm_gate.language.diagnostics.sarif import as_sarif
from rtm_gate.language.diagnostics.text import report
from rtm_gate.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a policy, with its files; `here` is the folder that paths are seen from, `version` the program's."""

    diagnostics: Sequence[Diagnostic]
    sources: Mapping[str, str]
    paths: Mapping[str, Path]
    here: Path
    version: str


def _text(found: Found) -> str:
    return report(found.diagnostics, found.sources)


def _json(found: Found) -> str:
    return json.dumps([as_json(one, found.paths, found.here) for one in found.diagnostics], ensure_ascii=False, indent=1)


def _sarif(found: Found) -> str:
    return json.dumps(as_sarif(found.diagnostics, found.paths, found.here, found.version), ensure_ascii=False, indent=1)


def _github(found: Found) -> str:
    return "\n".join(as_command(one, found.paths, found.here) for one in found.diagnostics)


FORMATS: Mapping[str, Callable[[Found], str]] = {"text": _text, "json": _json, "sarif": _sarif, "github": _github}
"""Each without a trailing newline; `text` and `github` are empty where nothing was found."""
