"""The results of `policy test` for people: failures first, coverage, totals last; no line is wider than WIDTH."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from rich.text import Text

from rtm_gate.gate.testing.cases import CaseResult, summary
from rtm_gate.gate.testing.coverage import Clause, Coverage, Share
from rtm_gate.gate.testing.report import Report
from rtm_gate.gate.testing.run import TestResult
from rtm_gate.verdict.render.safe import safe

WIDTH = 100
IS_A = re.compile(r"\bis (?!not\b|one of\b)(?P<word>[\w.]+)")
RED, DIM, BOLD = "red", "dim", "bold"


def text(report: Report) -> Iterator[Text]:
    for test in report.tests:
        if not test.passed:
            yield from _test(test)
    for case in report.cases:
        if not case.right:
            yield from _case(case)
    if report.coverage is not None:
        yield from _coverage(report.coverage)
    yield from _totals(report)


def _test(result: TestResult) -> Iterator[Text]:
    yield from _lines(f'✖ {result.place} "{result.test.name}"', "", "    ", RED)
    for failure in result.failures:
        yield from _lines(failure.wanted, "    wanted  ")
        yield from _lines(failure.came, "    came    ")
        for line in failure.why:
            yield from _lines(line, "    ", "      ")
    yield Text()


def _case(result: CaseResult) -> Iterator[Text]:
    mark, style = ("✖", RED) if result.failed else ("○ known", DIM)
    yield from _lines(f"{mark} case {result.id}", "", "    ", style)
    yield from _lines(result.wanted, "    wanted  ")
    yield from _lines(result.came, "    came    ")
    for line in result.missing:
        yield from _lines(line, "    ", "      ")
    yield from _lines(result.problem or result.known or result.why, "    ", "      ", DIM)
    yield Text()


def _coverage(coverage: Coverage) -> Iterator[Text]:
    yield Text(f"What {coverage.checks} {'check' if coverage.checks == 1 else 'checks'} reached", BOLD)
    for name, share in (("blocks", coverage.blocks), ("alternatives", coverage.alternatives), ("exceptions", coverage.exceptions)):
        if share.clauses:
            yield Text(f"  {name:<14}{share.reached:>4} of {len(share.clauses):<5}{share.percent:>6.1f}%")
    if coverage.needed.clauses:
        yield Text(f"  {'needed':<14}{coverage.needed.reached:>4} of {len(coverage.needed.clauses):<5}{coverage.needed.percent:>6.1f}%")
    reached, every = coverage.assumed
    if every:
        note = f"{every} more alternatives rest on something unknown; {reached} of them were reached, and no test is asked for the others"
        yield from _lines(note, "  ", style=DIM)
    yield from _blocks("Blocks that never fired", coverage.blocks.missed)
    yield from _blocks("Blocks that no test would miss: without them every test and case still comes out right", coverage.unmissed)
    silent = {clause.block.name for clause in coverage.blocks.missed}
    fired = Share(tuple(clause for clause in coverage.alternatives.clauses if clause.block.name not in silent))
    yield from _missed("Alternatives that never fired, of blocks that did", fired)
    yield from _missed("Exceptions that never lifted anything: no check met the block's `when` and this", coverage.exceptions)
    yield Text()


def _blocks(title: str, clauses: Sequence[Clause]) -> Iterator[Text]:
    if clauses:
        yield from (Text(), Text(f"  {title}", BOLD))
    for clause in sorted(clauses, key=_place):
        yield from _lines(f"{clause.block.at.file}:{clause.block.at.line} {clause.block.name}: {clause.block.title}", "    ", "      ")


def _missed(title: str, share: Share) -> Iterator[Text]:
    if not share.missed:
        return
    yield Text()
    yield Text(f"  {title}", BOLD)
    for (file, line, name), clauses in groupby(sorted(share.missed, key=_place), _place):
        yield from _lines(f"{file}:{line} {name}", "    ")
        for words in _folded(["\n".join(clause.words) for clause in clauses]):
            for place, said in enumerate(words.splitlines()):
                yield from _lines(said, "        " if place else "      - ", "          ", DIM)


def _folded(told: list[str]) -> Iterator[str]:
    """Those that differ in one word alone are one: `topic is one of war, unrest`."""
    rest = list(dict.fromkeys(told))
    while rest:
        first, best, said = rest[0], [rest[0]], rest[0]
        for found in IS_A.finditer(first):
            before, after = first[: found.start("word")], first[found.end("word") :]
            alike = re.compile(re.escape(before) + r"([\w.]+)" + re.escape(after))
            words = {other: match[1] for other in rest if (match := alike.fullmatch(other))}
            if len(words) > len(best):
                best, said = list(words), f"{before}one of {', '.join(words.values())}{after}"
        yield said
        rest = [other for other in rest if other not in best]


def _place(clause: Clause) -> tuple[str, int, str]:
    return clause.block.at.file, clause.block.at.line, clause.block.name


def _totals(report: Report) -> Iterator[Text]:
    run = [test for test in report.tests if not test.test.skipped]
    skipped = ", ".join(sorted({test.test.skipped for test in report.tests if test.test.skipped}))
    left_out = f"; {len(report.tests) - len(run)} not run: {skipped}" if skipped else ""
    yield from _lines(f"{sum(test.passed for test in run)} of {len(run)} tests passed{left_out}", "")
    if report.cases:
        totals = summary(list(report.cases))
        parts = ", ".join(f"{word} {row['exact']}/{row['cases']}" for word, row in totals["by_expect"].items())
        known = sum(not case.right and not case.failed for case in report.cases)
        said = f"{totals['exact']} of {totals['cases']} cases exactly as expected ({parts})"
        if totals["named"]["cases"]:
            said += f"; the finding named in {totals['named']['named']} of {totals['named']['cases']}"
        yield from _lines(said + (f"; {known} known to come out otherwise" if known else ""), "")


def _lines(said: str, first: str, rest: str | None = None, style: str = "") -> Iterator[Text]:
    """One paragraph, wrapped; lines after the first stand under its text, or behind `rest`."""
    later = " " * len(first) if rest is None else rest
    found: Sequence[str] = wrap(safe(said), WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False) or [first.rstrip()]
    for line in found:
        yield Text(line, style)
