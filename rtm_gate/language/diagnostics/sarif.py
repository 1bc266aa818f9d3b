"""Diagnostics as SARIF 2.1.0, which code scanning services take in.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rtm_gate.language.diagnostics.codes import Page, page_of
from rtm_gate.language.diagnostics.paths import seen_from
from rtm_gate.language.diagnostics.visible import visible
from rtm_gate.model.diagnostic import Diagnostic

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(diagnostics: Sequence[Diagnostic], paths: Mapping[str, Path], here: Path, version: str) -> dict[str, Any]:
    """One log with one run. Each code that occurs is a rule, with its page as help; `version` is the program's."""
    codes = sorted({diagnostic.code for diagnostic in diagnostics})
    driver = {"name": "rtm-gate", "semanticVersion": version, "rules": [_rule(code, page_of(code), diagnostics) for code in codes]}
    results = [_result(diagnostic, codes.index(diagnostic.code), seen_from(here, diagnostic.at.file, paths)) for diagnostic in diagnostics]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, page: Page | None, diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    level = next(diagnostic.level for diagnostic in diagnostics if diagnostic.code == code)
    rule: dict[str, Any] = {"id": code, "defaultConfiguration": {"level": level}, "properties": {"tags": ["policy"]}}
    if page is not None:
        title = {"text": page.title}
        rule |= {"shortDescription": title, "fullDescription": {"text": page.rationale}, "help": {"text": page.text, "markdown": page.text}}
    return rule


def _result(diagnostic: Diagnostic, index: int, path: str) -> dict[str, Any]:
    at = diagnostic.at
    region = {"startLine": at.line, "startColumn": at.column}
    if (at.end_line, at.end_column) > (at.line, at.column):
        region |= {"endLine": at.end_line, "endColumn": at.end_column}
    text = ": ".join(part for part in (diagnostic.message, diagnostic.label) if part)
    message = "\n".join(visible(line) for line in (text, *diagnostic.help))
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": diagnostic.level,
        "message": {"text": message},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(path), "region": region}}],
    }


def _artifact(path: str) -> dict[str, str]:
    """A path from the root of the sources, or an absolute address."""
    return {"uri": f"file://{quote(path)}"} if path.startswith("/") else {"uri": quote(path), "uriBaseId": "%SRCROOT%"}
