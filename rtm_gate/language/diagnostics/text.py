"""How a diagnostic looks to people: what is wrong, where, the line itself with a caret, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len

from rtm_gate.language.diagnostics.visible import visible
from rtm_gate.model.diagnostic import Diagnostic

WIDEST = 160
"""Cells of a shown source line."""
LONGEST = 600
"""Cells of any other line: names and texts of an author have no limit."""
MOST_LINES = 170
"""Lines of a report. What a program prints around it, a verdict for instance, is some lines more, and 200 are enough for anybody."""


def render(diagnostic: Diagnostic, sources: Mapping[str, str]) -> str:
    """Several lines without a trailing newline; `sources` maps file names to texts, an unknown file shows no excerpt."""
    at = diagnostic.at
    label = _line(diagnostic.label)
    rows = [_line(f"{diagnostic.level} {diagnostic.code}: {diagnostic.message}"), _line(f"  {at.file}:{at.line}:{at.column}")]
    lines = sources.get(at.file, "").split("\n")
    margin = " " * len(f"{at.line:>5}")
    if at.line <= len(lines) and lines[at.line - 1].strip():
        end = at.end_column if at.end_line == at.line else len(lines[at.line - 1]) + 1
        shown, carets = _marked(lines[at.line - 1].rstrip(), at.column - 1, end - 1)
        rows += [f"{at.line:>5} | {shown}", f"{margin} | {carets} {label}".rstrip()]
        if at.end_line > at.line:
            rows.append(f"{margin} | … to line {at.end_line}")
    elif label:
        rows.append(f"{margin} | {label}")
    return "\n".join([*rows, *(f"  {_line(line)}" for line in diagnostic.help)])


def report(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> str:
    """All of them, a blank line between two, and how many there are; never more than MOST_LINES. Empty where there is nothing to say."""
    if not diagnostics:
        return ""
    shown: list[str] = []
    room = MOST_LINES
    for diagnostic in diagnostics:
        block = render(diagnostic, sources)
        room -= block.count("\n") + 2
        if room < 0:
            break
        shown.append(block)
    rest = len(diagnostics) - len(shown)
    first = diagnostics[0].code
    return "\n\n".join([*shown, *([f"… and {rest} more"] if rest else []), f"{counted(diagnostics)}    rtm-gate policy explain {first} says more"])


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`."""
    levels = [diagnostic.level for diagnostic in diagnostics]
    numbers = [(levels.count(level), level) for level in ("error", "warning")]
    return ", ".join(f"{number} {level}{'' if number == 1 else 's'}" for number, level in numbers if number)


def _marked(line: str, start: int, end: int) -> tuple[str, str]:
    """The line, cut to WIDEST cells around `line[start:end]`, and the carets below that part."""
    before, marked, after = visible(line[:start]), visible(line[start:end]), visible(line[end:])
    if cell_len(before + marked + after) > WIDEST:
        before = _tail(before, WIDEST // 3)
        marked = _head(marked, WIDEST - cell_len(before))
        after = _head(after, WIDEST - cell_len(before) - cell_len(marked))
    return f"{before}{marked}{after}".rstrip(), " " * cell_len(before) + "^" * max(1, cell_len(marked))


def _head(text: str, cells: int) -> str:
    if cell_len(text) <= cells:
        return text
    kept = text[: max(0, cells)]
    while kept and cell_len(kept) > cells - 1:
        kept = kept[:-1]
    return f"{kept}…" if cells > 0 else ""


def _tail(text: str, cells: int) -> str:
    if cell_len(text) <= cells:
        return text
    kept = text[-cells:]
    while kept and cell_len(kept) > cells - 1:
        kept = kept[1:]
    return f"…{kept}"


def _line(text: str) -> str:
    return _head(visible(text), LONGEST)
