"""`rtm-gate policy test`: does a policy do what it should."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from rtm_gate.cli.options import FINDINGS, console


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--cases", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Also judge the recorded cases below this folder.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def test(path: Path, cases: Path | None, form: str) -> None:
    """Run the policy's test blocks, and judge recorded cases: folders with draft.json, feeds/ and case.json.

    Exit code 0 all as expected, 1 something is not.
    """
    from rich.progress import track

    from rtm_gate.cli.world import show_errors
    from rtm_gate.gate import Gate
    from rtm_gate.gate.cases import case_folders, judge_case, summary
    from rtm_gate.gate.policy_tests import run_test

    with Gate.open(path if path.is_file() else path / "standard.rtm") as gate:
        if gate.loaded.policy is None:
            show_errors(gate.loaded)
            sys.exit(FINDINGS)
        progress = console(sys.stderr)
        tests = [run_test(gate, one) for one in gate.policy.tests]
        folders = case_folders(cases) if cases else []
        if cases and not folders:
            raise click.UsageError(f"{cases} has no cases: folders with draft.json, feeds/ and case.json")
        results = [judge_case(gate, folder) for folder in track(folders, description="cases", console=progress, disable=not progress.is_terminal)]
    if form == "json":
        done = {"tests": [t.as_json() for t in tests], "cases": [r.as_json() for r in results], "summary": summary(results)}
        click.echo(json.dumps(done, ensure_ascii=False, indent=1))
    else:
        _print(tests, results, summary(results))
    sys.exit(FINDINGS if any(t.problems for t in tests) or any(r.failed for r in results) else 0)


def _print(tests: list[Any], results: list[Any], totals: dict[str, Any]) -> None:
    out = console()
    for one in tests:
        for problem in one.problems:
            out.print(f"✖ {one.test.at.file}:{one.test.at.line} “{one.test.name}”: {problem}", markup=False)
    passed = sum(not t.problems for t in tests)
    out.print(f"{passed} of {len(tests)} tests passed", markup=False)
    for result in results:
        if not result.exact:
            found = ", ".join(result.as_json()["findings"])
            mark = "○ known" if result.known else "✖"
            out.print(f"{mark} {result.id}: expected {result.expect}, came {result.word}" + (f" from {found}" if found else ""), markup=False)
            out.print(f"    {result.problem or result.known or result.why}", style="dim", markup=False)
    if results:
        parts = ", ".join(f"{word} {row['exact']}/{row['cases']}" for word, row in totals["by_expect"].items())
        out.print(f"{totals['exact']} of {totals['cases']} cases exactly as expected ({parts})", markup=False)
