"""How a diagnostic looks: what is wrong, where, the line itself with a caret, and what was probably meant."""

from __future__ import annotations

from collections.abc import Mapping

from rtm_gate.model.diagnostic import Diagnostic

WIDEST = 200


def render(diagnostic: Diagnostic, sources: Mapping[str, str]) -> str:
    """Several lines without a trailing newline; `sources` maps file names to texts, an unknown file shows no excerpt."""
    at = diagnostic.at
    rows = [f"{diagnostic.level} {diagnostic.code}: {diagnostic.message}", f"  {at.file}:{at.line}:{at.column}"]
    lines = sources.get(at.file, "").split("\n")
    margin = " " * len(f"{at.line:>5}")
    if at.line <= len(lines) and lines[at.line - 1].strip():
        line = lines[at.line - 1].replace("\t", " ").rstrip()
        cut = max(0, at.column - WIDEST // 2)
        end = at.end_column if at.end_line == at.line else len(line) + 1
        caret = "^" * max(1, min(end, len(line) + 1) - at.column)
        rows.append(f"{at.line:>5} | {line[cut : cut + WIDEST]}")
        rows.append(f"{margin} | {' ' * (at.column - 1 - cut)}{caret[:WIDEST]} {diagnostic.label}".rstrip())
    elif diagnostic.label:
        rows.append(f"{margin} | {diagnostic.label}")
    return "\n".join([*rows, *(f"  {line}" for line in diagnostic.help)])
