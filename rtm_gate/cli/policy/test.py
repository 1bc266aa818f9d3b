"""`rtm-gate policy test`: does a policy do what it should."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rtm_gate.cli.options import FINDINGS, console


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--cases", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Also judge the recorded cases below this folder.")
@click.option("--coverage", is_flag=True, help="Also say which blocks, alternatives and exceptions nothing reached.")
@click.option("--format", "form", type=click.Choice(["text", "json", "junit"]), default="text", show_default=True)
def test(path: Path, cases: Path | None, coverage: bool, form: str) -> None:
    """Run the policy's test blocks and the examples of its topics, and judge recorded cases: folders with draft.json, feeds/ and case.json.

    Exit code 0 all as expected, 1 something is not.
    """
    from rich.progress import track

    from rtm_gate.cli.policy.results_junit import junit
    from rtm_gate.cli.policy.results_text import text
    from rtm_gate.cli.world import show_errors
    from rtm_gate.gate import Gate
    from rtm_gate.gate.testing.cases import case_folders, judge_case
    from rtm_gate.gate.testing.coverage import Counter
    from rtm_gate.gate.testing.report import Report
    from rtm_gate.gate.testing.run import every_test, run_test

    folders = case_folders(cases) if cases else []
    if cases and not folders:
        raise click.UsageError(f"{cases} has no cases: folders with draft.json, feeds/ and case.json")
    with Gate.open(path if path.is_file() else path / "standard.rtm") as gate:
        if gate.loaded.policy is None:
            show_errors(gate.loaded)
            sys.exit(FINDINGS)
        counter = Counter(gate.policy)
        seen = counter.add if coverage else None
        progress = console(sys.stderr)
        hidden = not progress.is_terminal
        tests = [run_test(gate, one, seen) for one in track(every_test(gate.policy), description="tests", console=progress, disable=hidden, transient=True)]
        judged = [judge_case(gate, one, seen) for one in track(folders, description="cases", console=progress, disable=hidden, transient=True)]
        report = Report(gate.policy, tuple(tests), tuple(judged), counter.coverage() if coverage else None)
    if form == "json":
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    elif form == "junit":
        click.echo(junit(report))
    else:
        out = console()
        for line in text(report):
            out.print(line, soft_wrap=True, markup=False)
    sys.exit(0 if report.passed else FINDINGS)
